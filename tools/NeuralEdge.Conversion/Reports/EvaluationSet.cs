using NeuralEdge.Conversion.FloatModels;

namespace NeuralEdge.Conversion.Reports;

/// <summary>Rows that a conversion is measured at.</summary>
/// <param name="Inputs">Inputs[row][input], in the units of the model.</param>
/// <param name="Lines">The line of its file that each row begins on; empty when the rows are from no file.</param>
/// <param name="Targets">Targets[row][output], what should come out; null when nobody knows.</param>
/// <param name="Classes">The true class of each row; null when nobody knows.</param>
/// <param name="Files">The file of each row when they are from several; null or empty when all are from one.</param>
public sealed record EvaluationSet(double[][] Inputs, int[] Lines, double[][]? Targets = null, int[]? Classes = null, string[]? Files = null)
{
    private const int SpreadRows = 300;

    /// <summary>True when the model has learned from these rows, so that its answers at them flatter.</summary>
    public bool AreLearned { get; init; }

    /// <summary>Rows spread over the model's ranges, for when there is no data.</summary>
    /// <param name="model">A model with ranges.</param>
    public static EvaluationSet Spread(FloatModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new EvaluationSet([.. BoxSamples.Choose(model.Inputs, SpreadRows)], []);
    }
}
