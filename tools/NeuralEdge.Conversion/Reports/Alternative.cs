namespace NeuralEdge.Conversion.Reports;

/// <summary>Another way to convert the same network that was tried.</summary>
public enum AlternativeKind
{
    /// <summary>Ranges as narrow as the rows.</summary>
    NarrowRanges,

    /// <summary>Inputs with 16 bits in place of what the ADC gives.</summary>
    FinerInputs,
}

/// <summary>A conversion that was tried, and how well it did.</summary>
/// <param name="Kind">What was changed.</param>
/// <param name="Inputs">The inputs that it concerns, by number.</param>
/// <param name="Error">The largest error of each output at the same rows, in its unit.</param>
public sealed record Alternative(AlternativeKind Kind, int[] Inputs, double[] Error);
