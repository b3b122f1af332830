using NeuralEdge.Numerics;

namespace NeuralEdge.Networks
{
    /// <summary>
    /// Puts the kernels of a network of the profile fast together: every layer but the last has an activation table, and between
    /// layers only packed sums are kept.
    /// </summary>
    internal sealed class LaneChain
    {
        private const int KernelFields = 5;
        private const int TailFields = 9;
        private const int EndFields = 7;
        private const int PassFields = 3;

        private LaneKernel _first;
        private LaneKernel _last;

        private LaneChain()
        {
        }

        /// <summary>Chooses the kernels, arranges the rows for them and allocates what lies between them.</summary>
        /// <param name="layers">All layers, as <see cref="Takes"/> says.</param>
        /// <param name="outputs">Where the outputs of the last layer will go.</param>
        /// <returns>The first kernel.</returns>
        internal static LaneKernel Make(DenseLayer[] layers, int[] outputs)
        {
            LaneChain chain = new LaneChain();
            chain.Build(layers, outputs);
            return chain._first;
        }

        /// <summary>True for networks this can run: all layers in lanes, all but the last with a table.</summary>
        /// <param name="layers">All layers.</param>
        internal static bool Takes(DenseLayer[] layers)
        {
            for (int l = 0; l < layers.Length; l++)
            {
                if (layers[l].Lanes == null || (layers[l].Table == null) != (l == layers.Length - 1))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>
        /// Bytes of a board's heap that inputs, sums, tables and kernels take, and the outputs' weights behind the rows of the last
        /// hidden layer; the layers not counted.
        /// </summary>
        /// <param name="layers">All layers.</param>
        internal static int HeapBytes(DenseLayer[] layers)
        {
            int count = layers.Length;
            bool tail = count > 1 && TailOf(layers) != null;
            int bytes = HeapSize.Array(8 * KernelSizes.Padded(layers[0].InputCount));
            for (int l = 0; l < count; l++)
            {
                DenseLayer layer = layers[l];
                if (layer.Table != null && !IsShared(layers, l))
                {
                    bytes += ActivationTable.HeapBytes;
                }

                if (tail && l >= count - 2)
                {
                    bytes += l == count - 1
                        ? HeapSize.Object(TailFields) + HeapSize.Array(8 * layer.Lanes.Count)
                        : 8 * layer.Lanes.Count * LaneRows.Narrow * layers[l + 1].Lanes.Count;
                    continue;
                }

                bytes += HeapSize.Object(KernelFields) + HeapSize.Array(8 * WordsOf(layers, l));
                if (layer.InputCount > KernelSizes.Widest)
                {
                    bytes += WideLaneKernel.HeapBytes(layer.Lanes, layer.InputCount, l == 0);
                }
            }

            // Behind the last layer: what unpacks the sums, and a pass over the outputs.
            return bytes + (2 * HeapSize.Object(EndFields)) + HeapSize.Object(PassFields);
        }

        private static bool IsShared(DenseLayer[] layers, int l)
        {
            for (int earlier = 0; earlier < l; earlier++)
            {
                if (layers[earlier].Table == layers[l].Table)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>The kernel of the last two layers in one, null where there is none.</summary>
        private static TailKernel TailOf(DenseLayer[] layers)
        {
            DenseLayer hidden = layers[layers.Length - 2];
            return hidden.InputCount > KernelSizes.Widest
                ? null
                : TailKernels.Make(layers.Length == 2, hidden.Lanes.Size, layers[layers.Length - 1].Lanes.Count);
        }

        /// <summary>Words for a layer's sums: as many as it has rows, or as the next kernel reads.</summary>
        private static int WordsOf(DenseLayer[] layers, int l)
        {
            int rows = layers[l].Lanes.Count;
            int read = l == layers.Length - 1 ? 0 : LaneRows.CountWords(KernelSizes.Padded(layers[l].NeuronCount), LaneRows.Narrow);
            return read > rows ? read : rows;
        }

        private static LaneKernel MakeKernel(DenseLayer layer, bool first, long[] sums)
        {
            if (layer.InputCount > KernelSizes.Widest)
            {
                return new WideLaneKernel(layer.Lanes, layer.InputCount, first, sums);
            }

            return first ? InputKernels.Make(layer.Lanes.Size) : LookUpKernels.Make(layer.Lanes.Size);
        }

        /// <summary>Puts the weights of the last layer behind the rows of the layer before it.</summary>
        /// <returns>Where the sums of the outputs start.</returns>
        private static long[] Spread(LaneRows hidden, DenseLayer last)
        {
            LaneRows packed = last.Lanes;
            int words = packed.Count;
            hidden.Extend(LaneRows.Narrow * words);
            long[] starts = new long[words];
            int at = hidden.Size + 1;
            for (int w = 0; w < words; w++)
            {
                for (int i = 0; i < last.InputCount; i++)
                {
                    hidden.Rows[i / LaneRows.Narrow][at + (i % LaneRows.Narrow)] = packed.GetWord(w, i);
                }

                starts[w] = packed.GetStart(w);
                at += LaneRows.Narrow;
            }

            return starts;
        }

        private void Build(DenseLayer[] layers, int[] outputs)
        {
            int count = layers.Length;
            DenseLayer end = layers[count - 1];
            bool narrow = end.Lanes.Lanes == LaneRows.Narrow;
            TailKernel tail = count > 1 ? TailOf(layers) : null;
            long[] before = null;
            long[] table = null;
            for (int l = 0; l < (tail == null ? count : count - 2); l++)
            {
                DenseLayer layer = layers[l];
                long[] sums = new long[WordsOf(layers, l)];
                layer.Lanes.Pair();
                LaneKernel kernel = MakeKernel(layer, l == 0, sums);
                kernel.Use(before, table, layer.Lanes, sums);
                Add(kernel);
                before = sums;
                table = layer.Table == null ? null : layer.Table.Entries;
            }

            if (tail == null)
            {
                Add(new UnpackKernel(before, narrow, outputs));
            }
            else
            {
                DenseLayer hidden = layers[count - 2];
                long[] starts = Spread(hidden.Lanes, end);
                tail.Use(before, table, hidden.Lanes, null);
                tail.End(hidden.Table.Entries, starts, narrow, outputs);
                Add(tail);
            }

            ActivationPass pass = end.MakePass();
            if (pass != null)
            {
                Add(new PassKernel(pass, outputs));
            }
        }

        private void Add(LaneKernel kernel)
        {
            if (_first == null)
            {
                _first = kernel;
            }
            else
            {
                _last.Next = kernel;
            }

            _last = kernel;
        }
    }
}
