using NeuralEdge.Numerics;

namespace NeuralEdge.Networks
{
    /// <summary>
    /// Weights and biases of a layer with two neurons in each 64-bit word: one multiplication of a word by an input
    /// advances both sums, and on an interpreter a 64-bit multiplication costs what a 32-bit one does.
    /// </summary>
    /// <remarks>
    /// <para>Word = lower + upper * 2^32. The word in which a row's sum starts holds both biases, the lower one plus 2^31.
    /// With |bias| + sum |weight| max|input| &lt;= 2^31 - 1 for both neurons, which the model reader proves, the lower
    /// lane ends in 0..2^32-1, borrows nothing, and bits 32..63 are the upper neuron's accumulator. What happens to the
    /// word on the way does not matter: addition and multiplication are exact modulo 2^64.</para>
    /// <para>A row belongs to its lower neuron n and to n + 1. Rows begin at the last neuron but one, and at every
    /// second before it; the row of an odd layer's neuron 0 repeats neuron 1.</para>
    /// </remarks>
    internal sealed class PackedRows : WeightRows
    {
        private const long LowerOffset = 0x80000000L;

        private const int Fields = 3;

        private readonly int _inputs;
        private readonly int _neurons;
        private readonly long[][][] _blocks;

        /// <summary>Makes room for the rows; each is allocated when its neuron comes.</summary>
        /// <param name="inputs">Number of inputs, 1 or more.</param>
        /// <param name="neurons">Number of neurons, 1 or more.</param>
        internal PackedRows(int inputs, int neurons)
        {
            _inputs = inputs;
            _neurons = neurons;
            _blocks = new long[KernelSizes.Blocks(inputs)][][];
            for (int b = 0; b < _blocks.Length; b++)
            {
                _blocks[b] = new long[neurons][];
            }
        }

        /// <summary>Number of blocks of <see cref="KernelSizes.Widest"/> inputs, the last one included.</summary>
        internal int BlockCount
        {
            get { return _blocks.Length; }
        }

        /// <summary>Number of inputs the last block is padded to.</summary>
        internal int LastSize
        {
            get { return KernelSizes.OfBlock(_inputs, _blocks.Length - 1); }
        }

        /// <summary>Bytes of a board's heap the rows take.</summary>
        /// <param name="inputs">Number of inputs.</param>
        /// <param name="neurons">Number of neurons.</param>
        /// <returns>The bytes.</returns>
        internal static int HeapBytes(int inputs, int neurons)
        {
            int blocks = KernelSizes.Blocks(inputs);
            int pair = ((blocks - 1) * HeapSize.Array(8 * (KernelSizes.Widest + 1)))
                + HeapSize.Array(8 * (KernelSizes.OfBlock(inputs, blocks - 1) + 1));
            return HeapSize.Object(Fields) + HeapSize.References(blocks) + (blocks * HeapSize.References(neurons)) + ((neurons + 1) / 2 * pair);
        }

        /// <summary>The rows of a block, each at the index of its lower neuron, null elsewhere.</summary>
        /// <param name="block">Which block.</param>
        /// <returns>Rows of weights, the start of the sum behind them.</returns>
        internal long[][] GetRows(int block)
        {
            return _blocks[block];
        }

        /// <inheritdoc/>
        internal override void SetBias(int neuron, int bias)
        {
            if (Begins(neuron))
            {
                for (int b = 0; b < _blocks.Length; b++)
                {
                    _blocks[b][neuron] = new long[KernelSizes.OfBlock(_inputs, b) + 1];
                }

                _blocks[0][neuron][KernelSizes.OfBlock(_inputs, 0)] = bias + LowerOffset;
            }

            if (neuron > 0 && Begins(neuron - 1))
            {
                _blocks[0][neuron - 1][KernelSizes.OfBlock(_inputs, 0)] += (long)bias << 32;
            }
        }

        /// <inheritdoc/>
        internal override void SetWeight(int neuron, int input, int weight)
        {
            long[][] rows = _blocks[input / KernelSizes.Widest];
            int at = input % KernelSizes.Widest;
            if (rows[neuron] != null)
            {
                rows[neuron][at] = weight;
            }

            if (neuron > 0 && rows[neuron - 1] != null)
            {
                rows[neuron - 1][at] += (long)weight << 32;
            }
        }

        /// <inheritdoc/>
        internal override int GetWeight(int neuron, int input)
        {
            long[][] rows = _blocks[input / KernelSizes.Widest];
            int at = input % KernelSizes.Widest;
            if (rows[neuron] != null)
            {
                return (int)rows[neuron][at];
            }

            long word = rows[neuron - 1][at];
            return (int)((word - (int)word) >> 32);
        }

        /// <inheritdoc/>
        internal override int GetBias(int neuron)
        {
            long[][] rows = _blocks[0];
            int at = KernelSizes.OfBlock(_inputs, 0);
            return rows[neuron] != null ? (int)rows[neuron][at] ^ int.MinValue : (int)(rows[neuron - 1][at] >> 32);
        }

        private bool Begins(int neuron)
        {
            return neuron == 0 || (neuron < _neurons - 1 && ((_neurons - neuron) & 1) == 0);
        }
    }
}
