namespace NeuralEdge.Models
{
    /// <summary>Reads the section of familiar inputs.</summary>
    internal static class FamiliarityReader
    {
        internal const int HeaderLength = 8;
        internal const int InputLength = 10;

        /// <summary>Bytes of a section.</summary>
        internal static int LengthOf(int inputs, int prototypes)
        {
            return HeaderLength + (InputLength * inputs) + (2 * prototypes * inputs) + (inputs * (inputs + 1) / 2);
        }

        /// <summary>Bytes of a board's heap that the section will take; 0 when it will be refused, or there is none (offset 0).</summary>
        internal static int MeasureHeap(byte[] file, int offset, int length, int inputs)
        {
            return offset != 0 && HasLength(file, offset, length, inputs) ? Familiarity.MeasureHeap(inputs, file[offset]) : 0;
        }

        /// <summary>Reads the section; null with an error when it is not acceptable.</summary>
        internal static Familiarity Read(byte[] file, int offset, int length, int inputs, out ModelError error, out int where)
        {
            error = ModelError.Section;
            where = ModelFormat.FamiliaritySection;
            if (inputs > Familiarity.MaxInputs || length < HeaderLength)
            {
                return null;
            }

            int prototypes = file[offset];
            int room = file[offset + 2];
            int threshold = LittleEndian.ReadInt32(file, offset + 4);
            if (prototypes == 0 || prototypes > Familiarity.MaxPrototypes || file[offset + 1] > 1 || file[offset + 3] != 0 || threshold < 0)
            {
                error = ModelError.BadValue;
                where = offset;
                return null;
            }

            if (!HasLength(file, offset, length, inputs))
            {
                return null;
            }

            error = ModelError.BadValue;
            long[] centres = new long[inputs];
            long[] multipliers = new long[inputs];
            sbyte[] scaleShifts = new sbyte[inputs];
            sbyte[] rowShifts = new sbyte[inputs];
            sbyte[] lowest = new sbyte[inputs];
            sbyte[] highest = new sbyte[inputs];
            int at = offset + HeaderLength;
            for (int i = 0; i < inputs; i++)
            {
                where = at;
                centres[i] = LittleEndian.ReadInt32(file, at);
                multipliers[i] = LittleEndian.ReadUInt16(file, at + 4);
                int least = (sbyte)file[at + 8];
                int most = (sbyte)file[at + 9];
                if (centres[i] < -ModelFormat.MaxRawInput || centres[i] > ModelFormat.MaxRawInput || file[at + 6] > Familiarity.MaxScaleShift
                    || file[at + 7] > Familiarity.MaxRowShift || least > most)
                {
                    return null;
                }

                scaleShifts[i] = (sbyte)file[at + 6];
                rowShifts[i] = (sbyte)file[at + 7];
                lowest[i] = (sbyte)(least - room < sbyte.MinValue ? sbyte.MinValue : least - room);
                highest[i] = (sbyte)(most + room > sbyte.MaxValue ? sbyte.MaxValue : most + room);
                at += InputLength;
            }

            short[] values = new short[prototypes * inputs];
            for (int v = 0; v < values.Length; v++)
            {
                where = at;
                values[v] = (short)LittleEndian.ReadUInt16(file, at);
                if (values[v] < -Familiarity.MaxWhitened || values[v] > Familiarity.MaxWhitened)
                {
                    return null;
                }

                at += 2;
            }

            sbyte[] matrix = new sbyte[inputs * (inputs + 1) / 2];
            int cell = 0;
            for (int i = 0; i < inputs; i++)
            {
                where = at;
                int sum = 0;
                for (int j = 0; j <= i; j++)
                {
                    int weight = (sbyte)file[at++];
                    matrix[cell++] = (sbyte)weight;
                    sum += weight < 0 ? -weight : weight;
                }

                // Deviations are signed bytes: no whitened value can be larger, nor can any distance overflow.
                if (sum * -sbyte.MinValue > Familiarity.MaxWhitened << rowShifts[i])
                {
                    return null;
                }
            }

            error = ModelError.None;
            where = 0;
            return new Familiarity(
                centres, multipliers, scaleShifts, lowest, highest, matrix, rowShifts, values, threshold, file[offset + 1] == ModelFormat.UnfamiliarIsFault);
        }

        private static bool HasLength(byte[] file, int offset, int length, int inputs)
        {
            return inputs <= Familiarity.MaxInputs && length >= HeaderLength && length == LengthOf(inputs, file[offset]);
        }
    }
}
