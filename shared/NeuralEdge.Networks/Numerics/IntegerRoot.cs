namespace NeuralEdge.Numerics
{
    /// <summary>Square root of integers.</summary>
    public static class IntegerRoot
    {
        /// <summary>The largest integer whose square is no more than the value.</summary>
        /// <param name="value">0..2^62.</param>
        /// <returns>floor(sqrt(value)), exactly: 0..2^31.</returns>
        /// <remarks>
        /// Newton's method in integers, from a power of two that is no smaller than the root: from above it falls until it has arrived
        /// (Cohen, A Course in Computational Algebraic Number Theory, algorithm 1.7.1). At most seven divisions.
        /// </remarks>
        public static long Floor(long value)
        {
            if (value < 2)
            {
                return value;
            }

            // 4^k is above the value, so 2^k is above its root.
            int bits = 1;
            for (long rest = value >> 2; rest != 0; rest >>= 2)
            {
                bits++;
            }

            long root = 1L << bits;
            while (true)
            {
                long next = (root + (value / root)) >> 1;
                if (next >= root)
                {
                    return root;
                }

                root = next;
            }
        }
    }
}
