using NeuralEdge.Modeling.Quantisation;
using NeuralEdge.Networks;

namespace NeuralEdge.Modeling.Certificates;

/// <summary>
/// The worst an accumulator can hold, from a network's integers alone: |bias| + sum of max |weight * input|, which bounds every
/// partial sum in every order.
/// </summary>
public static class AccumulatorBounds
{
    /// <summary>Computes them anew from what a board runs.</summary>
    /// <param name="network">A network of the core.</param>
    /// <returns>Worst[layer][neuron], at most 2^31 - 1 for a network that a board accepts.</returns>
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
                worst[l][n] = range.Worst;
                nextLow[n] = layer.Map((int)range.Least, n);
                nextHigh[n] = layer.Map((int)range.Most, n);
            }

            (low, high) = (nextLow, nextHigh);
        }

        return worst;
    }

    /// <summary>Bits left unused: 0 when the worst case fills 31 bits.</summary>
    /// <param name="worst">A worst case.</param>
    public static double HeadroomBits(long worst) => 31 - Math.Log2(Math.Max(1, worst));
}
