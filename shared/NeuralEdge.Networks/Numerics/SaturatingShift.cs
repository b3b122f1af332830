namespace NeuralEdge.Numerics
{
    /// <summary>Left shift for accumulators whose scale is coarser than the pre-activation's.</summary>
    public static class SaturatingShift
    {
        /// <summary>value times 2^bits, limited to -2147483647..2147483647.</summary>
        /// <param name="value">Any int.</param>
        /// <param name="bits">1..31.</param>
        /// <returns>The shifted value, or the limit it would pass. Exact otherwise.</returns>
        public static int Left(int value, int bits)
        {
            int limit = int.MaxValue >> bits;
            if (value > limit)
            {
                return int.MaxValue;
            }

            if (value < -limit)
            {
                return -int.MaxValue;
            }

            return value << bits;
        }
    }
}
