namespace NeuralEdge.Models
{
    /// <summary>Where in a section is being read, what may still be allocated for it, and why it was refused.</summary>
    internal sealed class SectionCursor
    {
        /// <summary>Array that holds the file.</summary>
        internal readonly byte[] File;

        /// <summary>Where the section ends.</summary>
        internal readonly int End;

        /// <summary>Index of the next byte.</summary>
        internal int At;

        private readonly int _budget;
        private int _heap;

        /// <summary>Prepares to read a section.</summary>
        /// <param name="file">Array that holds the file.</param>
        /// <param name="offset">Where the section begins.</param>
        /// <param name="length">Its length.</param>
        /// <param name="budget">Bytes of the heap that may be taken for what is read.</param>
        internal SectionCursor(byte[] file, int offset, int length, int budget)
        {
            File = file;
            At = offset;
            End = offset + length;
            _budget = budget;
        }

        /// <summary>Why the section was refused, or none.</summary>
        internal ModelError Error { get; private set; }

        /// <summary>Where the error is.</summary>
        internal int Where { get; private set; }

        /// <summary>Bytes of a field with the padding behind it.</summary>
        internal static long Padded(long length)
        {
            return (length + 3) & ~3L;
        }

        /// <summary>Whether so many bytes are left; a section that is too short is refused.</summary>
        internal bool Holds(long bytes, int section)
        {
            return End - At >= bytes || Fail(ModelError.Section, section);
        }

        /// <summary>Counts what is about to be allocated, and refuses what is too much.</summary>
        internal bool Take(int bytes)
        {
            _heap += bytes;
            return Fits(_heap);
        }

        /// <summary>What was taken will be let go of.</summary>
        internal void Return(int bytes)
        {
            _heap -= bytes;
        }

        /// <summary>Whether so many bytes in all may be taken.</summary>
        internal bool Fits(int bytes)
        {
            return bytes <= _budget || Fail(ModelError.TooMuchMemory, _budget);
        }

        /// <summary>Whether all bytes from one index up to another are zero.</summary>
        internal bool IsZero(int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                if (File[i] != 0)
                {
                    return Fail(ModelError.BadValue, i);
                }
            }

            return true;
        }

        /// <summary>Refuses the section.</summary>
        /// <returns>False.</returns>
        internal bool Fail(ModelError error, int where)
        {
            Error = error;
            Where = where;
            return false;
        }
    }
}
