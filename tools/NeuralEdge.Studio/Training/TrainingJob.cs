using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;
using NeuralEdge.Learning.Training;
using NeuralEdge.Studio.Boards;
using NeuralEdge.Studio.Shell;

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

    /// <summary>What came of the last training that ended well; null before.</summary>
    public TrainResult? Result { get; private set; }

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
    public Task Start(string source, Func<TrainOptions> options, string? name = null)
    {
        lock (_gate)
        {
            if (_stop is not null)
            {
                return Task.CompletedTask;
            }

            _stop = new CancellationTokenSource();
            (Doing, Share, Problem, Findings, Source, Name) = ("The table is read", null, null, [], source, name ?? source);
            (Result, Study, Analysis, Curve) = (null, null, null, null);
            Losses = new RowRing(Losses.Names, MostEpochs);
        }

        Changed?.Invoke();
        CancellationToken cancellation = _stop.Token;
        return Task.Run(() => Run(options, cancellation), CancellationToken.None);
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

    private void Run(Func<TrainOptions> make, CancellationToken cancellation)
    {
        try
        {
            TrainOptions options = make();
            Progress<DataFinding> found = new(finding => Findings = [.. Findings, finding.Plain]);
            Told<TrainingProgress> training = new(Take);
            Told<ConversionProgress> conversion = new(step => Tell(Capital(step.Stage), step.Share));
            TrainResult result = Pipeline.Train(options with { Found = found, Progress = conversion }, training, cancellation);
            Findings = [.. result.Findings.Where(finding => !finding.IsWarning).Select(finding => finding.Plain).Concat(result.Notes.Select(PlainText.WithoutOptions)).Distinct()];
            (Curve, Result) = (new LearnedCurve(result), result);
            Tell("What each input is worth", null, always: true);
            Study = result.Study(conversion, cancellation);
            Tell("What each profile costs", null, always: true);
            Analysis = result.Analyse(conversion, cancellation);
        }
        catch (OperationCanceledException)
        {
            // What has been learned until then stays: only the study may be missing.
            Problem = Result is null ? "Stopped before anything was learned." : null;
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

    private void Take(TrainingProgress progress)
    {
        if (progress.Trying is null)
        {
            Losses.Add(progress.Epoch, [progress.TrainingLoss, progress.ValidationLoss]);
        }

        Tell(progress.Trying is string trying ? Capital(trying) : $"Epoch {progress.Epoch} of at most {progress.Epochs}", (double)progress.Epoch / Math.Max(1, progress.Epochs));
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
