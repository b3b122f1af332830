namespace NeuralEdge.Numerics
{
    /// <summary>
    /// Hyperbolic tangent by look-up table: int32 Q15.16 in, Q0.15 out, 32-bit integers only.
    /// </summary>
    /// <remarks>
    /// Each segment of 2048 inputs has its own parabola c0 + (c1 + c2 t) t whose integer coefficients
    /// <see cref="TanhTable"/> holds. The function is odd by construction and monotone.
    /// </remarks>
    public static class Tanh
    {
        /// <summary>Q15.16 input from which the result is 32767 or more (5.34244).</summary>
        public const int AlmostOne = 350122;

        /// <summary>Q15.16 input from which the result rounds to 32768, that is 1.0 (5.89175).</summary>
        public const int One = 386122;

        /// <summary>The table has one segment for 2 to the power of this many inputs.</summary>
        internal const int SegmentBits = 11;

        /// <summary>Bits of an input that lie inside its segment.</summary>
        internal const int SegmentMask = (1 << SegmentBits) - 1;

        /// <summary>tanh of one value.</summary>
        /// <param name="x">Argument in Q15.16, any int.</param>
        /// <returns>tanh(x) in Q0.15, -32768..32768.</returns>
        public static int Evaluate(int x)
        {
            // Two-sided comparisons before the negation: int.MinValue has no positive counterpart.
            if (x >= AlmostOne)
            {
                return x >= One ? 32768 : 32767;
            }

            if (x <= -AlmostOne)
            {
                return x <= -One ? -32768 : -32767;
            }

            int magnitude = x < 0 ? -x : x;
            int segment = magnitude >> SegmentBits;
            int t = magnitude & SegmentMask;

            // Both inner shifts round down; the fit of the coefficients knows it. c0 < 2^29 and |(c1 + ..) t| < 2^30.
            int y = (TanhTable.C0[segment]
                + ((TanhTable.C1[segment] + (TanhTable.C2[segment] * t >> 10)) * t >> 6)) >> 14;
            return x < 0 ? -y : y;
        }

        /// <summary>tanh of the first values of an array, in place: one pass with the tables in locals.</summary>
        /// <param name="values">Q15.16 in, Q0.15 out.</param>
        /// <param name="count">How many values.</param>
        public static void Apply(int[] values, int count)
        {
            int[] c0 = TanhTable.C0;
            int[] c1 = TanhTable.C1;
            short[] c2 = TanhTable.C2;
            for (int i = 0; i < count; i++)
            {
                int x = values[i];
                int y;
                if (x >= AlmostOne)
                {
                    y = x >= One ? 32768 : 32767;
                }
                else if (x <= -AlmostOne)
                {
                    y = x <= -One ? -32768 : -32767;
                }
                else
                {
                    int t = x < 0 ? -x : x;
                    int segment = t >> SegmentBits;
                    t &= SegmentMask;
                    y = (c0[segment] + ((c1[segment] + (c2[segment] * t >> 10)) * t >> 6)) >> 14;
                    if (x < 0)
                    {
                        y = -y;
                    }
                }

                values[i] = y;
            }
        }
    }
}
