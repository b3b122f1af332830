using NeuralEdge.Conversion.Activations;

namespace NeuralEdge.Conversion.Reports;

/// <summary>What a layer became, and how it does on the rows.</summary>
/// <param name="Function">What follows the pre-activation.</param>
/// <param name="InputCount">Numbers it takes.</param>
/// <param name="NeuronCount">Numbers it gives.</param>
/// <param name="WeightBytes">1 or 2.</param>
/// <param name="HasTable">True when activations are looked up, so that nothing is shifted.</param>
/// <param name="Shift">Smallest and largest right shift from accumulator to pre-activation.</param>
/// <param name="FractionBits">
/// Smallest and largest number of fraction bits of an accumulator; no whole number where its step is no power of two.
/// </param>
/// <param name="HeadroomBits">Bits that the worst accumulator of the layer leaves unused.</param>
/// <param name="Saturated">
/// Share of outputs that are exactly at an end of the activation's range, 0 to 1; NaN for activations without ends.
/// </param>
/// <param name="ErrorSteps">Largest difference from the real network's activation, in steps (LSB) of the neuron's output.</param>
/// <param name="Error">Largest difference from the real network's activation, as a value.</param>
/// <param name="Weights">Smallest and largest real weight.</param>
/// <param name="PreActivations">Smallest and largest real pre-activation at the rows.</param>
public sealed record LayerFigures(
    ActivationFunction Function,
    int InputCount,
    int NeuronCount,
    int WeightBytes,
    bool HasTable,
    (int Least, int Most) Shift,
    (double Least, double Most) FractionBits,
    double HeadroomBits,
    double Saturated,
    double ErrorSteps,
    double Error,
    (double Least, double Most) Weights,
    (double Least, double Most) PreActivations);
