namespace NeuralEdge.Conversion.Quantisation;

/// <summary>Where an error comes from.</summary>
public enum ErrorSourceKind
{
    /// <summary>Values become raw integers.</summary>
    Inputs,

    /// <summary>Weights and biases of one layer become integers.</summary>
    Weights,

    /// <summary>Pre-activations and activations of all layers become integers.</summary>
    Activations,
}

/// <summary>What one kind of rounding does by itself, all else left real.</summary>
/// <param name="Kind">What is rounded.</param>
/// <param name="Layer">Whose weights; -1 for other kinds.</param>
/// <param name="Error">For each output, in its unit, the largest error at the rows.</param>
public sealed record ErrorSource(ErrorSourceKind Kind, int Layer, double[] Error);
