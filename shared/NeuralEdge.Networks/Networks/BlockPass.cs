using System;
using NeuralEdge.Networks.Generated;

namespace NeuralEdge.Networks
{
    /// <summary>
    /// Begins a layer with more inputs than a kernel takes: adds up its full blocks, each on top of the one before, and leaves the
    /// rest of the inputs for the kernel of the last block, where the sums then start.
    /// </summary>
    internal sealed class BlockPass : Pass
    {
        /// <summary>Number of fields, for whoever counts bytes.</summary>
        internal const int Fields = 8;

        private readonly WeightRows _rows;
        private readonly int[] _inputs;
        private readonly int[] _rest;
        private readonly int _restCount;
        private readonly int[] _block;
        private readonly long[] _sums;
        private readonly InputKernel _kernel;

        /// <summary>Prepares the pass.</summary>
        /// <param name="rows">All rows of the layer.</param>
        /// <param name="inputs">What the layer reads.</param>
        /// <param name="count">How many inputs it has.</param>
        /// <param name="rest">Where the inputs of the last block go.</param>
        /// <param name="block">Room for the inputs of a full block.</param>
        /// <param name="sums">Room for the sums of all rows.</param>
        /// <param name="kernel">Adds up a block.</param>
        internal BlockPass(WeightRows rows, int[] inputs, int count, int[] rest, int[] block, long[] sums, InputKernel kernel)
        {
            _rows = rows;
            _inputs = inputs;
            _rest = rest;
            _restCount = count - (KernelSizes.Widest * rows.FullBlocks);
            _block = block;
            _sums = sums;
            _kernel = kernel;
        }

        internal override void Forward()
        {
            WeightRows rows = _rows;
            InputKernel kernel = _kernel;
            int blocks = rows.FullBlocks;
            int at = 0;
            for (int b = 0; b < blocks; b++)
            {
                Array.Copy(_inputs, at, _block, 0, KernelSizes.Widest);
                kernel.Use(_block, rows.GetFullBlock(b), _sums);
                kernel.Forward();
                rows.SetStarts(b + 1, _sums);
                at += KernelSizes.Widest;
            }

            Array.Copy(_inputs, at, _rest, 0, _restCount);
        }
    }
}
