using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;
using NeuralEdge.Learning.Series;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Learning;

/// <summary>A model that was trained, and how good it is on rows it has not seen.</summary>
/// <param name="Model">The model in real numbers, in integers, and as a file.</param>
/// <param name="Training">The rows it was trained on.</param>
/// <param name="HeldOut">
/// The rows it was judged by. Without a table of their own they are rows of <paramref name="Training"/> too: the scores are of
/// networks of the same shape that were trained without them, and the one that is kept has then learned from all rows.
/// </param>
/// <param name="Verdict">How good it is, beside what answers without it.</param>
/// <param name="RealScores">How good networks of real numbers are; null when there are too few rows to judge by.</param>
/// <param name="IntegerScores">How good the board's integers are; null when there are too few rows to judge by.</param>
/// <param name="Notes">Sentences worth telling about the training, such as an input that never changes.</param>
/// <param name="Findings">What the owner of the tables should know about them.</param>
public sealed record TrainResult(
    ConvertedModel Model,
    DataSet Training,
    DataSet HeldOut,
    Verdict Verdict,
    Scores? RealScores,
    Scores? IntegerScores,
    IReadOnlyList<string> Notes,
    IReadOnlyList<DataFinding> Findings)
{
    /// <summary>How far the file is beyond what a board takes as its firmware comes; null when it is not.</summary>
    public Oversize? Oversize { get; } = Oversize.Of(Model, Verdict.Hidden);

    /// <summary>What the board's integers answer at <see cref="HeldOut"/>: Answers[row][output], probabilities of classes or quantities in their units.</summary>
    public double[][] Answers { get; internal init; } = [];

    /// <summary>The samples that windows were cut from, a column for each channel; null when rows are samples.</summary>
    public DataSet? Samples { get; internal init; }

    /// <summary>What a board samples for it, with the ranges of the table: the inputs of the network, or the channels of its windows.</summary>
    public IReadOnlyList<InputSpec> Sampled => Samples is null ? Model.Model.Inputs : Trainer.Untrained(Samples).Inputs;

    /// <summary>Rows of the table in a window; 1 when rows are looked at one by one.</summary>
    public int WindowRows => Windowed?.Plan.Samples ?? 1;

    /// <summary>The losses of each epoch of the training of the model that is kept, in order.</summary>
    public IReadOnlyList<EpochLoss> Losses { get; internal init; } = [];

    /// <summary>How windows were cut; null when rows are samples.</summary>
    internal WindowedData? Windowed { get; init; }

    /// <summary>What <see cref="Study"/> looks into; null when nothing could be judged.</summary>
    internal Holdout? Holdout { get; init; }

    /// <summary>
    /// The rows at which the integers of the model that is kept are compared with its real numbers: those of the table given to judge
    /// by, or else all.
    /// </summary>
    public DataSet Compared => Verdict.Split == SplitKind.OtherTable ? HeldOut : Training;

    /// <summary>Rows of <see cref="Compared"/> that get another class from the integers than from real numbers; 0 for numbers.</summary>
    public int Disagreements => Compared.Task != TaskKind.Classify ? 0 : Compared.Inputs.Count(row =>
        Model.Model.Network.ArgMax(Model.File.Limit(row)) != Model.File.ClassOf(Model.File.Run(Model.File.ToRaw(row))));

    /// <summary>
    /// The largest difference between the integers' answers and those of real numbers at the values the raw integers stand for:
    /// rounding of the inputs is the sensor's, not the network's.
    /// </summary>
    public double LargestDifference => Compared.Inputs.Max(row =>
    {
        int[] raw = Model.File.ToRaw(row);
        double[] exact = [.. raw.Select((r, i) => Model.File.Inputs[i].ToValue(r))];
        double[] expected = Model.Model.Network.Forward(exact);
        double[] actual = Model.File.ToValues(Model.File.Run(raw));
        return expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
    });

    /// <summary>
    /// What each input is worth, and whether more rows would help; null when nothing could be judged. Trains anew on fewer rows,
    /// which takes some seconds.
    /// </summary>
    /// <param name="progress">Told what is done; may be null.</param>
    /// <param name="cancellation">Looked at once per epoch.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Study? Study(IProgress<ConversionProgress>? progress = null, CancellationToken cancellation = default) =>
        Holdout is null ? null : Evaluation.Study.Of(Holdout, progress, cancellation);

    /// <summary>Where the difference between real numbers and integers comes from; converts the model in each profile.</summary>
    /// <param name="progress">Told what is done; may be null.</param>
    /// <param name="cancellation">Looked at every few milliseconds.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ConversionAnalysis Analyse(IProgress<ConversionProgress>? progress = null, CancellationToken cancellation = default) =>
        ConversionAnalysis.Of(Model, Compared.ToEvaluationSet() with { AreLearned = Verdict.Split != SplitKind.OtherTable }, progress, cancellation);
}
