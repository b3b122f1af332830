using NeuralEdge.Networks;

namespace NeuralEdge.Modeling.Quantisation;

/// <summary>An integer network with the scales that tie its integers to real numbers.</summary>
/// <param name="Inputs">One for each input.</param>
/// <param name="Layers">In order.</param>
public sealed record QuantisedNetwork(RawInput[] Inputs, QuantisedLayer[] Layers)
{
    /// <summary>Multiply-accumulate operations of one inference.</summary>
    public int Macs => Layers.Sum(layer => layer.Neurons.Length * layer.Neurons[0].Weights.Length);
}

/// <summary>How an input becomes an integer: value = Offset + Scale * raw.</summary>
/// <param name="Minimum">Smallest raw value.</param>
/// <param name="Maximum">Largest raw value.</param>
/// <param name="Scale">Value of one raw step.</param>
/// <param name="Offset">Value at raw 0.</param>
public sealed record RawInput(int Minimum, int Maximum, double Scale, double Offset);

/// <summary>An integer layer.</summary>
/// <param name="Activation">What follows the pre-activation.</param>
/// <param name="Slope">Slope of leaky ReLU in Q0.15, else 0.</param>
/// <param name="WeightBytes">1 or 2.</param>
/// <param name="LogitFractionBits">Fraction bits of softmax's logits, else 0.</param>
/// <param name="Neurons">The neurons.</param>
public sealed record QuantisedLayer(
    Activation Activation, int Slope, int WeightBytes, int LogitFractionBits, QuantisedNeuron[] Neurons);

/// <summary>An integer neuron.</summary>
/// <param name="Weights">One integer for each input.</param>
/// <param name="Bias">At accumulator scale, rounding half included.</param>
/// <param name="Shift">Right shift from accumulator to pre-activation.</param>
/// <param name="AccumulatorFractionBits">Fraction bits of the accumulator: it holds the pre-activation times 2^this.</param>
/// <param name="OutputScale">Value of one step of the neuron's output.</param>
public sealed record QuantisedNeuron(int[] Weights, int Bias, int Shift, int AccumulatorFractionBits, double OutputScale);
