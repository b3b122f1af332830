namespace NeuralEdge.Models
{
    /// <summary>Reads the safeguards section.</summary>
    internal static class SafeguardsReader
    {
        internal const int HeaderLength = 8;
        internal const int InputLength = 8;
        internal const int OutputLength = 12;

        /// <summary>Reads the section; null with an error when it is not acceptable.</summary>
        internal static Safeguards Read(
            byte[] file, int offset, int length, int inputs, OutputBinding[] outputs, out ModelError error, out int where)
        {
            error = ModelError.Section;
            where = ModelFormat.SafeguardsSection;
            if (length != HeaderLength + (InputLength * inputs) + (OutputLength * outputs.Length))
            {
                return null;
            }

            error = ModelError.BadValue;
            where = offset;
            int deadTimeMs = LittleEndian.ReadInt32(file, offset);
            if (deadTimeMs < 0 || deadTimeMs > Safeguards.MaxDeadTimeMs || LittleEndian.ReadInt32(file, offset + 4) != 0)
            {
                return null;
            }

            Safeguards safeguards = new Safeguards(inputs, outputs);
            safeguards.DeadTimeMs = deadTimeMs;
            int at = offset + HeaderLength;
            for (int i = 0; i < inputs; i++)
            {
                where = at;
                int lowest = LittleEndian.ReadUInt16(file, at);
                int highest = LittleEndian.ReadUInt16(file, at + 2);
                int frozenMs = LittleEndian.ReadInt32(file, at + 4);
                if (lowest > highest || highest > Safeguards.FullScale || !IsTime(frozenMs))
                {
                    return null;
                }

                safeguards.SetInput(i, lowest, highest, frozenMs);
                at += InputLength;
            }

            for (int i = 0; i < outputs.Length; i++)
            {
                where = at;
                int maxOnMs = LittleEndian.ReadInt32(file, at);
                int restMs = LittleEndian.ReadInt32(file, at + 4);
                int group = LittleEndian.ReadInt32(file, at + 8);
                if (!IsTime(maxOnMs) || !IsTime(restMs) || group < 0 || group > byte.MaxValue)
                {
                    return null;
                }

                safeguards.SetOutput(i, maxOnMs, restMs, group);
                at += OutputLength;
            }

            error = ModelError.None;
            where = 0;
            return safeguards;
        }

        private static bool IsTime(int ms)
        {
            return ms >= 0 && ms <= Safeguards.MaxTimeMs;
        }
    }
}
