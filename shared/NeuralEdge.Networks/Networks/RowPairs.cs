using NeuralEdge.Numerics;

namespace NeuralEdge.Networks
{
    /// <summary>
    /// The rows of a layer's block with each two in one array, so that a kernel's loop has half as many arrays to go through: row
    /// r, r even, is in array r, and row r + 1 behind it; array r + 1 is null.
    /// </summary>
    internal sealed class RowPairs
    {
        private const int Fields = 2;

        private readonly long[][] _rows;
        private readonly int _size;

        /// <summary>Makes room for rows; <see cref="Begin"/> allocates them.</summary>
        /// <param name="count">Number of rows.</param>
        /// <param name="size">Number of inputs of a row; the word in which its sum starts is behind them.</param>
        internal RowPairs(int count, int size)
        {
            _rows = new long[count][];
            _size = size;
        }

        /// <summary>The arrays, as kernels read them.</summary>
        internal long[][] Rows
        {
            get { return _rows; }
        }

        /// <summary>Number of inputs of a row, and the index of the word behind them.</summary>
        internal int Size
        {
            get { return _size; }
        }

        /// <summary>Bytes of a board's heap that rows take.</summary>
        /// <param name="count">Number of rows.</param>
        /// <param name="size">Number of inputs of a row.</param>
        internal static int HeapBytes(int count, int size)
        {
            int row = 8 * (size + 1);
            return HeapSize.Object(Fields) + HeapSize.References(count) + (count / 2 * HeapSize.Array(2 * row))
                + ((count & 1) * HeapSize.Array(row));
        }

        /// <summary>Allocates a row, or the first of a pair with the second.</summary>
        /// <param name="row">Which row; rows begin in order.</param>
        internal void Begin(int row)
        {
            if ((row & 1) == 0)
            {
                _rows[row] = new long[(row + 1 < _rows.Length ? 2 : 1) * (_size + 1)];
            }
        }

        /// <summary>A word of a row.</summary>
        /// <param name="row">Which row.</param>
        /// <param name="at">Which input, or <see cref="Size"/> for the start of its sum.</param>
        internal long Get(int row, int at)
        {
            return _rows[row & ~1][((row & 1) * (_size + 1)) + at];
        }

        /// <summary>Adds to a word of a row.</summary>
        /// <param name="row">Which row.</param>
        /// <param name="at">Which input, or <see cref="Size"/> for the start of its sum.</param>
        /// <param name="value">What to add, modulo 2^64.</param>
        internal void Add(int row, int at, long value)
        {
            _rows[row & ~1][((row & 1) * (_size + 1)) + at] += value;
        }

        /// <summary>Sets where the sums of all rows start.</summary>
        /// <param name="sums">A word for each row.</param>
        internal void SetStarts(long[] sums)
        {
            int second = (2 * _size) + 1;
            for (int row = 0; row < sums.Length; row += 2)
            {
                long[] pair = _rows[row];
                pair[_size] = sums[row];
                if (row + 1 < sums.Length)
                {
                    pair[second] = sums[row + 1];
                }
            }
        }
    }
}
