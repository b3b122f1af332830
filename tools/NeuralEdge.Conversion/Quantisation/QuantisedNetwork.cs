using NeuralEdge.Conversion.Activations;
using NeuralEdge.Networks;
using NeuralEdge.Numerics;

namespace NeuralEdge.Conversion.Quantisation;

/// <summary>An integer network with the scales that tie its integers to real numbers.</summary>
/// <param name="Inputs">One for each input.</param>
/// <param name="Layers">In order; in the profile fast all have lanes, and all but the last a table.</param>
public sealed record QuantisedNetwork(RawInput[] Inputs, QuantisedLayer[] Layers)
{
    /// <summary>Multiply-accumulate operations of one inference.</summary>
    public int Macs => Layers.Sum(layer => layer.Neurons.Length * layer.Neurons[0].Weights.Length);

    /// <summary>True when a value may be limited to a ceiling or to the range of a table.</summary>
    public bool Saturates => Layers.Any(layer => layer.HasCeiling || layer.Curve is not null);

    /// <summary>True for the arithmetic of the profile fast.</summary>
    public bool IsFast => Layers[0].Lanes > 0;

    /// <summary>True when the inputs are features of windows, whose own error counts as one of the inputs.</summary>
    public bool HasFeatures => Inputs[0].FeatureError is not null;
}

/// <summary>How an input becomes an integer: value = Offset + Scale * raw.</summary>
/// <param name="Minimum">Smallest raw value.</param>
/// <param name="Maximum">Largest raw value.</param>
/// <param name="Scale">Value of one raw step.</param>
/// <param name="Offset">Value at raw 0.</param>
public sealed record RawInput(int Minimum, int Maximum, double Scale, double Offset)
{
    /// <summary>
    /// Of a feature of windows: most that the integer that a board computes is from real arithmetic on the same samples, in raw steps,
    /// before it is rounded to them. Null: the input is no such feature.
    /// </summary>
    public double? FeatureError { get; init; }

    /// <summary>Most that a raw input is from the real value that it stands for, in raw steps.</summary>
    public double Error => 0.5 + (FeatureError ?? 0);

    /// <summary>The value of the raw input that a value becomes.</summary>
    /// <param name="value">Any finite value.</param>
    public double Nearest(double value) => Offset + (Scale * Math.Clamp(Math.Floor(((value - Offset) / Scale) + 0.5), Minimum, Maximum));
}

/// <summary>An integer layer.</summary>
/// <param name="Function">What follows the pre-activation.</param>
/// <param name="Slope">Slope below zero in Q0.15; 0 for activations that have none.</param>
/// <param name="WeightBytes">1 or 2.</param>
/// <param name="LogitFractionBits">Fraction bits of softmax's logits, else 0.</param>
/// <param name="Neurons">The neurons.</param>
/// <param name="Lanes">Profile fast: neurons whose sums share a word, 3 (accumulators of 21 bits) or 2 (32 bits); else 0.</param>
/// <param name="Table">Profile fast: activations of a layer that is not the last; else null.</param>
/// <param name="HasCeiling">True when values that pass the <see cref="Ceiling"/> are limited to it.</param>
/// <param name="Curve">Activations of a layer that is tabulated; else null.</param>
public sealed record QuantisedLayer(
    ActivationFunction Function,
    int Slope,
    int WeightBytes,
    int LogitFractionBits,
    QuantisedNeuron[] Neurons,
    int Lanes = 0,
    ActivationTable? Table = null,
    bool HasCeiling = false,
    ActivationCurve? Curve = null)
{
    /// <summary>What a board calls <see cref="Function"/>.</summary>
    public Activation Activation => Function.Activation;

    /// <summary>A neuron's output.</summary>
    /// <param name="neuron">Which neuron.</param>
    /// <param name="accumulator">Its accumulator.</param>
    public int Output(int neuron, int accumulator)
    {
        if (Table is not null)
        {
            return Table.Look(accumulator);
        }

        int z = PreActivation(neuron, accumulator);
        if (Curve is not null)
        {
            return Curve.Look(z);
        }

        int y = Networks.Activations.Evaluate(Activation, Slope, z);
        return HasCeiling ? Ceiling.Limit(y) : y;
    }

    /// <summary>The range of a neuron's outputs.</summary>
    /// <param name="neuron">Which neuron.</param>
    /// <param name="least">Its smallest accumulator.</param>
    /// <param name="most">Its largest one.</param>
    public (int Low, int High) OutputRange(int neuron, int least, int most)
    {
        if (Curve is null)
        {
            return (Output(neuron, least), Output(neuron, most));
        }

        Curve.Range(PreActivation(neuron, least), PreActivation(neuron, most), out int low, out int high);
        return (low, high);
    }

    private int PreActivation(int neuron, int accumulator)
    {
        int shift = Neurons[neuron].Shift;
        return shift >= 0 ? accumulator >> shift : SaturatingShift.Left(accumulator, -shift);
    }
}

/// <summary>An integer neuron.</summary>
/// <param name="Weights">One integer for each input.</param>
/// <param name="Bias">At accumulator scale, rounding half included.</param>
/// <param name="Shift">Right shift from accumulator to pre-activation.</param>
/// <param name="AccumulatorStep">Pre-activation that one step of the accumulator stands for; a power of two but for tables.</param>
/// <param name="OutputScale">Value of one step of the neuron's output.</param>
public sealed record QuantisedNeuron(int[] Weights, int Bias, int Shift, double AccumulatorStep, double OutputScale)
{
    /// <summary>Fraction bits of the accumulator; where its step is no power of two, those of the next larger one.</summary>
    public int AccumulatorFractionBits => -Math.ILogB(AccumulatorStep);

    /// <summary>Value of one step of the shifted accumulator.</summary>
    public double PreActivationStep => Math.ScaleB(AccumulatorStep, Shift);

    /// <summary>Half a step of the pre-activation, in steps of the accumulator, which the bias holds besides.</summary>
    public long RoundingHalf => Shift > 0 ? 1L << (Shift - 1) : 0;
}
