namespace NeuralEdge.Models
{
    /// <summary>Where the sections are that a board reads; those for the host alone are passed over.</summary>
    internal sealed class SectionTable
    {
        private readonly int[] _offsets = new int[ModelFormat.DecisionsSection + 1];
        private readonly int[] _lengths = new int[ModelFormat.DecisionsSection + 1];

        /// <summary>Why the file was refused, or none.</summary>
        internal ModelError Error { get; private set; }

        /// <summary>Where the error is.</summary>
        internal int Where { get; private set; }

        /// <summary>Index in the file of a section's first byte, 0 when there is no such section.</summary>
        internal int GetOffset(int section)
        {
            return _offsets[section];
        }

        /// <summary>Bytes of a section.</summary>
        internal int GetLength(int section)
        {
            return _lengths[section];
        }

        /// <summary>Walks through all sections of a file.</summary>
        /// <param name="file">Array that begins with the file.</param>
        /// <param name="end">Where its trailer begins.</param>
        /// <returns>False when the file is refused; a network and golden vectors have to be there.</returns>
        internal bool Find(byte[] file, int end)
        {
            int count = LittleEndian.ReadUInt16(file, 6);
            if (count > ModelFormat.MaxSections)
            {
                return Fail(ModelError.BadValue, 6);
            }

            for (int known = 0; known < _offsets.Length; known++)
            {
                _offsets[known] = 0;
            }

            int at = ModelFormat.HeaderLength;
            int previous = 0;
            for (int s = 0; s < count; s++)
            {
                if (end - at < ModelFormat.SectionHeaderLength)
                {
                    return Fail(ModelError.Section, previous);
                }

                int id = LittleEndian.ReadUInt16(file, at);
                int flags = LittleEndian.ReadUInt16(file, at + 2);
                int length = LittleEndian.ReadInt32(file, at + 4);
                at += ModelFormat.SectionHeaderLength;

                // Ascending ids: no section can stand twice.
                if (id <= previous || (flags & ~ModelFormat.Critical) != 0 || length < 0 || length > end - at)
                {
                    return Fail(ModelError.Section, id);
                }

                if (id <= ModelFormat.GoldenSection || (id >= ModelFormat.SafeguardsSection && id <= ModelFormat.WindowSection)
                    || id == ModelFormat.DecisionsSection)
                {
                    _offsets[id] = at;
                    _lengths[id] = length;
                }
                else if ((flags & ModelFormat.Critical) != 0)
                {
                    return Fail(ModelError.Section, id);
                }

                for (at += length; (at & 3) != 0; at++)
                {
                    if (at >= end || file[at] != 0)
                    {
                        return Fail(ModelError.Section, id);
                    }
                }

                previous = id;
            }

            if (at != end)
            {
                return Fail(ModelError.Section, previous);
            }

            if (_offsets[ModelFormat.NetworkSection] == 0)
            {
                return Fail(ModelError.Section, ModelFormat.NetworkSection);
            }

            return _offsets[ModelFormat.GoldenSection] != 0
                || Fail(ModelError.Section, ModelFormat.GoldenSection);
        }

        private bool Fail(ModelError error, int where)
        {
            Error = error;
            Where = where;
            return false;
        }
    }
}
