using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning;

/// <summary>Which network of another program to take, what its file does not say, and what to make of it.</summary>
/// <param name="Path">An .onnx, .keras, .h5, .tflite or .json file, or FANN's .net.</param>
public sealed record ImportOptions(string Path) : ModelOptions
{
    /// <summary>
    /// Rows in the units of the network: they give the inputs' ranges, and names where the file has none. Null: the ranges are in
    /// the file or in <see cref="Range"/> and <see cref="Ranges"/>.
    /// </summary>
    public Table? Calibration { get; init; }

    /// <summary>The range of every input that <see cref="Ranges"/> does not name, whatever the file or the data say.</summary>
    public (double Minimum, double Maximum)? Range { get; init; }

    /// <summary>Ranges of inputs by their names, whatever the file or the data say. Null: none.</summary>
    public IReadOnlyDictionary<string, (double Minimum, double Maximum)>? Ranges { get; init; }

    /// <summary>The output that is wanted, of a file with several; null: the one that is meant.</summary>
    public string? Output { get; init; }

    /// <summary>Names of the inputs in their order; null: those in the file or in <see cref="Calibration"/>.</summary>
    public IReadOnlyList<string>? InputNames { get; init; }

    /// <summary>Names of the outputs or classes in their order; null: those in the file.</summary>
    public IReadOnlyList<string>? OutputNames { get; init; }

    /// <summary>
    /// True when outputs stand for classes; null: as the file says, and where it does not, several linear outputs without names and
    /// units are scores of classes.
    /// </summary>
    public bool? Classifies { get; init; }
}
