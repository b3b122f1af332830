using System;

namespace NeuralEdge.Board.Link
{
    /// <summary>Consistent overhead byte stuffing: any bytes in, no 0x00 out, one byte more for every 254.</summary>
    public static class Cobs
    {
        /// <summary>Encodes bytes.</summary>
        /// <param name="source">The bytes.</param>
        /// <param name="sourceOffset">Index of the first.</param>
        /// <param name="count">How many.</param>
        /// <param name="target">Where the code goes: at most count + count / 254 + 1 bytes.</param>
        /// <param name="targetOffset">Index of the first byte written.</param>
        /// <returns>Length of the code.</returns>
        public static int Encode(byte[] source, int sourceOffset, int count, byte[] target, int targetOffset)
        {
            int end = sourceOffset + count;
            int to = targetOffset;
            int from = sourceOffset;
            while (true)
            {
                int run = from;
                int limit = end - from > 254 ? from + 254 : end;
                while (run < limit && source[run] != 0)
                {
                    run++;
                }

                int length = run - from;
                target[to] = (byte)(length + 1);
                Array.Copy(source, from, target, to + 1, length);
                to += length + 1;
                if (run == end)
                {
                    // A full block of 254 at the very end needs no further code: the end stands for its zero.
                    return to - targetOffset;
                }

                // A full block stands for no zero, a shorter one for the zero that ended it.
                from = length == 254 ? run : run + 1;
            }
        }

        /// <summary>Decodes a code that holds no 0x00.</summary>
        /// <param name="source">The code.</param>
        /// <param name="sourceOffset">Index of its first byte.</param>
        /// <param name="count">Its length, above 0.</param>
        /// <param name="target">Where the bytes go; another array than the source.</param>
        /// <param name="targetOffset">Index of the first byte written.</param>
        /// <returns>How many bytes, or -1 when it is no COBS or does not fit the target.</returns>
        public static int Decode(byte[] source, int sourceOffset, int count, byte[] target, int targetOffset)
        {
            int end = sourceOffset + count;
            int from = sourceOffset;
            int to = targetOffset;
            while (from < end)
            {
                int code = source[from++];
                int length = code - 1;
                if (length < 0 || length > end - from || length > target.Length - to)
                {
                    return -1;
                }

                Array.Copy(source, from, target, to, length);
                from += length;
                to += length;
                if (code != 255 && from < end)
                {
                    if (to == target.Length)
                    {
                        return -1;
                    }

                    target[to++] = 0;
                }
            }

            return to - targetOffset;
        }
    }
}
