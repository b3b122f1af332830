namespace NeuralEdge.Numerics
{
    /// <summary>exp(-d) for d &gt;= 0, as softmax needs it.</summary>
    public static class Exponential
    {
        /// <summary>Q.16 argument from which the result is 0: exp(-18) is 1/1000 of the last bit of a Q0.15 probability.</summary>
        public const int Cut = 18 << 16;

        /// <summary>exp(-d).</summary>
        /// <param name="d">Argument in Q.16, 0 or more.</param>
        /// <returns>Result in Q0.30, 0..2^30.</returns>
        public static int Evaluate(int d)
        {
            if (d >= Cut)
            {
                return 0;
            }

            // d = coarse/4 + fine/256 + 1/512 + t/65536 with -128 <= t < 128; exp(-t) = 1 - t + t^2/2 to below 2^-28.
            int t = (d & 255) - 128;
            long product = (long)ExponentialTable.Coarse[d >> 14] * ExponentialTable.Fine[(d >> 8) & 63];
            long factor = (1 << 30) - (t << 14) + (t * t >> 3);
            return (int)(((product >> 30) * factor + (1L << 29)) >> 30);
        }
    }
}
