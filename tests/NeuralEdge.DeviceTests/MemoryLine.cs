using System;
using NeuralEdge.Board.Link;

namespace NeuralEdge.DeviceTests
{
    /// <summary>A byte link that gives the bytes it was given and keeps what is written.</summary>
    internal sealed class MemoryLine : IByteLink
    {
        private byte[] _bytes = new byte[0];
        private int _at;

        /// <summary>What was written.</summary>
        internal byte[] Written { get; } = new byte[2048];

        /// <summary>How many bytes were written.</summary>
        internal int WrittenLength { get; private set; }

        /// <summary>How often the line was opened anew.</summary>
        internal int Reopenings { get; private set; }

        public int Available
        {
            get { return _bytes.Length - _at; }
        }

        internal void Give(byte[] bytes, int count)
        {
            _bytes = new byte[count];
            Array.Copy(bytes, 0, _bytes, 0, count);
            _at = 0;
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            // The device's port would wait for ever.
            Array.Copy(_bytes, _at, buffer, offset, count);
            _at += count;
            return count;
        }

        public int Write(byte[] buffer, int offset, int count)
        {
            Array.Copy(buffer, offset, Written, WrittenLength, count);
            WrittenLength += count;
            return count;
        }

        public void Reopen()
        {
            Reopenings++;
        }
    }
}
