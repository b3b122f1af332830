using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Quantisation;

/// <summary>
/// The worst an accumulator can hold, from a network's integers alone: |bias| + sum of max |weight * input|, which bounds every
/// partial sum in every order; in lanes of 21 bits the largest final sum, which is all that counts there.
/// </summary>
public static class AccumulatorBounds
{
    /// <summary>Computes them anew from what a board runs.</summary>
    /// <param name="network">A network of the core.</param>
    /// <returns>Worst[layer][neuron], at most 2^31 - 1, or 2^20 in lanes of 21 bits, for a network that a board accepts.</returns>
    public static long[][] Of(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        int[] low = new int[network.InputCount];
        int[] high = new int[network.InputCount];
        for (int i = 0; i < low.Length; i++)
        {
            low[i] = network.GetInputMinimum(i);
            high[i] = network.GetInputMaximum(i);
        }

        long[][] worst = new long[network.LayerCount][];
        for (int l = 0; l < worst.Length; l++)
        {
            DenseLayer layer = network.GetLayer(l);
            worst[l] = new long[layer.NeuronCount];
            int[] nextLow = new int[layer.NeuronCount];
            int[] nextHigh = new int[layer.NeuronCount];
            int[] weights = new int[layer.InputCount];
            for (int n = 0; n < layer.NeuronCount; n++)
            {
                for (int i = 0; i < weights.Length; i++)
                {
                    weights[i] = layer.GetWeight(n, i);
                }

                AccumulatorRange range = AccumulatorRange.Of(weights, layer.GetBias(n), low, high);
                worst[l][n] = range.Peak(layer.LaneCount);
                layer.MapRange((int)range.Least, (int)range.Most, n, out nextLow[n], out nextHigh[n]);
            }

            (low, high) = (nextLow, nextHigh);
        }

        return worst;
    }

    /// <summary>True when no accumulator of a network can overflow.</summary>
    /// <param name="network">A network of the core.</param>
    public static bool Fit(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return !Of(network).Where((layer, l) => layer.Max() > Limit(network.GetLayer(l))).Any();
    }

    /// <summary>The most that an accumulator of a layer may hold.</summary>
    /// <param name="layer">The layer.</param>
    public static long Limit(DenseLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return AccumulatorRange.Limit(layer.LaneCount);
    }

    /// <summary>Bits left unused: 0 when the worst case fills the accumulator.</summary>
    /// <param name="worst">A worst case.</param>
    /// <param name="limit">The most that the accumulator may hold.</param>
    public static double HeadroomBits(long worst, long limit) => Math.Log2(limit + 1.0) - Math.Log2(Math.Max(1, worst));
}
