namespace NeuralEdge.Models
{
    /// <summary>Reads the section of decisions.</summary>
    internal static class RecentDecisionsReader
    {
        internal const int Length = 8;

        /// <summary>Reads the section; null with an error when it is not acceptable.</summary>
        /// <param name="file">Array that begins with the file.</param>
        /// <param name="offset">Where the section begins.</param>
        /// <param name="length">Its length.</param>
        /// <param name="hasProbabilities">Whether the network's last layer is softmax.</param>
        /// <param name="error">Why it is refused.</param>
        /// <param name="where">Where.</param>
        internal static RecentDecisions Read(byte[] file, int offset, int length, bool hasProbabilities, out ModelError error, out int where)
        {
            error = ModelError.Section;
            where = ModelFormat.DecisionsSection;
            if (length != Length)
            {
                return null;
            }

            error = ModelError.BadValue;
            where = offset;
            int votes = file[offset];
            int averageShift = file[offset + 1];
            int confidence = LittleEndian.ReadUInt16(file, offset + 2);
            int quietMs = LittleEndian.ReadInt32(file, offset + 4);
            if (votes < 1 || votes > RecentDecisions.MaxVotes || averageShift > RecentDecisions.MaxAverageShift || confidence > 1 << 15
                || (confidence > 0 && !hasProbabilities) || quietMs < 0 || quietMs > RecentDecisions.MaxQuietMs)
            {
                return null;
            }

            error = ModelError.None;
            where = 0;
            return new RecentDecisions(votes, averageShift, confidence, quietMs);
        }
    }
}
