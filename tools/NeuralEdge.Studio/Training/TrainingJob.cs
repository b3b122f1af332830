using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;
using NeuralEdge.Learning.Normality;
using NeuralEdge.Learning.Training;
using NeuralEdge.Studio.Boards;
using NeuralEdge.Studio.Wiring;

namespace NeuralEdge.Studio.Training;

/// <summary>One training at a time, in the background, for all pages: the library's whole way from a table to a model.</summary>
public sealed class TrainingJob : IDisposable
{
    private const int MostEpochs = 4000;

    private readonly object _gate = new();
    private CancellationTokenSource? _stop;
    private long _told;

    /// <summary>Something is new. Raised on any thread, some times a second.</summary>
    public event Action? Changed;

    /// <summary>What is being done; null when nothing is.</summary>
    public string? Doing { get; private set; }

    /// <summary>How much of that is done, 0 to 1; null when nobody can say.</summary>
    public double? Share { get; private set; }

    /// <summary>Why there is no result; null for nothing.</summary>
    public string? Problem { get; private set; }

    /// <summary>What was found in the table, in order; afterwards what changes what a verdict is worth is with the verdict.</summary>
    public IReadOnlyList<string> Findings { get; private set; } = [];

    /// <summary>The losses of the network that is kept, epoch by epoch.</summary>
    public RowRing Losses { get; private set; } = new(["learned from", "held back"], MostEpochs);

    /// <summary>What was learned from; null before the first training.</summary>
    public string? Source { get; private set; }

    /// <summary>What people call that.</summary>
    public string? Name { get; private set; }

    /// <summary>What came of the last training that ended well; null before, and when it was one of what is normal.</summary>
    public TrainResult? Result { get; private set; }

    /// <summary>What came of it when it was one of what is normal.</summary>
    public NormalResult? Normal { get; private set; }

    /// <summary>What a board can be taught of it; null before.</summary>
    public LearnedModel? Learned { get; private set; }

    /// <summary>What the score rests on; null while it is looked into, and when nothing could be judged.</summary>
    public Study? Study { get; private set; }

    /// <summary>What the conversion costs in each profile; null while it is looked into.</summary>
    public ConversionAnalysis? Analysis { get; private set; }

    /// <summary>The rows that were learned from, as a curve; null before the first training.</summary>
    public LearnedCurve? Curve { get; private set; }

    /// <summary>Begins a training, unless one is on.</summary>
    /// <param name="source">What is learned from: the path of a table, or its name.</param>
    /// <param name="options">What to learn.</param>
    /// <param name="name">What people call the table; null: as it is.</param>
    /// <returns>Ends with the training; never fails.</returns>
    public Task Start(string source, Func<TrainOptions> options, string? name = null) => Start(source, name, cancellation => Train(options(), cancellation));

    /// <summary>Begins a training of what is normal, unless one is on.</summary>
    /// <param name="source">What is learned from: the path of a table, or its name.</param>
    /// <param name="options">What to learn.</param>
    /// <param name="name">What people call the table; null: as it is.</param>
    /// <returns>Ends with the training; never fails.</returns>
    public Task StartNormal(string source, Func<NormalOptions> options, string? name = null) => Start(source, name, cancellation => Train(options(), cancellation));

    private Task Start(string source, string? name, Action<CancellationToken> train)
    {
        lock (_gate)
        {
            if (_stop is not null)
            {
                return Task.CompletedTask;
            }

            _stop = new CancellationTokenSource();
            (Doing, Share, Problem, Findings, Source, Name) = ("The table is read", null, null, [], source, name ?? source);
            (Result, Normal, Learned, Study, Analysis, Curve) = (null, null, null, null, null, null);
            Losses = new RowRing(Losses.Names, MostEpochs);
        }

        Changed?.Invoke();
        CancellationToken cancellation = _stop.Token;
        return Task.Run(() => Run(train, cancellation), CancellationToken.None);
    }

    /// <summary>Stops the training that is on.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            _stop?.Cancel();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Cancel();

    private void Train(TrainOptions options, CancellationToken cancellation)
    {
        Told<TrainingProgress> training = new(Take);
        Told<ConversionProgress> conversion = new(Take);
        TrainResult result = Pipeline.Train(options with { Found = new Told<DataFinding>(Take), Progress = conversion }, training, cancellation);
        Findings = [.. result.Findings.Where(finding => !finding.IsWarning).Select(finding => finding.Plain)
            .Concat(result.Notes.Except(result.Findings.Select(finding => finding.Sentence)).Select(PlainText.WithoutOptions)).Distinct()];
        (Curve, Learned, Result) = (new LearnedCurve(result), new LearnedModel(result), result);
        Tell("What each input is worth", null, always: true);
        Study = result.Study(conversion, cancellation);
        Tell("What each profile costs", null, always: true);
        Analysis = result.Analyse(conversion, cancellation);
    }

    private void Train(NormalOptions options, CancellationToken cancellation)
    {
        options = options with { Progress = new Told<ConversionProgress>(Take) };
        NormalResult result;
        string? unseen = null;
        try
        {
            result = NormalTraining.Run(options with { Found = new Told<DataFinding>(Take) }, cancellation);
        }
        catch (InputRefusedException e) when (options.Test is not null)
        {
            // The other rows may be a few between normal ones: that is no reason to learn nothing.
            result = NormalTraining.Run(options with { Test = null }, cancellation);
            unseen = $"Nobody knows how soon the other rows would be noticed: {e.Plain()}";
        }

        Findings = [.. result.Findings.Select(finding => finding.Plain).Concat(unseen is null ? [] : [unseen]).Distinct()];
        (Learned, Normal) = (new LearnedModel(result), result);
    }

    private void Run(Action<CancellationToken> train, CancellationToken cancellation)
    {
        try
        {
            train(cancellation);
        }
        catch (OperationCanceledException)
        {
            // What has been learned until then stays: only the study may be missing.
            Problem = Learned is null ? "Stopped before anything was learned." : null;
        }
        catch (InputRefusedException e)
        {
            Problem = e.Plain();
        }
        catch (Exception e)
        {
            Problem = $"The training failed in a way nobody foresaw ({e.GetType().Name}: {e.Message}); please report it.";
        }
        finally
        {
            lock (_gate)
            {
                _stop?.Dispose();
                _stop = null;
                Doing = null;
            }

            Changed?.Invoke();
        }
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private void Take(DataFinding finding) => Findings = [.. Findings, finding.Plain];

    private void Take(ConversionProgress step) => Tell(Capital(step.Stage), step.Share);

    private void Take(TrainingProgress progress)
    {
        if (progress.Trying is null)
        {
            Losses.Add(progress.Epoch, [progress.TrainingLoss, progress.ValidationLoss]);
        }

        Tell(progress.Trying is string trying ? Capital(trying) : $"Pass {progress.Epoch} over the rows, of at most {progress.Epochs}", (double)progress.Epoch / Math.Max(1, progress.Epochs));
    }

    private void Tell(string doing, double? share, bool always = false)
    {
        (Doing, Share) = (doing, share);
        long now = Environment.TickCount64;
        if (always || now - Interlocked.Read(ref _told) > 100)
        {
            Interlocked.Exchange(ref _told, now);
            Changed?.Invoke();
        }
    }

    /// <summary>Unlike <see cref="Progress{T}"/>, tells at once and in order.</summary>
    private sealed class Told<T>(Action<T> action) : IProgress<T>
    {
        public void Report(T value) => action(value);
    }
}
