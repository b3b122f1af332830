using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Learning;

/// <summary>A model that was trained, and how good it is on rows it has not seen.</summary>
/// <param name="Model">The model in real numbers, in integers, and as a file.</param>
/// <param name="Training">The rows it was trained on.</param>
/// <param name="HeldOut">The rows it was judged by.</param>
/// <param name="Notes">Sentences worth telling about the training, such as an input that never changes.</param>
/// <param name="Findings">What the owner of the tables should know about them.</param>
public sealed record TrainResult(ConvertedModel Model, DataSet Training, DataSet HeldOut, IReadOnlyList<string> Notes, IReadOnlyList<DataFinding> Findings)
{
    /// <summary>How good the network of real numbers is.</summary>
    public Scores RealScores { get; } = Scores.Of(HeldOut, Model.Model.Network.Scores);

    /// <summary>How good the board's integers are.</summary>
    public Scores IntegerScores { get; } = Scores.Of(HeldOut, row => Model.File.ToScores(Model.File.Run(Model.File.ToRaw(row))));

    /// <summary>Held-out rows that get another class from the integers than from real numbers; 0 for numbers.</summary>
    public int Disagreements => HeldOut.Task != TaskKind.Classify ? 0 : HeldOut.Inputs.Count(row =>
        Model.Model.Network.ArgMax(row) != Model.File.ClassOf(Model.File.Run(Model.File.ToRaw(row))));

    /// <summary>
    /// The largest difference between the integers' answers and those of real numbers at the values the raw integers stand for:
    /// rounding of the inputs is the sensor's, not the network's.
    /// </summary>
    public double LargestDifference => HeldOut.Inputs.Max(row =>
    {
        int[] raw = Model.File.ToRaw(row);
        double[] exact = [.. raw.Select((r, i) => Model.File.Inputs[i].ToValue(r))];
        double[] expected = Model.Model.Network.Forward(exact);
        double[] actual = Model.File.ToValues(Model.File.Run(raw));
        return expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
    });

    /// <summary>Where the difference between real numbers and integers comes from; converts the model in each profile.</summary>
    /// <param name="cancellation">Looked at every few milliseconds.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ConversionAnalysis Analyse(CancellationToken cancellation = default) => ConversionAnalysis.Of(Model, HeldOut.ToEvaluationSet(), cancellation);
}
