namespace NeuralEdge.Numerics
{
    /// <summary>exp(-d) for d &gt;= 0, as softmax needs it.</summary>
    public static class Exponential
    {
        /// <summary>Fraction bits of the argument: rounding it costs less than 1/3000 of the last bit of a Q0.15 probability.</summary>
        public const int ArgumentBits = 24;

        /// <summary>Argument from which the result is 0: exp(-18) is 1/2000 of the last bit of a Q0.15 probability.</summary>
        public const int Cut = 18 << ArgumentBits;

        /// <summary>exp(-d).</summary>
        /// <param name="d">Argument in Q.24, 0 or more.</param>
        /// <returns>Result in Q0.30, 0..2^30.</returns>
        public static int Evaluate(int d)
        {
            if (d >= Cut)
            {
                return 0;
            }

            // d = coarse/4 + fine/256 + 1/512 + t/2^24 with |t| <= 2^15; exp(-t) = 1 - t + t^2/2 to below 2^-29.
            int t = (d & 65535) - 32768;
            long product = (long)ExponentialTable.Coarse[d >> 22] * ExponentialTable.Fine[(d >> 16) & 63];
            long factor = (1 << 30) - (t << 6) + (t * t >> 19);
            return (int)(((product >> 30) * factor + (1L << 29)) >> 30);
        }
    }
}
