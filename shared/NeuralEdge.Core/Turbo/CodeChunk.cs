namespace NeuralEdge.Turbo
{
    /// <summary>
    /// A few hundred bytes of code on their way into an image. What is in it can be written, or patched into code that is loaded,
    /// or compared with it.
    /// </summary>
    internal sealed class CodeChunk
    {
        /// <summary>A chunk is full from this many bytes on.</summary>
        internal const int Full = 512;

        // What is emitted at once is less than 128 bytes.
        private readonly byte[] _bytes = new byte[Full + 128];
        private readonly bool[] _isConstant = new bool[Full + 128];
        private int _count;

        /// <summary>Number of bytes in it.</summary>
        internal int Count
        {
            get { return _count; }
        }

        /// <summary>True when it should be put into the image.</summary>
        internal bool IsFull
        {
            get { return _count >= Full; }
        }

        /// <summary>Adds an instruction.</summary>
        /// <param name="opcode">One of <see cref="Opcode"/>.</param>
        internal void Add(int opcode)
        {
            _isConstant[_count] = false;
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
            AddBytes(value, 4, false);
        }

        /// <summary>Adds what pushes a constant that belongs to the weights.</summary>
        /// <param name="value">The constant; its lower 32 bits for an int.</param>
        /// <param name="isInt">True for an int, false for a long.</param>
        internal void AddConstant(long value, bool isInt)
        {
            Add(isInt ? Opcode.LoadInt : Opcode.LoadLong);
            AddBytes(value, isInt ? 4 : 8, true);
        }

        /// <summary>Writes the bytes into an image that is not loaded, and empties the chunk.</summary>
        /// <param name="image">The image.</param>
        /// <param name="at">Where the first byte goes.</param>
        /// <returns>Where the next chunk goes.</returns>
        /// <exception cref="System.Exception">The image ends before.</exception>
        internal int Write(byte[] image, int at)
        {
            System.Array.Copy(_bytes, 0, image, at, _count);
            return End(at);
        }

        /// <summary>
        /// Writes the constants into an image that is loaded, and empties the chunk. All else must be what it is already: code
        /// that the platform has taken is never changed.
        /// </summary>
        /// <param name="image">The image; nothing runs it.</param>
        /// <param name="at">Where the first byte goes.</param>
        /// <returns>Where the next chunk goes, or -1 when the image holds other code.</returns>
        /// <exception cref="System.Exception">The image ends before.</exception>
        internal int Patch(byte[] image, int at)
        {
            byte[] bytes = _bytes;
            bool[] isConstant = _isConstant;
            int count = _count;
            for (int i = 0; i < count; i++)
            {
                if (isConstant[i])
                {
                    image[at + i] = bytes[i];
                }
                else if (image[at + i] != bytes[i])
                {
                    return -1;
                }
            }

            return End(at);
        }

        /// <summary>Compares the bytes with an image, and empties the chunk.</summary>
        /// <param name="image">The image.</param>
        /// <param name="at">Where the first byte should be.</param>
        /// <returns>Where the next chunk should be, or -1 when a byte is another.</returns>
        /// <exception cref="System.Exception">The image ends before.</exception>
        internal int Compare(byte[] image, int at)
        {
            byte[] bytes = _bytes;
            int count = _count;
            for (int i = 0; i < count; i++)
            {
                if (image[at + i] != bytes[i])
                {
                    return -1;
                }
            }

            return End(at);
        }

        private int End(int at)
        {
            int next = at + _count;
            _count = 0;
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

        private void AddBytes(long value, int count, bool isConstant)
        {
            int at = _count;
            for (int i = 0; i < count; i++)
            {
                _bytes[at] = (byte)value;
                _isConstant[at] = isConstant;
                value >>= 8;
                at++;
            }

            _count = at;
        }
    }
}
