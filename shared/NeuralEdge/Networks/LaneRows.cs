using System;
using NeuralEdge.Numerics;

namespace NeuralEdge.Networks
{
    /// <summary>
    /// Weights and biases of a layer of the profile fast, with three neurons in each 64-bit word (lanes of 21 bits) or two
    /// (lanes of 32 bits): one multiplication of a word by an input advances all their sums.
    /// </summary>
    /// <remarks>
    /// <para>Lane k of a word is worth 2^(bits k). The word in which a row's sum starts holds the biases; each lane of 21
    /// bits carries 2^20 besides, the lower lane of 32 bits 2^31. With every accumulator in -2^20..2^20-1 (or 32 bits),
    /// which the model reader proves, each lane ends in 0..2^bits-1 and borrows nothing from the next. What happens to the
    /// word on the way does not matter: addition and multiplication are exact modulo 2^64.</para>
    /// <para>Row r belongs to neurons r lanes, r lanes + 1, ...; lanes behind the last neuron have weight zero. A row is its
    /// weights, then the start of its sum. A layer with more than 64 inputs has full blocks of 64 besides, each with rows of
    /// its own; its sums start in the first of them.</para>
    /// </remarks>
    internal sealed class LaneRows : WeightRows
    {
        /// <summary>Lanes of 21 bits in a word.</summary>
        internal const int Narrow = 3;

        /// <summary>Lanes of 32 bits in a word.</summary>
        internal const int Wide = 2;

        /// <summary>Bits of a lane of a word with three.</summary>
        internal const int NarrowBits = 21;

        private const long NarrowStart = (1L << 20) + (1L << 41) + (1L << 62);
        private const long WideStart = 1L << 31;

        private const int Fields = 7;

        private readonly int _lanes;
        private readonly int _bits;
        private readonly int _size;
        private readonly long[][][] _full;
        private readonly long[][] _rows;

        // A bias may pass its lane while what the inputs add brings it back, so it cannot be read from a word again.
        private readonly int[] _biases;

        // The second row of an array begins here; 0 while each row has an array of its own.
        private int _second;

        /// <summary>Makes room for the rows; each is allocated when its first neuron comes.</summary>
        /// <param name="inputs">Number of inputs, 1 or more.</param>
        /// <param name="neurons">Number of neurons, 1 or more.</param>
        /// <param name="lanes"><see cref="Narrow"/> or <see cref="Wide"/>.</param>
        internal LaneRows(int inputs, int neurons, int lanes)
        {
            int blocks = KernelSizes.Blocks(inputs);
            _lanes = lanes;
            _bits = lanes == Narrow ? NarrowBits : 32;
            _size = KernelSizes.OfBlock(inputs, blocks - 1);
            _biases = new int[neurons];
            _rows = new long[CountWords(neurons, lanes)][];
            _full = new long[blocks - 1][][];
            for (int b = 0; b < _full.Length; b++)
            {
                _full[b] = new long[_rows.Length][];
            }
        }

        /// <summary>Number of neurons in a word.</summary>
        internal int Lanes
        {
            get { return _lanes; }
        }

        /// <summary>Number of rows.</summary>
        internal int Count
        {
            get { return _rows.Length; }
        }

        /// <summary>Number of inputs of a row that is not of a full block.</summary>
        internal int Size
        {
            get { return _size; }
        }

        /// <summary>
        /// The rows, or those of the last block: each at its index, or, after <see cref="Pair"/>, each two in the array at the
        /// index of the first.
        /// </summary>
        internal long[][] Rows
        {
            get { return _rows; }
        }

        /// <summary>Number of full blocks of <see cref="KernelSizes.Widest"/> inputs in front of the last one.</summary>
        internal int FullBlocks
        {
            get { return _full.Length; }
        }

        /// <summary>Number of words that hold one value of each neuron.</summary>
        /// <param name="neurons">Number of neurons.</param>
        /// <param name="lanes">Neurons in a word.</param>
        /// <returns>The words.</returns>
        internal static int CountWords(int neurons, int lanes)
        {
            return (neurons + lanes - 1) / lanes;
        }

        /// <summary>Bytes of a board's heap the rows and biases take as they are loaded; in pairs they take less.</summary>
        /// <param name="inputs">Number of inputs.</param>
        /// <param name="neurons">Number of neurons.</param>
        /// <param name="lanes">Neurons in a word.</param>
        /// <returns>The bytes.</returns>
        internal static int HeapBytes(int inputs, int neurons, int lanes)
        {
            int rows = CountWords(neurons, lanes);
            int full = KernelSizes.Blocks(inputs) - 1;
            int block = HeapSize.References(rows) + (rows * HeapSize.Array(8 * (KernelSizes.Widest + 1)));
            int last = HeapSize.References(rows) + (rows * HeapSize.Array(8 * (KernelSizes.OfBlock(inputs, full) + 1)));
            return HeapSize.Object(Fields) + HeapSize.Array(4 * neurons) + HeapSize.References(full) + (full * block) + last;
        }

