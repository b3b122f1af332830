using NeuralEdge.Networks.Generated;
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
    /// second before it; the row of an odd layer's neuron 0 repeats neuron 1. In the last block each row is at the index of
    /// its lower neuron.</para>
    /// </remarks>
    internal sealed class PackedRows : WeightRows
    {
        private const long LowerOffset = 0x80000000L;

        private const int Fields = 3;

        private readonly RowPairs[] _full;
        private readonly long[][] _rows;
        private readonly int _size;

        /// <summary>Makes room for the rows; each is allocated when its neuron comes.</summary>
        /// <param name="inputs">Number of inputs, 1 or more.</param>
        /// <param name="neurons">Number of neurons, 1 or more.</param>
        internal PackedRows(int inputs, int neurons)
        {
            _full = new RowPairs[KernelSizes.Blocks(inputs) - 1];
            _rows = new long[neurons][];
            _size = KernelSizes.OfBlock(inputs, _full.Length);
            for (int b = 0; b < _full.Length; b++)
            {
                _full[b] = new RowPairs(Count, KernelSizes.Widest);
            }
        }

        /// <inheritdoc/>
        internal override int Count
        {
            get { return (_rows.Length + 1) >> 1; }
        }

        /// <inheritdoc/>
        internal override int FullBlocks
        {
            get { return _full.Length; }
        }

        /// <inheritdoc/>
        internal override long[][] Rows
        {
            get { return _rows; }
        }

        /// <inheritdoc/>
        internal override int Size
        {
            get { return _size; }
        }

        // Where the first block has the word in which a row's sum starts.
        private int StartAt
        {
            get { return _full.Length > 0 ? KernelSizes.Widest : _size; }
        }

        /// <summary>Bytes of a board's heap the rows take.</summary>
        /// <param name="inputs">Number of inputs.</param>
        /// <param name="neurons">Number of neurons.</param>
        /// <returns>The bytes.</returns>
        internal static int HeapBytes(int inputs, int neurons)
        {
            int count = (neurons + 1) >> 1;
            int full = KernelSizes.Blocks(inputs) - 1;
            return HeapSize.Object(Fields) + HeapSize.References(full) + (full * RowPairs.HeapBytes(count, KernelSizes.Widest))
                + HeapSize.References(neurons) + (count * HeapSize.Array(8 * (KernelSizes.OfBlock(inputs, full) + 1)));
        }

        /// <inheritdoc/>
        internal override long[][] GetFullBlock(int block)
        {
            return _full[block].Rows;
        }

        /// <inheritdoc/>
        internal override void SetStarts(int block, long[] sums)
        {
            if (block < _full.Length)
            {
                _full[block].SetStarts(sums);
                return;
            }

            for (int row = 0; row < sums.Length; row++)
            {
                int lower = (2 * row) - (_rows.Length & 1);
                _rows[lower < 0 ? 0 : lower][_size] = sums[row];
            }
        }

        /// <inheritdoc/>
        internal override void SetBias(int neuron, int bias)
        {
            if (Begins(neuron))
            {
                for (int b = 0; b < _full.Length; b++)
                {
                    _full[b].Begin(RowOf(neuron));
                }

                _rows[neuron] = new long[_size + 1];
                Add(neuron, 0, StartAt, bias + LowerOffset);
            }

            if (Begins(neuron - 1))
            {
                Add(neuron - 1, 0, StartAt, (long)bias << 32);
            }
        }

        /// <inheritdoc/>
        internal override void SetWeight(int neuron, int input, int weight)
        {
            int block = input / KernelSizes.Widest;
            int at = input % KernelSizes.Widest;
            if (Begins(neuron))
            {
                Add(neuron, block, at, weight);
            }

            if (Begins(neuron - 1))
            {
                Add(neuron - 1, block, at, (long)weight << 32);
            }
        }

        /// <inheritdoc/>
        internal override int GetWeight(int neuron, int input)
        {
            int block = input / KernelSizes.Widest;
            int at = input % KernelSizes.Widest;
            if (Begins(neuron))
            {
                return (int)Get(neuron, block, at);
            }

            long word = Get(neuron - 1, block, at);
            return (int)((word - (int)word) >> 32);
        }

        /// <inheritdoc/>
        internal override int GetBias(int neuron)
        {
            return Begins(neuron) ? (int)Get(neuron, 0, StartAt) ^ int.MinValue : (int)(Get(neuron - 1, 0, StartAt) >> 32);
        }

        private bool Begins(int neuron)
        {
            return neuron == 0 || (neuron > 0 && neuron < _rows.Length - 1 && ((_rows.Length - neuron) & 1) == 0);
        }

        private int RowOf(int lower)
        {
            return (lower + (_rows.Length & 1)) >> 1;
        }

        private long Get(int lower, int block, int at)
        {
            return block < _full.Length ? _full[block].Get(RowOf(lower), at) : _rows[lower][at];
        }

        private void Add(int lower, int block, int at, long value)
        {
            if (block < _full.Length)
            {
                _full[block].Add(RowOf(lower), at, value);
            }
            else
            {
                _rows[lower][at] += value;
            }
        }
    }
}
