namespace NeuralEdge.Numerics
{
    /// <summary>Division of integers with the rounding of the model file: half up.</summary>
    public static class RoundedQuotient
    {
        /// <summary>floor(dividend / divisor + 1/2).</summary>
        /// <param name="dividend">Magnitude up to 2^61.</param>
        /// <param name="divisor">1..2^60.</param>
        /// <returns>The quotient, a half rounded up, towards positive infinity.</returns>
        public static long HalfUp(long dividend, long divisor)
        {
            long numerator = (2 * dividend) + divisor;
            long denominator = 2 * divisor;
            long quotient = numerator / denominator;

            // C# rounds towards zero.
            return numerator < 0 && quotient * denominator != numerator ? quotient - 1 : quotient;
        }
    }
}
