using NeuralEdge.Conversion.FloatModels;

namespace NeuralEdge.Learning.Import.Results;

/// <summary>A network that was made elsewhere, and what its file says beyond the numbers.</summary>
/// <param name="Model">The network in real numbers.</param>
/// <param name="Classifies">True when the outputs stand for classes.</param>
/// <param name="NamesInputs">False when the file names no inputs: <c>x1</c>, <c>x2</c>, ... are made up.</param>
/// <param name="Notes">Sentences a person should read: what was approximated, assumed, or left out.</param>
public sealed record ImportedModel(FloatModel Model, bool Classifies, bool NamesInputs, IReadOnlyList<string> Notes)
{
    /// <summary>True when such a file is one of quantities, so that several linear outputs are no scores of classes.</summary>
    public bool GivesQuantities { get; init; }

    /// <summary>Mean and deviation of each input by the file's own scaler, null where it has none.</summary>
    internal (double Mean, double Deviation)?[] Scalers { get; init; } = [];

    /// <summary>The range that the file's integers are made for, of every input; null when it has none.</summary>
    internal (double Minimum, double Maximum)? Quantisation { get; init; }

    /// <summary>
    /// The network without the ends of its integers' ranges, smaller and the same wherever none is met; null when it has none.
    /// </summary>
    internal FloatNetwork? WithoutEnds { get; init; }
}
