using NeuralEdge.Conversion.Files;

namespace NeuralEdge.Learning;

/// <summary>How to convert a network that is there in real numbers.</summary>
public sealed record ConvertOptions : ModelOptions
{
    /// <summary>What the outputs mean.</summary>
    public ModelTask Task { get; init; }

    /// <summary>
    /// Rows of values the model is for: weights are rounded to suit them, and the largest error at them is kept in the file.
    /// Null: rows spread over the ranges.
    /// </summary>
    public IReadOnlyList<double[]>? Samples { get; init; }
}
