using System;
using NeuralEdge.Numerics;

namespace NeuralEdge.Networks
{
    /// <summary>A layer with more inputs than a kernel takes: full blocks first, then a kernel for the rest.</summary>
    internal sealed class WideKernel : LayerKernel
    {
        private readonly PackedRows _packed;
        private readonly LayerKernel _rest;
        private readonly int[] _restInputs;
        private readonly int _restCount;

        /// <summary>Puts the parts together.</summary>
        /// <param name="packed">All blocks.</param>
        /// <param name="inputs">Number of inputs.</param>
        /// <param name="rest">Kernel of the last block.</param>
        internal WideKernel(PackedRows packed, int inputs, LayerKernel rest)
        {
            _packed = packed;
            _rest = rest;
            _restInputs = new int[packed.LastSize];
            _restCount = inputs - (KernelSizes.Widest * (packed.BlockCount - 1));
        }

        /// <summary>Bytes of a board's heap that such a kernel takes besides its rows.</summary>
        /// <param name="inputs">Number of inputs.</param>
        internal static int HeapBytes(int inputs)
        {
            return HeapSize.Object(4) + HeapSize.Array(4 * KernelSizes.OfBlock(inputs, KernelSizes.Blocks(inputs) - 1));
        }

        internal override void Forward(int[] x, int[] y)
        {
            PackedRows packed = _packed;
            int last = packed.BlockCount - 1;
            int at = 0;
            for (int b = 0; b < last; b++)
            {
                int start = b < last - 1 ? KernelSizes.Widest : _restInputs.Length;
                BlockSums.Pass(x, at, packed.GetRows(b), packed.GetRows(b + 1), start);
                at += KernelSizes.Widest;
            }

            Array.Copy(x, at, _restInputs, 0, _restCount);
            _rest.Forward(_restInputs, y);
        }
    }
}
