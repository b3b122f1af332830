using NeuralEdge.Board.Chips;
using NeuralEdge.Models;

namespace NeuralEdge.Board.Control
{
    /// <summary>
    /// Which chip a model is wired for: the line "chip: NAME" of the text about it (FORMAT.md, section 6). The same channels and pins are
    /// others on another chip, and a flash may have been carried there.
    /// </summary>
    internal static class ModelChip
    {
        private const string Key = "chip: ";

        /// <summary>Whether a model that was accepted otherwise is wired for a chip, or for none.</summary>
        /// <param name="model">The model.</param>
        /// <param name="file">Its file.</param>
        /// <param name="chipName">What the board calls its chip; one that is in no row takes any model.</param>
        internal static bool Suits(Model model, byte[] file, string chipName)
        {
            Chip there = ChipTable.Find(chipName);
            if (there == null || !IsWired(model.Bindings))
            {
                return true;
            }

            Chip made = ChipTable.Find(NameIn(file));
            return made != null && made.Runtime == there.Runtime;
        }

        private static bool IsWired(Bindings bindings)
        {
            for (int i = 0; i < bindings.Inputs.Length; i++)
            {
                if (bindings.Inputs[i].Source == InputBinding.SourceAdc)
                {
                    return true;
                }
            }

            for (int i = 0; i < bindings.Outputs.Length; i++)
            {
                if (bindings.Outputs[i].Rule != OutputBinding.RuleNone)
                {
                    return true;
                }
            }

            return false;
        }

        // The container is known to be sound: its reader has accepted it.
        private static string NameIn(byte[] file)
        {
            int at = ModelFormat.HeaderLength;
            for (int sections = LittleEndian.ReadUInt16(file, 6); sections > 0; sections--)
            {
                int begin = at + ModelFormat.SectionHeaderLength;
                int end = begin + LittleEndian.ReadInt32(file, at + 4);
                if (LittleEndian.ReadUInt16(file, at) == ModelFormat.AboutSection)
                {
                    return NameIn(file, begin, end);
                }

                at = (end + 3) & ~3;
            }

            return ChipTable.Classic;
        }

        private static string NameIn(byte[] text, int at, int end)
        {
            while (at < end)
            {
                int line = at;
                while (at < end && text[at] != '\n')
                {
                    at++;
                }

                if (Begins(text, line, at))
                {
                    line += Key.Length;
                    char[] letters = new char[at - line];
                    for (int i = 0; i < letters.Length; i++)
                    {
                        letters[i] = (char)text[line + i];
                    }

                    return new string(letters);
                }

                at++;
            }

            return ChipTable.Classic;
        }

        private static bool Begins(byte[] text, int at, int end)
        {
            if (end - at < Key.Length)
            {
                return false;
            }

            for (int i = 0; i < Key.Length; i++)
            {
                if (text[at + i] != Key[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
