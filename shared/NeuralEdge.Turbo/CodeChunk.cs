using System;

namespace NeuralEdge.Turbo
{
    /// <summary>
    /// A few hundred bytes of code on their way into an image. What is in it can be written, or patched into code that is loaded,
    /// or compared with it.
    /// </summary>
    internal sealed class CodeChunk
    {
        /// <summary>A chunk is full from this many bytes on.</summary>
        internal const int Full = 256;

        /// <summary>Length of its array: what is emitted at once is less than 128 bytes.</summary>
        internal const int Size = Full + 128;

        /// <summary>Most constants in it: the shortest takes 5 bytes, and what it is for takes 3 more.</summary>
        internal const int MaxConstants = Size / 8;

        private readonly byte[] _bytes = new byte[Size];

        // Where each constant begins, times 2, and 1 more for one of 4 bytes instead of 8.
        private readonly int[] _constants = new int[MaxConstants];
        private int _count;
        private int _constantCount;

        /// <summary>True when it should be put into the image.</summary>
        internal bool IsFull
        {
            get { return _count >= Full; }
        }

        /// <summary>Adds an instruction.</summary>
        /// <param name="opcode">One of <see cref="Opcode"/>.</param>
        internal void Add(int opcode)
        {
            _bytes[_count++] = (byte)opcode;
        }

        /// <summary>Adds what pushes an argument.</summary>
        /// <param name="argument">Which argument, 0..3.</param>
        internal void AddArgument(int argument)
        {
            Add(Opcode.LoadArgument0 + argument);
        }

        /// <summary>Adds what pops a value into an argument.</summary>
        /// <param name="argument">Which argument.</param>
        internal void AddStoreArgument(int argument)
        {
            Add(Opcode.StoreArgument);
            Add(argument);
        }

        /// <summary>Adds what pushes a field of the object, which must still be the first argument.</summary>
        /// <param name="field">Number of the image's reference to it, 0..127.</param>
        internal void AddField(int field)
        {
            Add(Opcode.LoadArgument0);
            Add(Opcode.LoadField);
            Add(field);
            Add(0x80);
        }

        /// <summary>Adds what pushes a local.</summary>
        /// <param name="local">Which local, 0..254.</param>
        internal void AddLocal(int local)
        {
            AddNumbered(Opcode.LoadLocal0, Opcode.LoadLocal, local);
        }

        /// <summary>Adds what pops a value into a local.</summary>
        /// <param name="local">Which local, 0..254.</param>
        internal void AddStore(int local)
        {
            AddNumbered(Opcode.StoreLocal0, Opcode.StoreLocal, local);
        }

        /// <summary>Adds what pushes an int that belongs to the shape.</summary>
        /// <param name="value">The int, 0 or more.</param>
        internal void AddInt(int value)
        {
            if (value <= 8)
            {
                Add(Opcode.LoadInt0 + value);
            }
            else if (value <= 127)
            {
                Add(Opcode.LoadIntByte);
                Add(value);
            }
            else
            {
                AddLongInt(value);
            }
        }

        /// <summary>Adds what pushes an int that belongs to the shape, in four bytes.</summary>
        /// <param name="value">The int.</param>
        internal void AddLongInt(int value)
        {
            Add(Opcode.LoadInt);
            _count = PutInt(_count, value);
        }

        /// <summary>Adds what pushes a constant that belongs to the weights.</summary>
        /// <param name="value">The constant; its lower 32 bits for an int.</param>
        /// <param name="isInt">True for an int, false for a long.</param>
        internal void AddConstant(long value, bool isInt)
        {
            int at = _count;
            _bytes[at++] = (byte)(isInt ? Opcode.LoadInt : Opcode.LoadLong);
            _constants[_constantCount++] = isInt ? (at << 1) + 1 : at << 1;
            at = PutInt(at, (int)value);
            _count = isInt ? at : PutInt(at, (int)(value >> 32));
        }

        /// <summary>Adds what adds to a sum the product of a constant that belongs to the weights, and a local.</summary>
        /// <param name="value">The constant.</param>
        /// <param name="isInt">True for an int, false for a long.</param>
        /// <param name="local">Which local.</param>
        internal void AddProduct(long value, bool isInt, int local)
        {
            AddConstant(value, isInt);

            // Written out, since most of the code is this and a call costs the board more than what it does.
            byte[] bytes = _bytes;
            int at = _count;
            if (local < 4)
            {
                bytes[at++] = (byte)(Opcode.LoadLocal0 + local);
            }
            else
            {
                bytes[at++] = Opcode.LoadLocal;
                bytes[at++] = (byte)local;
            }

            bytes[at++] = Opcode.Multiply;
            bytes[at++] = Opcode.Add;
            _count = at;
        }

        /// <summary>Writes the bytes into an image that is not loaded, and empties the chunk.</summary>
        /// <param name="image">The image.</param>
        /// <param name="at">Where the first byte goes.</param>
        /// <returns>Where the next chunk goes.</returns>
        /// <exception cref="Exception">The image ends before.</exception>
        internal int Write(byte[] image, int at)
        {
            Array.Copy(_bytes, 0, image, at, _count);
            return End(at);
        }

        /// <summary>
        /// Writes the constants into an image that is loaded, and empties the chunk. All else must be what it is already: code
        /// that the platform has taken is never changed.
        /// </summary>
        /// <param name="image">The image; nothing runs it.</param>
        /// <param name="at">Where the first byte goes.</param>
        /// <returns>Where the next chunk goes, or -1 when the image holds other code.</returns>
        /// <exception cref="Exception">The image ends before.</exception>
        internal int Patch(byte[] image, int at)
        {
            int from = 0;
            for (int c = 0; c < _constantCount; c++)
            {
                int constant = _constants[c] >> 1;
                int length = (_constants[c] & 1) == 0 ? 8 : 4;
                if (!IsEqual(image, at, from, constant))
                {
                    return -1;
                }

                Array.Copy(_bytes, constant, image, at + constant, length);
                from = constant + length;
            }

            return IsEqual(image, at, from, _count) ? End(at) : -1;
        }

        /// <summary>Compares the bytes with an image, and empties the chunk.</summary>
        /// <param name="image">The image.</param>
        /// <param name="at">Where the first byte should be.</param>
        /// <returns>Where the next chunk should be, or -1 when a byte is another.</returns>
        /// <exception cref="Exception">The image ends before.</exception>
        internal int Compare(byte[] image, int at)
        {
            return IsEqual(image, at, 0, _count) ? End(at) : -1;
        }

        private bool IsEqual(byte[] image, int at, int from, int to)
        {
            byte[] bytes = _bytes;
            int other = at + from;
            for (int i = from; i < to; i++)
            {
                if (image[other] != bytes[i])
                {
                    return false;
                }

                other++;
            }

            return true;
        }

        private int End(int at)
        {
            int next = at + _count;
            _count = 0;
            _constantCount = 0;
            return next;
        }

        private void AddNumbered(int shortForm, int longForm, int number)
        {
            if (number < 4)
            {
                Add(shortForm + number);
            }
            else
            {
                Add(longForm);
                Add(number);
            }
        }

        private int PutInt(int at, int value)
        {
            byte[] bytes = _bytes;
            bytes[at] = (byte)value;
            bytes[at + 1] = (byte)(value >> 8);
            bytes[at + 2] = (byte)(value >> 16);
            bytes[at + 3] = (byte)(value >> 24);
            return at + 4;
        }
    }
}
