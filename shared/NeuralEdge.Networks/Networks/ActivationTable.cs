using NeuralEdge.Numerics;

namespace NeuralEdge.Networks
{
    /// <summary>
    /// The activation of a layer of the profile fast: one look-up by the upper 11 of an accumulator's 21 bits, so that
    /// no shift, no clamp and no branch is left to do at run time.
    /// </summary>
    /// <remarks>
    /// <para>An entry stands for 1024 values of the accumulator and holds the activation at their middle, rounded half up
    /// to 9 bits. With P = (2 entry - 2047) multiplier, in 64 bits, and z = P / 2^shift, rounded half up:</para>
    /// <para>tanh: z is Q15.16, the entry (255 tanh z), -255..255. Sigmoid: z is Q16.15, the entry (510 sigmoid z), 0..510.
    /// Others: the entry is z limited to -510..510; ReLU is 0 where P is negative, and leaky ReLU takes
    /// P slope / 2^15 there, rounded half up, in place of P.</para>
    /// <para>A table makes every activation cost the same. Its entries have 64 bits, because that is what the kernels
    /// multiply and a conversion costs more than the look-up's arithmetic. It is made on the board from the exact
    /// functions, piece by piece, and layers of the same scale share one.</para>
    /// </remarks>
    public sealed class ActivationTable
    {
        /// <summary>Number of entries.</summary>
        public const int Count = 2048;

        /// <summary>An accumulator is in -AccumulatorLimit..AccumulatorLimit - 1, 21 bits with its sign.</summary>
        public const int AccumulatorLimit = 1 << 20;

        /// <summary>Bits of an accumulator that an entry does not tell apart.</summary>
        public const int IndexShift = 10;

        /// <summary>Largest magnitude of an entry of tanh; 1.0.</summary>
        public const int TanhOne = 255;

        /// <summary>Largest entry of sigmoid; 1.0. Also the largest magnitude of an entry of linear and ReLU layers.</summary>
        public const int Largest = 510;

        /// <summary>The multiplier is 1..MaxMultiplier.</summary>
        public const int MaxMultiplier = 1 << 20;

        /// <summary>Bytes of a board's heap that a table takes.</summary>
        public static readonly int HeapBytes = HeapSize.Object(7) + HeapSize.Array(8 * Count);

        private readonly Activation _activation;
        private readonly int _slope;
        private readonly int _multiplier;
        private readonly int _shift;
        private readonly long[] _entries = new long[Count];
        private int _filled;
        private int _digest;

        /// <summary>Makes room for a table; <see cref="Fill"/> computes it.</summary>
        /// <param name="activation">Which function; not softmax.</param>
        /// <param name="slope">Slope of leaky ReLU below zero, Q0.15.</param>
        /// <param name="multiplier">What half the width of an entry is in z, 1..<see cref="MaxMultiplier"/>.</param>
        /// <param name="shift">How many bits of it are behind the point of z, -31..31.</param>
        public ActivationTable(Activation activation, int slope, int multiplier, int shift)
        {
            _activation = activation;
            _slope = slope;
            _multiplier = multiplier;
            _shift = shift;
        }

        /// <summary>Makes a whole table at once.</summary>
        /// <param name="activation">Which function; not softmax.</param>
        /// <param name="slope">Slope of leaky ReLU below zero, Q0.15.</param>
        /// <param name="multiplier">What half the width of an entry is in z, 1..<see cref="MaxMultiplier"/>.</param>
        /// <param name="shift">How many bits of it are behind the point of z, -31..31.</param>
        /// <returns>The table with all its entries.</returns>
        public static ActivationTable Create(Activation activation, int slope, int multiplier, int shift)
        {
            ActivationTable table = new ActivationTable(activation, slope, multiplier, shift);
            table.Fill(Count);
            return table;
        }

        /// <summary>What half the width of an entry is in z.</summary>
        public int Multiplier
        {
            get { return _multiplier; }
        }

        /// <summary>How many bits of <see cref="Multiplier"/> are behind the point of z.</summary>
        public int Shift
        {
            get { return _shift; }
        }

        /// <summary>
        /// The entries, computed as far as <see cref="Fill"/> has come: entry (accumulator + <see cref="AccumulatorLimit"/>)
        /// &gt;&gt; <see cref="IndexShift"/> is the activation. Not a copy, for the sake of speed and memory: never write to it.
        /// </summary>
        public long[] Entries
        {
            get { return _entries; }
        }

        /// <summary>True when a layer can share the table with another.</summary>
        /// <param name="activation">The other's function.</param>
        /// <param name="slope">The other's slope.</param>
        /// <param name="multiplier">The other's multiplier.</param>
        /// <param name="shift">The other's shift.</param>
        public bool Is(Activation activation, int slope, int multiplier, int shift)
        {
            return _activation == activation && _slope == slope && _multiplier == multiplier && _shift == shift;
        }

        /// <summary>Computes the next entries.</summary>
        /// <param name="count">How many, at most.</param>
        /// <returns>True when all are computed.</returns>
        public bool Fill(int count)
        {
            int end = _filled + count < Count ? _filled + count : Count;
            while (_filled < end)
            {
                int entry = Evaluate(_filled);
                _entries[_filled] = entry;
                _digest = (_digest * 31) + entry;
                _filled++;
            }

            return _filled == Count;
        }

        /// <summary>Activation of an accumulator.</summary>
        /// <param name="accumulator">-<see cref="AccumulatorLimit"/>..<see cref="AccumulatorLimit"/> - 1.</param>
        /// <returns>The entry, which is monotone in the accumulator; beyond the limits what its 21 bits give.</returns>
        public int Look(int accumulator)
        {
            return (int)_entries[((accumulator + AccumulatorLimit) >> IndexShift) & (Count - 1)];
        }

        /// <summary>
        /// Digest of the entries as they were computed: d = 31 d + entry for each, modulo 2^32, from 0. The model file holds
        /// it too, so that a table that came out differently is noticed.
        /// </summary>
        public int Digest
        {
            get { return _digest; }
        }

        /// <summary>Looks whether the entries are still what was computed.</summary>
        /// <returns>False when any one of them is not: whatever happens to one entry changes the digest.</returns>
        public bool IsSound()
        {
            long[] entries = _entries;
            int digest = 0;
            for (int i = 0; i < entries.Length; i++)
            {
                digest = (digest * 31) + (int)entries[i];
            }

            return digest == _digest;
        }

        private int Evaluate(int entry)
        {
            long p = ((2L * entry) - (Count - 1)) * _multiplier;
            switch (_activation)
            {
                case Activation.Tanh:
                    return ((TanhOne * Tanh.Evaluate(Scale(p))) + (1 << 14)) >> 15;
                case Activation.Sigmoid:
                    return ((Largest * Sigmoid.Evaluate(Scale(p))) + (1 << 15)) >> 16;
                case Activation.Relu:
                    p = p < 0 ? 0 : p;
                    break;
                case Activation.LeakyRelu:
                    p = p < 0 ? ((p * _slope) + (1 << 14)) >> 15 : p;
                    break;
            }

            int z = Scale(p);
            return z > Largest ? Largest : z < -Largest ? -Largest : z;
        }

        /// <summary>p / 2^shift, rounded half up, limited to what an int holds.</summary>
        private int Scale(long p)
        {
            // |p| < 2^31, so that neither the half nor a shift to the left leaves 64 bits.
            long z = _shift > 0 ? (p + (1L << (_shift - 1))) >> _shift : p << -_shift;
            return z > int.MaxValue ? int.MaxValue : z < -int.MaxValue ? -int.MaxValue : (int)z;
        }
    }
}
