using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;
using NeuralEdge.Learning.Series;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Learning;

/// <summary>
/// The way from rows to a network and a verdict on it: choose a shape by rows that are held out, train it on all rows, and say how
/// good networks of that shape are at rows they have not seen.
/// </summary>
internal sealed class TrainingCourse
{
    private const double RareShare = 0.1;
    private const double RareBesideEqual = 0.5;

    private readonly DataSet _all;
    private readonly DataSet? _test;
    private readonly TrainOptions _request;
    private readonly Hyperparameters _options;
    private readonly IProgress<TrainingProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly bool _classifies;
    private readonly WindowedData? _windowed;

    /// <summary>Looks at what was asked for, and refuses what cannot be before anything takes long.</summary>
    /// <param name="all">The rows to learn from.</param>
    /// <param name="test">Rows of another table to judge by, each of them measured; null to hold out some of <paramref name="all"/>.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="windowed">What the rows were computed of; null when they are samples.</param>
    /// <param name="progress">Told once per training that is judged, then once per epoch; may be null.</param>
    /// <param name="cancellation">Looked at once per epoch.</param>
    internal TrainingCourse(DataSet all, DataSet? test, TrainOptions request, WindowedData? windowed, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        _all = all;
        _request = request;
        _progress = progress;
        _cancellation = cancellation;
        _classifies = all.Task == TaskKind.Classify;
        _test = test;
        request.Goal?.Require(all);
        if (request.Balance == true && !_classifies)
        {
            throw InputRefusedException.For($"A balance is of classes, and this target is learned as a quantity; {new Way("leave --balance out, or learn classes with --task classify", "let the rare classes be as they are under More")}.");
        }

        Trainer.RequireLearnable(all);
        _options = request.Hyperparameters with { ClassWeights = _classifies ? request.Hyperparameters.ClassWeights ?? Weights() : null };
        _ = new Trainer(_options);
        _windowed = windowed;
        Wiring = windowed?.Wiring ?? Pipeline.WiringOf(Trainer.Untrained(all), request, _classifies);
        Judged = all.Select([]);
    }

    /// <summary>How the model would be wired if it is worth it.</summary>
    internal BoardSpec Wiring { get; }

    /// <summary>The rows it was judged by.</summary>
    internal DataSet Judged { get; private set; }

    /// <summary>What can be said of it.</summary>
    internal Verdict? Verdict { get; private set; }

    /// <summary>How good networks of real numbers are; null when nothing could be judged.</summary>
    internal Scores? RealScores { get; private set; }

    /// <summary>How good the board's integers are; null when nothing could be judged.</summary>
    internal Scores? IntegerScores { get; private set; }

    /// <summary>As <see cref="TrainResult.Answers"/>.</summary>
    internal double[][] Answers { get; private set; } = [];

    /// <summary>How training went.</summary>
    internal IReadOnlyList<EpochLoss> Losses { get; private set; } = [];

    /// <summary>What was held out and what answered it, to look into later; null when nothing could be judged.</summary>
    internal Holdout? Holdout { get; private set; }

    /// <summary>Sentences worth telling.</summary>
    internal IReadOnlyList<string> Notes { get; private set; } = [];

    /// <summary>Chooses, trains, judges.</summary>
    internal FloatModel Run()
    {
        Tell($"looking at the order of the {_all.Noun}s");
        Partition partition = Partition.Of(_all);
        Partition recorded = partition;
        bool canBeHeldOut = partition.Kind != SplitKind.None;

        // By the only part that there is, which judges it too, no shape is chosen.
        IReadOnlyList<int>? hidden = _options.Hidden ?? (partition.PartCount > 1 || (canBeHeldOut && _test is not null) ? null : Shapes.Untried);
        if (_request.Goal is not null && !canBeHeldOut)
        {
            throw new InputRefusedException($"{NumberText.Count(_all.Count, _all.Noun)} are too few to choose by when a class is to be answered; record at least 20 of each class, or leave the recall or cost out.");
        }

        bool isSampled = hidden is null && _all.Count > Shapes.MostRows;
        if (isSampled)
        {
            hidden = OfSample();
        }

        bool tries = canBeHeldOut && (_test is null || hidden is null || _request.Goal is not null);
        NestedInputs? nested = tries ? NestedFeatures.Of(_windowed, partition, share => Tell($"choosing features without each part: {(int)(100 * share)} %"), _cancellation) : null;
        Judge judge = JudgeOf(_all.Select(partition.Rows), partition, nested);
        Trial? linear = tries ? judge.Try([], Told("none")) : null;
        Trial? chosen = linear is null ? null
            : hidden is null && _test is null ? Shapes.ChooseNested(judge, Shapes.Try(judge, linear, Told), _request.Goal)
            : hidden is null ? Shapes.Choose(judge, Shapes.Try(judge, linear, Told), _request.Goal)
            : hidden.Count == 0 ? linear : judge.Try(hidden, Told(Shapes.Name(hidden)));
        hidden ??= chosen!.Hidden;

        TrainedModel trained = new Trainer(_options with { Hidden = hidden }).Train(_all, _progress, _cancellation);
        Notes = trained.Notes;
        Losses = trained.Losses;
        FloatModel model = trained.ToFloatModel().WithRanges(TrainedRanges.Widen(_all), replace: true);
        double shift = 0;
        if (_request.Goal is DecisionGoal goal && chosen is not null)
        {
            shift = goal.Shift(judge.Judged, chosen.Kept.Outputs);
            model = Judge.Shifted(model, goal, shift);
        }

        // What a balance costs must stand beside what it gains.
        Trial? unbalanced = null;
        Hyperparameters alike = _options with { ClassWeights = null };
        if (_test is not null)
        {
            partition = Partition.OfTest(_test);
            judge = JudgeOf(_test, partition, null);
            chosen = judge.Of(model, hidden);
            linear = hidden.Count == 0 ? chosen : judge.Of(Plain(_options, []), []);
            unbalanced = _options.ClassWeights is null ? null : judge.Of(Plain(alike, hidden), hidden);
        }
        else if (chosen is not null && _options.ClassWeights is not null)
        {
            unbalanced = new Judge(_all, judge.Judged, partition, alike, _request.Profile, Wiring, _windowed?.Plan, nested, _cancellation).Again(chosen, shape => Told($"{Shapes.Name(shape)} without a balance"));
        }

        Judging(0);
        Verdict = chosen is null
            ? VerdictMaker.Unjudged(_all, partition, hidden, Wiring, _request.Anyway)
            : Weigh(judge, partition, recorded, linear!, chosen, unbalanced, shift);
        if (isSampled)
        {
            string remark = $"The hidden layers were chosen by {Shapes.MostRows} of the {_all.Count} {_all.Noun}s, in stretches where they are a log; network and score are of all of them{(_test is null ? $", those that chose included: it is the score of the best of {Shapes.Candidates.Count} sizes, and flatters a little" : "")}.";
            Verdict = Verdict with { Remarks = [.. Verdict.Remarks, remark], PlainRemarks = [.. Verdict.PlainRemarks, remark] };
        }

        return model;
    }

