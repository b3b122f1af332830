using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Certificates;

/// <summary>
/// Runs a network in 64 bits and remembers the largest partial sum of every accumulator, in two orders of summing; of lanes of
/// 21 bits, which need not hold partial sums, the final one, with one more above zero as the bound counts.
/// </summary>
internal sealed class AccumulatorTrace
{
    private readonly Network _network;

    internal AccumulatorTrace(Network network)
    {
        _network = network;
        Peaks = [.. Enumerable.Range(0, network.LayerCount).Select(l => new long[network.GetLayer(l).NeuronCount])];
    }

    /// <summary>Peaks[layer][neuron] of all runs.</summary>
    internal long[][] Peaks { get; }

    internal int[] Run(int[] raw)
    {
        int[] x = raw;
        for (int l = 0; l < Peaks.Length; l++)
        {
            DenseLayer layer = _network.GetLayer(l);
            int[] y = new int[layer.NeuronCount];
            for (int n = 0; n < y.Length; n++)
            {
                long forward = layer.GetBias(n);
                long backward = layer.GetBias(n);
                long peak = Math.Abs(forward);
                for (int i = 0; i < x.Length; i++)
                {
                    forward += (long)layer.GetWeight(n, i) * x[i];
                    backward += (long)layer.GetWeight(n, x.Length - 1 - i) * x[x.Length - 1 - i];
                    peak = Math.Max(peak, Math.Max(Math.Abs(forward), Math.Abs(backward)));
                }

                peak = layer.LaneCount == LaneRows.Narrow ? Math.Max(-forward, forward + 1) : peak;
                Peaks[l][n] = Math.Max(Peaks[l][n], peak);
                y[n] = layer.Map((int)forward, n);
            }

            x = y;
        }

        return x;
    }
}
