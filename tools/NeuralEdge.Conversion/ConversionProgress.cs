namespace NeuralEdge.Conversion;

/// <summary>How far a conversion is.</summary>
/// <param name="Stage">What it does, for people: "proving the error bound".</param>
/// <param name="Share">How much of that is done, 0 to 1.</param>
public readonly record struct ConversionProgress(string Stage, double Share);