    // Which shape is best shows in fewer rows; how good it is does not.
    private IReadOnlyList<int> OfSample()
    {
        Tell($"choosing {_all.Noun}s to try shapes by");
        DataSet sample = FewerRows.Of(_all, (double)Shapes.MostRows / _all.Count);
        Partition partition = Partition.Of(sample);
        if (partition.Kind == SplitKind.None)
        {
            return Shapes.Untried;
        }

        Judge judge = new(sample, sample.Select(partition.Rows), partition, _options with { Refit = false }, _request.Profile, Wiring, _windowed?.Plan, null, _cancellation);
        return Shapes.Choose(judge, Shapes.Try(judge, judge.Try([], Told("none")), Told), _request.Goal).Hidden;
    }

    private Verdict Weigh(Judge judge, Partition partition, Partition recorded, Trial linear, Trial chosen, Trial? unbalanced, double shift)
    {
        // Rows of another table are answered by the network that is kept, which is shifted already.
        DecisionGoal? goal = partition.Kind == SplitKind.OtherTable ? null : _request.Goal;
        IntegerAnswers answers = judge.Convert(chosen, goal, Judging);
        bool isLinear = chosen.Hidden.Count == 0 && chosen.IsOfKeptShape;
        Judged = judge.Judged;
        Holdout = new Holdout(judge, chosen, goal);
        RealScores = Scores.Of(Judged, goal is null ? chosen.Outputs : judge.Shifted(chosen, goal));
        Answers = answers.Values;
        IntegerScores = Scores.Of(Judged, answers.Scores);
        Evidence evidence = new(
            _all,
            Judged,
            partition.Answered(answers.Begins),
            recorded,
            judge.Constant(),
            isLinear ? null : judge.Convert(linear, goal, Judging),
            goal is null && _request.Goal is null ? judge.Threshold() : null,
            answers,
            chosen,
            _options.Hidden is not null && !isLinear && linear.Score >= chosen.Score - chosen.StandardError,
            Wiring,
            _options.ClassWeights,
            unbalanced,
            _request.Goal,
            judge.Nested);
        return VerdictMaker.Of(evidence, shift, _request.Anyway);
    }

    private Judge JudgeOf(DataSet judged, Partition partition, NestedInputs? nested) => new(_all, judged, partition, _options, _request.Profile, Wiring, _windowed?.Plan, nested, _cancellation);

    private FloatModel Plain(Hyperparameters options, IReadOnlyList<int> hidden) => new Trainer(options with { Hidden = hidden, Starts = 1 })
        .Train(_all, null, _cancellation).ToFloatModel().WithRanges(TrainedRanges.Widen(_all), replace: true);

    private Action<int, int, double> Told(string name) => (done, of, share) => Tell($"trying hidden layers {name}: {(int)(100 * share)} %", done, of);

    private void Judging(double share) => Tell($"judging it in integers: {(int)(100 * share)} %");

    // Also looks whether anybody still wants it: what comes next may take a while.
    private void Tell(string doing, int done = 0, int of = 1)
    {
        _cancellation.ThrowIfCancellationRequested();
        _progress?.Report(new TrainingProgress(done, of, double.NaN, double.NaN, double.NaN) { Trying = doing });
    }

    private double[]? Weights()
    {
        int classes = _all.ClassNames.Length;
        int[] counts = [.. Enumerable.Range(0, classes).Select(c => _all.Classes.Count(k => k == c))];
        if (_request.Balance is bool asked)
        {
            return asked ? [.. counts.Select(count => (double)_all.Count / (classes * count))] : null;
        }

        // A misspelt label is a class of one row: it must not count for as much as a thousand others.
        int[] large = Array.FindAll(counts, count => count >= RareLabels.FewestRows);
        if (large.Length < 2)
        {
            return null;
        }

        double rarest = (double)large.Min() / _all.Count;
        return rarest < RareShare && rarest < RareBesideEqual / large.Length
            ? [.. counts.Select(count => count < RareLabels.FewestRows ? 1 : (double)large.Sum() / (large.Length * count))]
            : null;
    }
}
