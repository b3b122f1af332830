namespace NeuralEdge.Board.Security
{
    /// <summary>Comparison that takes as long for a wrong first byte as for a wrong last one, or none.</summary>
    public static class ConstantTime
    {
        /// <summary>Whether two pieces of memory hold the same bytes. Every byte is looked at, whatever the others are.</summary>
        /// <param name="a">One array.</param>
        /// <param name="aOffset">Index of its first byte.</param>
        /// <param name="b">The other.</param>
        /// <param name="bOffset">Index of its first byte.</param>
        /// <param name="count">How many bytes.</param>
        /// <returns>True when all are the same.</returns>
        public static bool AreEqual(byte[] a, int aOffset, byte[] b, int bOffset, int count)
        {
            int difference = 0;
            for (int i = 0; i < count; i++)
            {
                difference |= a[aOffset + i] ^ b[bOffset + i];
            }

            return difference == 0;
        }
    }
}
