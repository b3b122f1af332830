using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;

namespace NeuralEdge.Conversion.Quantisation;

/// <summary>Turns a network of real numbers into integers that cannot overflow.</summary>
public static class Quantiser
{
    /// <summary>Quantises a network.</summary>
    /// <param name="network">Takes values in the units of <paramref name="inputs"/>.</param>
    /// <param name="inputs">How each input becomes an integer; folded into the first layer.</param>
    /// <param name="profile">What to aim at; a network of one layer, which has nothing to look up, is the same in fast as in exact.</param>
    /// <param name="comparable">True when the outputs are compared with each other, so that they need one scale.</param>
    /// <param name="seen">
    /// What hidden neurons were seen to give. Where bounds ask for coarser scales than that, the network gets ceilings; null: never.
    /// </param>
    /// <exception cref="InputRefusedException">A weight is not finite, or a neuron fits no scale.</exception>
    public static QuantisedNetwork Quantise(FloatNetwork network, RawInput[] inputs, Profile profile, bool comparable, SeenValues? seen = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputs);
        RefuseNonFinite(network);
        bool tabulated = Array.Exists(network.Layers, layer => layer.Function.IsTabulated);
        if (MakesFast(network, profile))
        {
            if (tabulated)
            {
                int index = Array.FindIndex(network.Layers, layer => layer.Function.IsTabulated);
                throw new InputRefusedException(
                    $"layer {index}: the profile fast does not have the activation {network.Layers[index].Function.Name}; use the profile exact or compact.");
            }

            return FastQuantiser.Quantise(network, inputs, comparable);
        }

        int weightBytes = profile == Profile.Compact ? 1 : 2;
        if (tabulated)
        {
            // A table's own range is a ceiling, so that the network saturates with or without others.
            return Quantise(network, inputs, weightBytes, comparable, true, seen);
        }

