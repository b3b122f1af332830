using NeuralEdge.Networks.Generated;
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
    /// <para>Row r belongs to neurons r lanes, r lanes + 1, ...; lanes behind the last neuron have weight zero.</para>
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

        private const int Fields = 4;

        private readonly int _lanes;
        private readonly int _bits;
        private readonly RowPairs[] _blocks;

        // A bias may pass its lane while what the inputs add brings it back, so it cannot be read from a word again.
        private readonly int[] _biases;

        /// <summary>Makes room for the rows; each is allocated when its first neuron comes.</summary>
        /// <param name="inputs">Number of inputs, 1 or more.</param>
        /// <param name="neurons">Number of neurons, 1 or more.</param>
        /// <param name="lanes"><see cref="Narrow"/> or <see cref="Wide"/>.</param>
        internal LaneRows(int inputs, int neurons, int lanes)
        {
            _lanes = lanes;
            _bits = lanes == Narrow ? NarrowBits : 32;
            _biases = new int[neurons];
            _blocks = new RowPairs[KernelSizes.Blocks(inputs)];
            for (int b = 0; b < _blocks.Length; b++)
            {
                _blocks[b] = new RowPairs(CountWords(neurons, lanes), KernelSizes.OfBlock(inputs, b));
            }
        }

        /// <summary>Number of neurons in a word.</summary>
        internal int Lanes
        {
            get { return _lanes; }
        }

        /// <inheritdoc/>
        internal override int Count
        {
            get { return Rows.Length; }
        }

        /// <inheritdoc/>
        internal override int FullBlocks
        {
            get { return _blocks.Length - 1; }
        }

        /// <inheritdoc/>
        internal override long[][] Rows
        {
            get { return _blocks[_blocks.Length - 1].Rows; }
        }

        /// <inheritdoc/>
        internal override int Size
        {
            get { return _blocks[_blocks.Length - 1].Size; }
        }

        /// <summary>Number of words that hold one value of each neuron.</summary>
        /// <param name="neurons">Number of neurons.</param>
        /// <param name="lanes">Neurons in a word.</param>
        /// <returns>The words.</returns>
        internal static int CountWords(int neurons, int lanes)
        {
            return (neurons + lanes - 1) / lanes;
        }

        /// <summary>Bytes of a board's heap the rows and biases take.</summary>
        /// <param name="inputs">Number of inputs.</param>
        /// <param name="neurons">Number of neurons.</param>
        /// <param name="lanes">Neurons in a word.</param>
        /// <returns>The bytes.</returns>
        internal static int HeapBytes(int inputs, int neurons, int lanes)
        {
            int blocks = KernelSizes.Blocks(inputs);
            int bytes = HeapSize.Object(Fields) + HeapSize.Array(4 * neurons) + HeapSize.References(blocks);
            for (int b = 0; b < blocks; b++)
            {
                bytes += RowPairs.HeapBytes(CountWords(neurons, lanes), KernelSizes.OfBlock(inputs, b));
            }

            return bytes;
        }

        /// <inheritdoc/>
        internal override long[][] GetFullBlock(int block)
        {
            return _blocks[block].Rows;
        }

        /// <summary>Weights of a row's neurons for one input.</summary>
        /// <param name="row">Which row.</param>
        /// <param name="input">Which input.</param>
        /// <returns>The word: the sum of weight k times 2^(bits k), modulo 2^64.</returns>
        internal long GetWord(int row, int input)
        {
            return _blocks[input / KernelSizes.Widest].Get(row, input % KernelSizes.Widest);
        }

        /// <inheritdoc/>
        internal override void SetStarts(int block, long[] sums)
        {
            _blocks[block].SetStarts(sums);
        }

        /// <inheritdoc/>
        internal override void SetBias(int neuron, int bias)
        {
            int row = neuron / _lanes;
            RowPairs first = _blocks[0];
            if (neuron == row * _lanes)
            {
                for (int b = 0; b < _blocks.Length; b++)
                {
                    _blocks[b].Begin(row);
                }

                first.Add(row, first.Size, _lanes == Narrow ? NarrowStart : WideStart);
            }

            _biases[neuron] = bias;
            first.Add(row, first.Size, InLane(neuron, bias));
        }

        /// <inheritdoc/>
        internal override void SetWeight(int neuron, int input, int weight)
        {
            _blocks[input / KernelSizes.Widest].Add(neuron / _lanes, input % KernelSizes.Widest, InLane(neuron, weight));
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

        private long InLane(int neuron, int value)
        {
            return (long)value << (_bits * (neuron % _lanes));
        }
    }
}
