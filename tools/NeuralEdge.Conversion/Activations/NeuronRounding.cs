namespace NeuralEdge.Conversion.Activations;

/// <summary>What decides how far a neuron's integer activation may be from the exact one.</summary>
/// <param name="Low">Smallest pre-activation, exact or of the integers.</param>
/// <param name="High">Largest pre-activation, exact or of the integers.</param>
/// <param name="Slope">Slope of the layer below zero.</param>
/// <param name="FixedSlope">The same as the integers have it.</param>
/// <param name="Step">Value of one step of the output; 0 for a layer without integers.</param>
/// <param name="HasTable">True when activations come from a table of the profile fast.</param>
/// <param name="Entry">What rounding an entry of the table to its own steps adds; 0 without a table.</param>
internal readonly record struct NeuronRounding(double Low, double High, double Slope, double FixedSlope, double Step, bool HasTable, double Entry)
{
    /// <summary>Largest magnitude of a pre-activation.</summary>
    internal double Magnitude => Math.Max(Math.Abs(Low), Math.Abs(High));
}