        QuantisedNetwork bounded = Quantise(network, inputs, weightBytes, comparable, false, null);
        return seen is null || seen.AreServedBy(bounded) ? bounded : Quantise(network, inputs, weightBytes, comparable, true, seen);
    }

    private static QuantisedNetwork Quantise(
        FloatNetwork network, RawInput[] inputs, int weightBytes, bool comparable, bool saturates, SeenValues? seen)
    {
        QuantisedLayer[] layers = new QuantisedLayer[network.Layers.Length];
        RawInput[] raw = inputs;
        for (int l = 0; l < layers.Length; l++)
        {
            RawLayer real = RawLayer.Of(network.Layers[l], raw, l == 0 ? null : seen?.MeanOf(l - 1));
            layers[l] = network.Layers[l].Function.IsTabulated ? CurveQuantiser.Quantise(network.Layers[l], l, real, weightBytes, seen)
                : l == layers.Length - 1 ? QuantiseLast(network.Layers[l], l, real, weightBytes, 0, comparable)
                : QuantiseHidden(network.Layers[l], l, real, weightBytes, saturates, seen);
            raw = real.OutputsOf(layers[l]);
        }

        return new QuantisedNetwork(inputs, layers);
    }

    /// <summary>Quantises a layer whose outputs are the network's.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="index">Its number, for messages.</param>
    /// <param name="real">The layer on raw inputs.</param>
    /// <param name="weightBytes">1 or 2.</param>
    /// <param name="lanes">Lanes of the layer, 0 where there are none.</param>
    /// <param name="comparable">True when the outputs are compared with each other.</param>
    internal static QuantisedLayer QuantiseLast(FloatLayer layer, int index, RawLayer real, int weightBytes, int lanes, bool comparable)
    {
        Coder coder = new(layer.Function, index, real, true, weightBytes, lanes);
        QuantisedNeuron[] neurons = new QuantisedNeuron[layer.OutputCount];
        for (int n = 0; n < neurons.Length; n++)
        {
            neurons[n] = coder.Code(n);
        }

        int logitFractionBits = 0;
        bool logits = layer.Function.GivesLogits;
        if (layer.Function.Format is null && (comparable || logits))
        {
            // Outputs that are compared share the coarsest of their scales.
            int common = Math.Min(31, neurons.Min(neuron => neuron.AccumulatorFractionBits));
            if (common < -31)
            {
                throw FitsNoScale(index, null);
            }

            for (int n = 0; n < neurons.Length; n++)
            {
                neurons[n] = coder.WithFractionBits(n, neurons[n], common);
            }

            logitFractionBits = logits ? common : 0;
        }

        return new QuantisedLayer(layer.Function, SlopeOf(layer, index), weightBytes, logitFractionBits, neurons, lanes);
    }

    /// <summary>Slope of a layer below zero in Q0.15; 0 for activations that have none.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="index">Its number, for messages.</param>
    internal static int SlopeOf(FloatLayer layer, int index)
    {
        if (!layer.Function.HasSlope)
        {
            return 0;
        }

        double slope = Math.Round(layer.Slope * 32768);
        return slope is >= 0 and <= 32767
            ? (int)slope
            : throw new InputRefusedException($"layer {index}: the slope {layer.Slope} of {layer.Function.Name} is outside 0..0.99997; use relu or linear.");
    }

    /// <summary>Whether a network gets the arithmetic of the profile fast; one layer has nothing to look up.</summary>
    /// <param name="network">The network.</param>
    /// <param name="profile">What to aim at.</param>
    internal static bool MakesFast(FloatNetwork network, Profile profile) => profile == Profile.Fast && network.Layers.Length > 1;

    /// <summary>A neuron fits no scale.</summary>
    /// <param name="layer">Its layer.</param>
    /// <param name="neuron">Which neuron, or null for the whole layer.</param>
    internal static InputRefusedException FitsNoScale(int layer, int? neuron) => new(
        $"layer {layer}{(neuron is int n ? $", neuron {n}" : "")}: its weights or bias are too large for any {(neuron is null ? "scale of the whole layer" : "32-bit scale")}; rescale the inputs or train with weight decay.");

    private static QuantisedLayer QuantiseHidden(FloatLayer layer, int index, RawLayer real, int weightBytes, bool saturates, SeenValues? seen)
    {
        bool hasCeiling = saturates && layer.Function.Format is null;
        Coder coder = new(layer.Function, index, real, false, weightBytes, 0, hasCeiling, seen);
        QuantisedNeuron[] neurons = [.. Enumerable.Range(0, layer.OutputCount).Select(coder.Code)];
        return new QuantisedLayer(layer.Function, SlopeOf(layer, index), weightBytes, 0, neurons, HasCeiling: hasCeiling);
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

    /// <summary>Quantises the neurons of one layer, each at the finest scale that fits.</summary>
    private sealed record Coder(ActivationFunction Function, int Layer, RawLayer Real, bool Last, int WeightBytes, int Lanes, bool HasCeiling = false, SeenValues? Seen = null)
    {
        internal QuantisedNeuron Code(int neuron) => Code(neuron, int.MaxValue);

        // A finer neuron is shifted to the common scale at the end; only when that shift does not fit is it made coarser.
        internal QuantisedNeuron WithFractionBits(int neuron, QuantisedNeuron fine, int common)
        {
            int shift = fine.AccumulatorFractionBits - common;
            if (shift == 0)
            {
                return fine;
            }

            long bias = fine.Bias + (1L << (shift - 1));
            if (shift <= 31 && bias <= int.MaxValue && AccumulatorRange.Of(fine.Weights, bias, Real.Low, Real.High).Fits(Lanes))
            {
                return fine with { Bias = (int)bias, Shift = shift, OutputScale = Math.ScaleB(1, -common) };
            }

            return WithFractionBits(neuron, Code(neuron, Math.Min(common + 31, fine.AccumulatorFractionBits - 1)), common);
        }

        private QuantisedNeuron Code(int neuron, int maxFractionBits) =>
            NeuronQuantiser.Quantise(
                Real.Weights[neuron], Real.Bias[neuron], Real.Low, Real.High, Real.Typical, Function.Format, Last, WeightBytes, Lanes, maxFractionBits, ReachOf(neuron))
                ?? throw FitsNoScale(Layer, neuron);

        private double? ReachOf(int neuron) => HasCeiling ? Seen?.Reach(Layer, neuron) ?? double.PositiveInfinity : null;
    }
}
