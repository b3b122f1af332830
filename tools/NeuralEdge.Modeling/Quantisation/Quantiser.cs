using NeuralEdge.Modeling.FloatModels;
using NeuralEdge.Networks;

namespace NeuralEdge.Modeling.Quantisation;

/// <summary>Turns a network of real numbers into integers that cannot overflow.</summary>
public static class Quantiser
{
    /// <summary>Quantises a network.</summary>
    /// <param name="network">Takes values in the units of <paramref name="inputs"/>.</param>
    /// <param name="inputs">How each input becomes an integer; folded into the first layer.</param>
    /// <param name="profile">What to aim at.</param>
    /// <param name="comparable">True when the outputs are compared with each other, so that they need one scale.</param>
    /// <exception cref="InputRefusedException">A weight is not finite, or a neuron fits no scale.</exception>
    public static QuantisedNetwork Quantise(FloatNetwork network, RawInput[] inputs, Profile profile, bool comparable)
    {
        RefuseNonFinite(network);
        int[] low = Array.ConvertAll(inputs, input => input.Minimum);
        int[] high = Array.ConvertAll(inputs, input => input.Maximum);
        double[] scales = Array.ConvertAll(inputs, input => input.Scale);
        double[] offsets = Array.ConvertAll(inputs, input => input.Offset);
        QuantisedLayer[] layers = new QuantisedLayer[network.Layers.Length];
        for (int l = 0; l < layers.Length; l++)
        {
            FloatLayer layer = network.Layers[l];
            bool last = l == layers.Length - 1;
            layers[l] = QuantiseLayer(layer, l, low, high, scales, offsets, last, profile, comparable);
            (low, high) = OutputRange(layers[l], low, high);
            scales = Array.ConvertAll(layers[l].Neurons, neuron => neuron.OutputScale);
            offsets = new double[scales.Length];
        }

        return new QuantisedNetwork(inputs, layers);
    }

    /// <summary>Range of a layer's outputs for inputs inside their ranges; exact, because activations are monotone.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="low">Smallest inputs.</param>
    /// <param name="high">Largest inputs.</param>
    public static (int[] Low, int[] High) OutputRange(QuantisedLayer layer, int[] low, int[] high)
    {
        int[] nextLow = new int[layer.Neurons.Length];
        int[] nextHigh = new int[layer.Neurons.Length];
        for (int n = 0; n < nextLow.Length; n++)
        {
            QuantisedNeuron neuron = layer.Neurons[n];
            AccumulatorRange range = AccumulatorRange.Of(neuron.Weights, neuron.Bias, low, high);
            nextLow[n] = Activations.Evaluate(layer.Activation, layer.Slope, PreActivation((int)range.Least, neuron.Shift));
            nextHigh[n] = Activations.Evaluate(layer.Activation, layer.Slope, PreActivation((int)range.Most, neuron.Shift));
        }

        return (nextLow, nextHigh);
    }

    private static int PreActivation(int accumulator, int shift) =>
        shift >= 0 ? accumulator >> shift : Numerics.SaturatingShift.Left(accumulator, -shift);

    private static QuantisedLayer QuantiseLayer(
        FloatLayer layer, int index, int[] low, int[] high, double[] scales, double[] offsets, bool last, Profile profile, bool comparable)
    {
        int weightBytes = profile == Profile.Compact ? 1 : 2;
        QuantisedNeuron[] neurons = new QuantisedNeuron[layer.OutputCount];
        for (int n = 0; n < neurons.Length; n++)
        {
            neurons[n] = QuantiseNeuron(layer, index, n, low, high, scales, offsets, last, weightBytes, int.MaxValue);
        }

        int logitFractionBits = 0;
        bool linear = layer.Activation is not (Activation.Tanh or Activation.Sigmoid);
        if (last && linear && (comparable || layer.Activation == Activation.Softmax))
        {
            // Outputs that are compared share the coarsest of their scales.
            int common = Math.Min(31, neurons.Min(neuron => neuron.AccumulatorFractionBits));
            for (int n = 0; n < neurons.Length; n++)
            {
                neurons[n] = WithFractionBits(layer, index, n, low, high, scales, offsets, weightBytes, neurons[n], common);
            }

            logitFractionBits = layer.Activation == Activation.Softmax ? common : 0;
        }

        int slope = layer.Activation == Activation.LeakyRelu ? SlopeOf(layer, index) : 0;
        return new QuantisedLayer(layer.Activation, slope, weightBytes, logitFractionBits, neurons);
    }

    private static QuantisedNeuron QuantiseNeuron(
        FloatLayer layer, int index, int neuron, int[] low, int[] high, double[] scales, double[] offsets, bool last, int weightBytes, int maxFractionBits)
    {
        double[] weights = new double[scales.Length];
        double bias = layer.Bias[neuron];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = layer.Weights[neuron][i] * scales[i];
            bias += layer.Weights[neuron][i] * offsets[i];
        }

        return NeuronQuantiser.Quantise(weights, bias, low, high, layer.Activation, last, weightBytes, maxFractionBits)
            ?? throw new InputRefusedException(
                $"layer {index}, neuron {neuron}: its weights or bias are too large for any 32-bit scale; rescale the inputs or train with weight decay.");
    }

    // A finer neuron is shifted to the common scale at the end; only when that shift does not fit is it made coarser.
    private static QuantisedNeuron WithFractionBits(
        FloatLayer layer, int index, int neuron, int[] low, int[] high, double[] scales, double[] offsets, int weightBytes, QuantisedNeuron fine, int common)
    {
        int shift = fine.AccumulatorFractionBits - common;
        if (shift == 0)
        {
            return fine;
        }

        long bias = fine.Bias + (1L << (shift - 1));
        if (shift <= 31 && AccumulatorRange.Of(fine.Weights, bias, low, high).Worst <= int.MaxValue)
        {
            return fine with { Bias = (int)bias, Shift = shift, OutputScale = Math.ScaleB(1, -common) };
        }

        QuantisedNeuron coarser = QuantiseNeuron(
            layer, index, neuron, low, high, scales, offsets, last: true, weightBytes, Math.Min(common + 31, fine.AccumulatorFractionBits - 1));
        return WithFractionBits(layer, index, neuron, low, high, scales, offsets, weightBytes, coarser, common);
    }

    private static int SlopeOf(FloatLayer layer, int index)
    {
        double slope = Math.Round(layer.Slope * 32768);
        return slope is >= 0 and <= 32767
            ? (int)slope
            : throw new InputRefusedException($"layer {index}: the slope {layer.Slope} of leaky_relu is outside 0..0.99997; use relu or linear.");
    }

    private static void RefuseNonFinite(FloatNetwork network)
    {
        for (int l = 0; l < network.Layers.Length; l++)
        {
            FloatLayer layer = network.Layers[l];
            for (int n = 0; n < layer.OutputCount; n++)
            {
                if (!double.IsFinite(layer.Bias[n]) || !Array.TrueForAll(layer.Weights[n], double.IsFinite))
                {
                    throw new InputRefusedException(
                        $"layer {l}, neuron {n}: a weight or the bias is NaN or infinite; train again or export a sound model.");
                }
            }
        }
    }
}
