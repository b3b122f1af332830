using System;
using NeuralEdge.Numerics;

namespace NeuralEdge.Networks
{
    /// <summary>A layer of the profile fast with more inputs than a kernel takes: full blocks first, then a kernel for the rest.</summary>
    internal sealed class WideLaneKernel : LaneKernel
    {
        // Its own, besides those of every kernel, and the kernel for the rest.
        private const int Fields = 11;

        private readonly LaneRows _packed;
        private readonly LaneKernel _rest;
        private readonly long[] _restInputs;
        private readonly int _restCount;
        private readonly long[] _activations;
        private readonly long[] _blockSums;

        /// <summary>Puts the parts together.</summary>
        /// <param name="packed">All blocks; the rows of the last one are in pairs.</param>
        /// <param name="inputs">Number of inputs.</param>
        /// <param name="first">True in the first layer, which reads the network's inputs.</param>
        /// <param name="result">Where the sums go.</param>
        internal WideLaneKernel(LaneRows packed, int inputs, bool first, long[] result)
        {
            _packed = packed;
            _restInputs = new long[packed.Size];
            _restCount = inputs - (KernelSizes.Widest * packed.FullBlocks);
            _rest = InputKernels.Make(packed.Size);
            _rest.Use(null, null, packed, result);
            _activations = first ? null : new long[inputs];
            _blockSums = new long[packed.Count];
        }

        /// <summary>Bytes of a board's heap that such a kernel takes besides those of every kernel.</summary>
        /// <param name="packed">The layer's rows.</param>
        /// <param name="inputs">Number of inputs.</param>
        /// <param name="first">True in the first layer.</param>
        internal static int HeapBytes(LaneRows packed, int inputs, bool first)
        {
            return HeapSize.Object(Fields) + HeapSize.Array(8 * packed.Size) + HeapSize.Array(8 * packed.Count) + (first ? 0 : HeapSize.Array(8 * inputs));
        }

        internal override void Forward(long[] x)
        {
            if (_activations != null)
            {
                Look(Sums, Table, _activations);
                x = _activations;
            }

            LaneRows packed = _packed;
            int blocks = packed.FullBlocks;
            for (int b = 0; b < blocks; b++)
            {
                BlockSums.Add(x, KernelSizes.Widest * b, packed.GetFullBlock(b), _blockSums);
                for (int row = 0; row < _blockSums.Length; row++)
                {
                    if (b < blocks - 1)
                    {
                        packed.GetFullBlock(b + 1)[row][KernelSizes.Widest] = _blockSums[row];
                    }
                    else
                    {
                        packed.SetStart(row, _blockSums[row]);
                    }
                }
            }

            Array.Copy(x, KernelSizes.Widest * blocks, _restInputs, 0, _restCount);
            _rest.Forward(_restInputs);
        }

        private static void Look(long[] sums, long[] table, long[] activations)
        {
            int i = activations.Length;
            int lane = i % LaneRows.Narrow;
            int j = (i + LaneRows.Narrow - 1) / LaneRows.Narrow;
            lane = lane == 0 ? LaneRows.Narrow : lane;
            while (j != 0)
            {
                long s = sums[--j];
                i -= lane;
                for (int k = 0; k < lane; k++)
                {
                    activations[i + k] = table[(int)(s >> ActivationTable.IndexShift) & (ActivationTable.Count - 1)];
                    s >>= LaneRows.NarrowBits;
                }

                lane = LaneRows.Narrow;
            }
        }
    }
}
