namespace NeuralEdge.Numerics
{
    /// <summary>Finds damage in the tables of <see cref="Tanh"/> and <see cref="Exponential"/>.</summary>
    /// <remarks>
    /// The digest multiplies by an odd number at each entry, modulo 2^32: whatever happens to one entry, and to nothing else,
    /// changes it.
    /// </remarks>
    public static class TableCheck
    {
        /// <summary>Compares the digests of all tables with those they were generated with; about 660 multiplications.</summary>
        /// <returns>False when an entry is not what it should be.</returns>
        public static bool Passes()
        {
            int tanh = Digest(Digest(0, TanhTable.C0), TanhTable.C1);
            short[] c2 = TanhTable.C2;
            for (int i = 0; i < c2.Length; i++)
            {
                tanh = (tanh * 31) + c2[i];
            }

            return tanh == TanhTable.Digest
                && Digest(Digest(0, ExponentialTable.Coarse), ExponentialTable.Fine) == ExponentialTable.Digest;
        }

        private static int Digest(int start, int[] values)
        {
            int digest = start;
            for (int i = 0; i < values.Length; i++)
            {
                digest = (digest * 31) + values[i];
            }

            return digest;
        }
    }
}
