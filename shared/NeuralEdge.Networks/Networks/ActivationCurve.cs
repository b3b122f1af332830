using NeuralEdge.Numerics;

namespace NeuralEdge.Networks
{
    /// <summary>
    /// Any real function of one number as an activation: its values at 513 knots, and straight lines between them.
    /// </summary>
    /// <remarks>
    /// A pre-activation has 16 bits in a format common to its layer. With u = z + 32768, k = u &gt;&gt; 7 and t = u &amp; 127,
    /// y = T[k] + (((T[k + 1] - T[k]) t + 64) &gt;&gt; 7). It never leaves what the two knots around it span, whichever of them is
    /// larger. The function may fall as well as rise.
    /// </remarks>
    public sealed class ActivationCurve
    {
        /// <summary>Number of knots.</summary>
        public const int KnotCount = 513;

        /// <summary>Bits of a pre-activation that lie between two knots.</summary>
        public const int StepBits = 7;

        /// <summary>Smallest pre-activation, at which the first knot is; below it a value has met its ceiling, unless the curve is flat there.</summary>
        public const int Lowest = -32768;

        /// <summary>Largest pre-activation, one below the last knot; above it a value has met its ceiling, unless the curve is flat there.</summary>
        public const int Highest = 32767;

        /// <summary>Bytes of a board's heap that a curve takes.</summary>
        public static readonly int HeapBytes = HeapSize.Object(3) + HeapSize.Array(2 * KnotCount);

        /// <summary>The same as <see cref="Knots"/>, without a call.</summary>
        internal readonly short[] Entries = new short[KnotCount];

        /// <summary>
        /// Whether the function keeps beyond both ends the value that it has there: nothing is lost where a pre-activation is limited, and no
        /// value has met its ceiling.
        /// </summary>
        internal readonly bool IsFlatBeyond;

        private int _filled;

        /// <summary>Makes a curve, to be filled.</summary>
        /// <param name="isFlatBeyond">Whether its function keeps beyond both ends the value that it has there.</param>
        internal ActivationCurve(bool isFlatBeyond)
        {
            IsFlatBeyond = isFlatBeyond;
        }

        /// <summary>The function at the knots, which are 128 steps of the pre-activation apart. Not a copy, for the sake of speed.</summary>
        public short[] Knots
        {
            get { return Entries; }
        }

        /// <summary>Limits a pre-activation.</summary>
        /// <param name="z">Any value.</param>
        /// <returns>The nearest one in <see cref="Lowest"/>..<see cref="Highest"/>.</returns>
        public static int Limit(int z)
        {
            return z < Lowest ? Lowest : z > Highest ? Highest : z;
        }

        /// <summary>The activation of a pre-activation.</summary>
        /// <param name="z">Any value; it is limited.</param>
        /// <returns>-32768..32767.</returns>
        public int Look(int z)
        {
            int u = Limit(z) - Lowest;
            int k = u >> StepBits;
            int y = Entries[k];
            return y + ((((Entries[k + 1] - y) * (u & ((1 << StepBits) - 1))) + (1 << (StepBits - 1))) >> StepBits);
        }

        /// <summary>Takes the next knots out of a model file.</summary>
        /// <param name="file">The file.</param>
        /// <param name="at">Where the first knot is.</param>
        /// <param name="count">How many to take, at most.</param>
        /// <returns>True when all are taken.</returns>
        internal bool Fill(byte[] file, int at, int count)
        {
            int end = _filled + count < KnotCount ? _filled + count : KnotCount;
            while (_filled < end)
            {
                int low = at + (2 * _filled);
                Entries[_filled] = (short)(file[low] | file[low + 1] << 8);
                _filled++;
            }

            return _filled == KnotCount;
        }

        /// <summary>The activations of a range of pre-activations: those of its ends, and the knots between.</summary>
        /// <param name="low">Smallest pre-activation.</param>
        /// <param name="high">Largest one.</param>
        /// <param name="least">Smallest activation.</param>
        /// <param name="most">Largest activation.</param>
        internal void Range(int low, int high, out int least, out int most)
        {
            least = Look(low);
            most = Look(high);
            if (least > most)
            {
                int swap = least;
                least = most;
                most = swap;
            }

            short[] knots = Entries;
            int last = (Limit(high) - Lowest) >> StepBits;
            for (int k = ((Limit(low) - Lowest) >> StepBits) + 1; k <= last; k++)
            {
                int y = knots[k];
                if (y < least)
                {
                    least = y;
                }
                else if (y > most)
                {
                    most = y;
                }
            }
        }
    }
}