        /// <summary>Rows of a full block.</summary>
        /// <param name="block">0..<see cref="FullBlocks"/> - 1.</param>
        /// <returns>The rows in order.</returns>
        internal long[][] GetFullBlock(int block)
        {
            return _full[block];
        }

        /// <summary>Where the sum of a row starts.</summary>
        /// <param name="row">Which row.</param>
        /// <returns>The word.</returns>
        internal long GetStart(int row)
        {
            return _full.Length > 0 ? _full[0][row][KernelSizes.Widest] : ArrayOf(row)[At(row) + _size];
        }

        /// <summary>Sets where the sum of a row of the last block starts, in a layer with full blocks.</summary>
        /// <param name="row">Which row.</param>
        /// <param name="sum">What the full blocks gave.</param>
        internal void SetStart(int row, long sum)
        {
            ArrayOf(row)[At(row) + _size] = sum;
        }

        /// <summary>Weights of a row's neurons for one input, wherever the rows have been put.</summary>
        /// <param name="row">Which row.</param>
        /// <param name="input">Which input.</param>
        /// <returns>The word: the sum of weight k times 2^(bits k), modulo 2^64.</returns>
        internal long GetWord(int row, int input)
        {
            int at = input;
            if (_full.Length > 0)
            {
                int block = input / KernelSizes.Widest;
                at = input % KernelSizes.Widest;
                if (block < _full.Length)
                {
                    return _full[block][row][at];
                }
            }

            return ArrayOf(row)[At(row) + at];
        }

        /// <summary>Puts each two rows into one array, so that a loop has half as many to go through.</summary>
        internal void Pair()
        {
            _second = _size + 1;
            for (int row = 0; row + 1 < _rows.Length; row += 2)
            {
                long[] pair = new long[2 * _second];
                Array.Copy(_rows[row], 0, pair, 0, _second);
                Array.Copy(_rows[row + 1], 0, pair, _second, _second);
                _rows[row] = pair;
                _rows[row + 1] = null;
            }
        }

        /// <summary>Gives every row more words behind the start of its sum.</summary>
        /// <param name="words">How many.</param>
        internal void Extend(int words)
        {
            for (int row = 0; row < _rows.Length; row++)
            {
                long[] longer = new long[_size + 1 + words];
                Array.Copy(_rows[row], 0, longer, 0, _size + 1);
                _rows[row] = longer;
            }
        }

        /// <inheritdoc/>
        internal override void SetBias(int neuron, int bias)
        {
            int row = neuron / _lanes;
            bool first = neuron == row * _lanes;
            if (first)
            {
                _rows[row] = new long[_size + 1];
                for (int b = 0; b < _full.Length; b++)
                {
                    _full[b][row] = new long[KernelSizes.Widest + 1];
                }
            }

            _biases[neuron] = bias;
            long[] starts = _full.Length > 0 ? _full[0][row] : _rows[row];
            int at = starts.Length - 1;
            starts[at] = Put(first ? (_lanes == Narrow ? NarrowStart : WideStart) : starts[at], neuron, bias);
        }

        /// <inheritdoc/>
        internal override void SetWeight(int neuron, int input, int weight)
        {
            int row = neuron / _lanes;
            int block = input / KernelSizes.Widest;
            long[] words = block < _full.Length ? _full[block][row] : _rows[row];
            int at = input % KernelSizes.Widest;
            words[at] = Put(words[at], neuron, weight);
        }

        /// <inheritdoc/>
        internal override int GetWeight(int neuron, int input)
        {
            long word = GetWord(neuron / _lanes, input);
            int beside = 64 - _bits;
            for (int lane = neuron % _lanes; lane > 0; lane--)
            {
                word = (word - (word << beside >> beside)) >> _bits;
            }

            return (int)(word << beside >> beside);
        }

        /// <inheritdoc/>
        internal override int GetBias(int neuron)
        {
            return _biases[neuron];
        }

        // Adds a neuron's part to a word that holds one value of each neuron.
        private long Put(long word, int neuron, int value)
        {
            return word + ((long)value << (_bits * (neuron % _lanes)));
        }

        private long[] ArrayOf(int row)
        {
            return _rows[_second > 0 ? row & ~1 : row];
        }

        private int At(int row)
        {
            return _second > 0 && (row & 1) != 0 ? _second : 0;
        }
    }
}
