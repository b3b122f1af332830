namespace NeuralEdge.Turbo
{
    /// <summary>
    /// The checksum that the platform wants of an assembly: CRC-32 with the polynomial 04C11DB7, most significant bit first, from
    /// 0, without a final inversion. Half a byte at a time: the table is small, and an image is checked once in its life.
    /// </summary>
    internal sealed class ImageChecksum
    {
        private const uint Polynomial = 0x04C11DB7;

        private readonly uint[] _table = new uint[16];

        /// <summary>Makes the table.</summary>
        internal ImageChecksum()
        {
            for (uint i = 0; i < 16; i++)
            {
                uint c = i << 28;
                for (int bit = 0; bit < 4; bit++)
                {
                    c = (c & 0x80000000) != 0 ? (c << 1) ^ Polynomial : c << 1;
                }

                _table[i] = c;
            }
        }

        /// <summary>Goes on with a checksum.</summary>
        /// <param name="checksum">The checksum of what is before, 0 at the beginning.</param>
        /// <param name="data">The bytes.</param>
        /// <param name="from">Index of the first byte.</param>
        /// <param name="to">Index behind the last byte.</param>
        /// <returns>The checksum up to there; 0x89A1897F for the nine ASCII digits 123456789.</returns>
        internal uint Add(uint checksum, byte[] data, int from, int to)
        {
            uint[] table = _table;
            uint c = checksum;
            for (int i = from; i < to; i++)
            {
                c ^= (uint)data[i] << 24;
                c = table[(int)(c >> 28)] ^ (c << 4);
                c = table[(int)(c >> 28)] ^ (c << 4);
            }

            return c;
        }
    }
}
