namespace NeuralEdge.Features
{
    /// <summary>One turn of the cosine in Q1.14, made of one rotation so that every board has the same.</summary>
    internal static class CosineTable
    {
        /// <summary>One.</summary>
        internal const int One = 1 << FractionBits;

        /// <summary>Fraction bits of an entry.</summary>
        internal const int FractionBits = 14;

        private const long MostAfterQuarter = 1L << 12;
        private const int RotationBits = 30;
        private const long RotationHalf = 1L << (RotationBits - 1);
        private const int Dropped = RotationBits - FractionBits;

        /// <summary>Computes the turn.</summary>
        /// <param name="length">Entries, a multiple of 4.</param>
        /// <param name="cosine">cos(2 pi / length) in Q1.30.</param>
        /// <param name="sine">sin(2 pi / length) in Q1.30.</param>
        /// <returns>
        /// cos(2 pi i / length): a quarter by rotation, the others by symmetry, so that a quarter of a turn later is exactly the sine,
        /// and half a turn later exactly the opposite.
        /// </returns>
        internal static short[] Create(int length, int cosine, int sine)
        {
            short[] table = new short[length];
            int quarter = length / 4;
            long x = 1L << RotationBits;
            long y = 0;
            for (int i = 0; i <= quarter; i++)
            {
                int entry = i == quarter ? 0 : (int)((x + (1L << (Dropped - 1))) >> Dropped);
                table[i] = (short)entry;
                table[(2 * quarter) - i] = (short)-entry;
                table[(2 * quarter) + i] = (short)-entry;
                table[i == 0 ? 0 : length - i] = (short)entry;
                long turned = ((x * cosine) - (y * sine) + RotationHalf) >> RotationBits;
                y = ((x * sine) + (y * cosine) + RotationHalf) >> RotationBits;
                x = turned;
            }

            return table;
        }

        /// <summary>Whether a rotation is one of a length that is asked for: a quarter of its steps are a quarter of a turn.</summary>
        /// <param name="length">Entries, a multiple of 4.</param>
        /// <param name="cosine">cos(2 pi / length) in Q1.30.</param>
        /// <param name="sine">sin(2 pi / length) in Q1.30.</param>
        /// <returns>False also where an entry could be longer than one.</returns>
        internal static bool IsQuarter(int length, int cosine, int sine)
        {
            long one = 1L << RotationBits;
            if (cosine < 0 || cosine > one || sine <= 0 || sine > one)
            {
                return false;
            }

            long x = one;
            long y = 0;
            for (int i = 0; i < length / 4; i++)
            {
                // Falling from one to nothing, so that no entry is beyond one.
                long turned = ((x * cosine) - (y * sine) + RotationHalf) >> RotationBits;
                y = ((x * sine) + (y * cosine) + RotationHalf) >> RotationBits;
                if (turned >= x || turned < -MostAfterQuarter || y > one + MostAfterQuarter)
                {
                    return false;
                }

                x = turned;
            }

            return x <= MostAfterQuarter && y >= one - MostAfterQuarter;
        }
    }
}
