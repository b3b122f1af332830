#if NANOFRAMEWORK_1_0
using System;
#else
using SpanByte = System.ReadOnlySpan<byte>;
#endif

namespace NeuralEdge.Numerics
{
    /// <summary>CRC-32 of IEEE 802.3 (reflected, initial value and final inversion all ones), native on the board.</summary>
    public static class Checksum
    {
        /// <summary>CRC-32 of a part of an array.</summary>
        /// <param name="data">The bytes.</param>
        /// <param name="offset">Index of the first byte.</param>
        /// <param name="count">How many bytes.</param>
        /// <returns>The checksum; 0xCBF43926 for the nine ASCII digits 123456789.</returns>
        public static uint Crc32(byte[] data, int offset, int count)
        {
            return System.IO.Hashing.Crc32.HashToUInt32(new SpanByte(data, offset, count));
        }
    }
}
