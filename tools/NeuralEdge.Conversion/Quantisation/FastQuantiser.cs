using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Quantisation;

/// <summary>
/// Quantises networks for the profile fast: hidden layers with tables (<see cref="TableQuantiser"/>), and a last layer as in the
/// profile exact, in as few words as its outputs allow.
/// </summary>
internal static class FastQuantiser
{
    /// <summary>
    /// Layers whose scales differ by less share the coarser one: a bit of the finer layer's resolution against 16 KB of the
    /// board's RAM for another table.
    /// </summary>
    private const double WorthSharing = 2;

    /// <summary>A coarser table in one layer moves what the next one sees, so that it takes a few rounds until all agree.</summary>
    private const int SharingRounds = 8;

    /// <summary>Quantises a network of two layers or more.</summary>
    /// <param name="network">Takes values in the units of <paramref name="inputs"/>.</param>
    /// <param name="inputs">How each input becomes an integer; the fewer steps, the finer the weights can be.</param>
    /// <param name="comparable">True when the outputs are compared with each other, so that they need one scale.</param>
    internal static QuantisedNetwork Quantise(FloatNetwork network, RawInput[] inputs, bool comparable)
    {
        double[] steps = new double[network.Layers.Length - 1];
        QuantisedNetwork quantised = Quantise(network, inputs, comparable, steps);
        for (int round = 0; round < SharingRounds; round++)
        {
            double[] shared = [.. steps.Select((_, l) => SharedStep(network, quantised, l))];
            if (shared.SequenceEqual(steps))
            {
                break;
            }

            steps = shared;
            quantised = Quantise(network, inputs, comparable, steps);
        }

        return quantised;
    }

    private static QuantisedNetwork Quantise(FloatNetwork network, RawInput[] inputs, bool comparable, double[] steps)
    {
        QuantisedLayer[] layers = new QuantisedLayer[network.Layers.Length];
        RawInput[] raw = inputs;
        for (int l = 0; l < steps.Length; l++)
        {
            RawLayer real = WithoutConstants(RawLayer.Of(network.Layers[l], raw));
            layers[l] = TableQuantiser.Quantise(network.Layers[l], Quantiser.SlopeOf(network.Layers[l], l), real, steps[l])
                ?? throw Quantiser.FitsNoScale(l, null);
            raw = real.OutputsOf(layers[l]);
        }

        layers[^1] = QuantiseLast(network.Layers[^1], steps.Length, RawLayer.Of(network.Layers[^1], raw), comparable);
        return new QuantisedNetwork(inputs, layers);
    }

    // The coarsest scale that is near enough, of layers with the same activation.
    private static double SharedStep(FloatNetwork network, QuantisedNetwork own, int layer)
    {
        double step = StepOf(own, layer);
        double shared = step;
        for (int l = 0; l < network.Layers.Length - 1; l++)
        {
            bool same = network.Layers[l].Activation == network.Layers[layer].Activation && own.Layers[l].Slope == own.Layers[layer].Slope;
            double other = StepOf(own, l);
            if (same && other < WorthSharing * step)
            {
                shared = Math.Max(shared, other);
            }
        }

        return shared;
    }

    private static double StepOf(QuantisedNetwork network, int layer) => network.Layers[layer].Neurons[0].AccumulatorStep;

    // A word with three outputs saves words against two, if its coarser weights lose less than the activations have lost already.
    private static QuantisedLayer QuantiseLast(FloatLayer layer, int index, RawLayer real, bool comparable)
    {
        int outputs = layer.OutputCount;
        QuantisedLayer wide = Quantiser.QuantiseLast(layer, index, real, 2, LaneRows.Wide, comparable);
        if (LaneRows.CountWords(outputs, LaneRows.Wide) <= LaneRows.CountWords(outputs, LaneRows.Narrow))
        {
            return wide;
        }

        QuantisedLayer narrow = Quantiser.QuantiseLast(layer, index, real, 2, LaneRows.Narrow, comparable);
        for (int n = 0; n < outputs; n++)
        {
            // Variances of what rounding does: both are rounded to steps, with the same share of a step.
            double activations = 0;

            // One scale for all outputs may leave a small one among them few steps.
            double weights = layer.Function.Format is null ? Math.Pow(narrow.Neurons[n].OutputScale, 2) : 0;
            for (int i = 0; i < real.Low.Length; i++)
            {
                double half = ((double)real.High[i] - real.Low[i]) / 2;
                activations += Math.Pow(real.Weights[n][i], 2);
                weights += Math.Pow(narrow.Neurons[n].AccumulatorStep * half, 2);
            }

            if (weights > activations)
            {
                return wide;
            }
        }

        return narrow;
    }

    // What never changes needs no weight, and would ask for an ever finer one.
    private static RawLayer WithoutConstants(RawLayer real)
    {
        double[][] weights = Array.ConvertAll(real.Weights, row => (double[])row.Clone());
        double[] bias = (double[])real.Bias.Clone();
        for (int n = 0; n < weights.Length; n++)
        {
            for (int i = 0; i < real.Low.Length; i++)
            {
                if (real.Low[i] == real.High[i])
                {
                    bias[n] += weights[n][i] * real.Low[i];
                    weights[n][i] = 0;
                }
            }
        }

        return real with { Weights = weights, Bias = bias };
    }
}
