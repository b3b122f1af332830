using System;
using NeuralEdge.Board.Storage;

namespace NeuralEdge.DeviceTests
{
    /// <summary>A few files in memory, with a power switch that is thrown after a number of bytes written.</summary>
    internal sealed class MemoryFiles : IFileStore
    {
        // Free places are empty names, not null: the interpreter crashes when it compares null with a string.
        private readonly string[] _names = new string[] { "", "", "", "" };
        private readonly byte[][] _files = new byte[4][];
        private int _bytesLeft = int.MaxValue;
        private int _failures;
        private bool _failsUndone;

        /// <summary>Power goes after so many bytes; from then on every operation fails until <see cref="PowerOn"/>.</summary>
        internal void CutAfter(int bytes)
        {
            _bytesLeft = bytes;
        }

        /// <summary>Power is back.</summary>
        internal void PowerOn()
        {
            _bytesLeft = int.MaxValue;
        }

        /// <summary>The next writes report an error.</summary>
        /// <param name="count">How many.</param>
        /// <param name="undone">True when they do nothing else; false when they are done all the same.</param>
        internal void Fail(int count, bool undone)
        {
            _failures = count;
            _failsUndone = undone;
        }

        /// <summary>True while there is no power.</summary>
        internal bool IsDead
        {
            get { return _bytesLeft < 0; }
        }

        /// <summary>Changes one bit of a file.</summary>
        internal void Flip(string name, int bit)
        {
            _files[Find(name)][bit / 8] ^= (byte)(1 << (bit % 8));
        }

        public int GetLength(string name)
        {
            CheckPower();
            int file = Find(name);
            return file < 0 ? -1 : _files[file].Length;
        }

        public int Read(string name, int position, byte[] buffer, int offset, int count)
        {
            CheckPower();
            int file = Find(name);
            if (file < 0 || position >= _files[file].Length)
            {
                return 0;
            }

            if (count > _files[file].Length - position)
            {
                count = _files[file].Length - position;
            }

            Array.Copy(_files[file], position, buffer, offset, count);
            return count;
        }

        public void Write(string name, byte[] data, int offset, int count)
        {
            CheckPower();
            bool fails = _failures > 0;
            _failures -= fails ? 1 : 0;
            if (!fails || !_failsUndone)
            {
                Store(name, new byte[0], data, offset, count);
            }

            if (fails)
            {
                throw new InvalidOperationException();
            }
        }

        public void Append(string name, byte[] data, int offset, int count)
        {
            CheckPower();
            int file = Find(name);
            Store(name, file < 0 ? new byte[0] : _files[file], data, offset, count);
        }

        public void Delete(string name)
        {
            CheckPower();
            int file = Find(name);
            if (file >= 0)
            {
                _names[file] = "";
            }
        }

        private void Store(string name, byte[] kept, byte[] data, int offset, int count)
        {
            int written = count < _bytesLeft ? count : _bytesLeft;
            byte[] content = new byte[kept.Length + written];
            Array.Copy(kept, 0, content, 0, kept.Length);
            Array.Copy(data, offset, content, kept.Length, written);
            int file = Find(name);
            if (file < 0)
            {
                file = Find("");
                _names[file] = name;
            }

            _files[file] = content;
            if (written < count)
            {
                _bytesLeft = -1;
            }
            else if (_bytesLeft != int.MaxValue)
            {
                _bytesLeft -= count;
            }

            CheckPower();
        }

        private int Find(string name)
        {
            for (int i = 0; i < _names.Length; i++)
            {
                if (_names[i] == name)
                {
                    return i;
                }
            }

            return -1;
        }

        private void CheckPower()
        {
            if (IsDead)
            {
                throw new InvalidOperationException();
            }
        }
    }
}
