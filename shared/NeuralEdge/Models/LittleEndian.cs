namespace NeuralEdge.Models
{
    /// <summary>Reads little-endian integers at any offset of an array.</summary>
    public static class LittleEndian
    {
        /// <summary>Unsigned 16-bit number.</summary>
        /// <param name="data">The bytes.</param>
        /// <param name="offset">Index of the first byte.</param>
        /// <returns>0..65535.</returns>
        public static int ReadUInt16(byte[] data, int offset)
        {
            return data[offset] | data[offset + 1] << 8;
        }

        /// <summary>Signed 32-bit number.</summary>
        /// <param name="data">The bytes.</param>
        /// <param name="offset">Index of the first byte.</param>
        /// <returns>The number.</returns>
        public static int ReadInt32(byte[] data, int offset)
        {
            return data[offset] | data[offset + 1] << 8 | data[offset + 2] << 16 | data[offset + 3] << 24;
        }

        /// <summary>Unsigned 32-bit number.</summary>
        /// <param name="data">The bytes.</param>
        /// <param name="offset">Index of the first byte.</param>
        /// <returns>The number.</returns>
        public static uint ReadUInt32(byte[] data, int offset)
        {
            return (uint)ReadInt32(data, offset);
        }

        /// <summary>Writes a 16-bit number.</summary>
        /// <param name="data">Where to.</param>
        /// <param name="offset">Index of the first byte.</param>
        /// <param name="value">The number; its low 16 bits count.</param>
        public static void WriteUInt16(byte[] data, int offset, int value)
        {
            data[offset] = (byte)value;
            data[offset + 1] = (byte)(value >> 8);
        }

        /// <summary>Writes a 32-bit number.</summary>
        /// <param name="data">Where to.</param>
        /// <param name="offset">Index of the first byte.</param>
        /// <param name="value">The number.</param>
        public static void WriteInt32(byte[] data, int offset, int value)
        {
            data[offset] = (byte)value;
            data[offset + 1] = (byte)(value >> 8);
            data[offset + 2] = (byte)(value >> 16);
            data[offset + 3] = (byte)(value >> 24);
        }

        /// <summary>Writes an unsigned 32-bit number.</summary>
        /// <param name="data">Where to.</param>
        /// <param name="offset">Index of the first byte.</param>
        /// <param name="value">The number.</param>
        public static void WriteUInt32(byte[] data, int offset, uint value)
        {
            WriteInt32(data, offset, (int)value);
        }
    }
}
