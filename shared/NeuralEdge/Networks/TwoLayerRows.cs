using NeuralEdge.Numerics;

namespace NeuralEdge.Networks
{
    /// <summary>
    /// Rearranges a small network with one hidden layer of tanh for the two-layer kernels, which compute it in one call.
    /// </summary>
    /// <remarks>
    /// A row belongs to two hidden neurons, a and b: packed weights and start as in <see cref="PackedRows"/>; a's weights
    /// in the outputs, two outputs in a word; b's; the shift of a; the shift of b. Where b is missing its weights are 0.
    /// </remarks>
    internal static class TwoLayerRows
    {
        private const int MaxHidden = 32;
        private const long LowerOffset = 0x80000000L;

        /// <summary>True when a two-layer kernel takes a network.</summary>
        /// <param name="layers">All its layers.</param>
        internal static bool Fits(DenseLayer[] layers)
        {
            return layers.Length == 2
                && layers[0].Activation == Activation.Tanh
                && layers[0].InputCount <= TwoLayerFactory.Widest
                && layers[0].NeuronCount <= MaxHidden
                && layers[1].NeuronCount <= TwoLayerFactory.MaxOutputs
                && layers[0].ShiftsRight;
        }

        /// <summary>Bytes of a board's heap the rows take, on top of the layers.</summary>
        /// <param name="layers">All layers of a network that fits.</param>
        internal static int HeapBytes(DenseLayer[] layers)
        {
            int pairs = (layers[0].NeuronCount + 1) >> 1;
            int words = (layers[1].NeuronCount + 1) >> 1;
            return HeapSize.References(pairs)
                + (pairs * HeapSize.Array(8 * (KernelSizes.Fit(layers[0].InputCount) + 3 + (2 * words))))
                + HeapSize.Array(8 * words);
        }

        /// <summary>Makes the kernel of both layers.</summary>
        /// <param name="layers">All layers of a network that fits.</param>
        internal static LayerKernel MakeKernel(DenseLayer[] layers)
        {
            DenseLayer hidden = layers[0];
            DenseLayer last = layers[1];
            int size = KernelSizes.Fit(hidden.InputCount);
            int words = (last.NeuronCount + 1) >> 1;
            long[][] rows = new long[(hidden.NeuronCount + 1) >> 1][];
            for (int p = 0; p < rows.Length; p++)
            {
                long[] row = new long[size + 3 + (2 * words)];
                rows[p] = row;
                row[size] = LowerOffset;
                for (int lane = 0; lane < 2 && (2 * p) + lane < hidden.NeuronCount; lane++)
                {
                    int neuron = (2 * p) + lane;
                    for (int i = 0; i < hidden.InputCount; i++)
                    {
                        row[i] += (long)hidden.GetWeight(neuron, i) << (32 * lane);
                    }

                    row[size] += (long)hidden.GetBias(neuron) << (32 * lane);
                    for (int o = 0; o < last.NeuronCount; o++)
                    {
                        row[size + 1 + (lane * words) + (o >> 1)] += (long)last.GetWeight(o, neuron) << (32 * (o & 1));
                    }

                    row[size + 1 + (2 * words) + lane] = hidden.GetShift(neuron);
                }
            }

            long[] starts = new long[words];
            for (int o = 0; o < last.NeuronCount; o++)
            {
                starts[o >> 1] += ((long)last.GetBias(o) << (32 * (o & 1))) + ((o & 1) == 0 ? LowerOffset : 0);
            }

            return last.Activate(TwoLayerFactory.Make(size, last.NeuronCount, rows, starts));
        }
    }
}
