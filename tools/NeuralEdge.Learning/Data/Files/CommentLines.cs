using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Data.Files;

/// <summary>Lines that begin with # above a table: comments of a logger, or the names themselves as numpy writes them.</summary>
internal static class CommentLines
{
    private static readonly char[] Separators = [',', ';', '\t', '|', ' '];

    /// <summary>Makes such lines empty, so that the lines below keep their numbers; of a line of names only the mark goes.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="skipped">The numbers of the lines that are comments; the first line is 1.</param>
    internal static string Clear(string text, List<int> skipped)
    {
        if (!text.AsSpan().TrimStart().StartsWith("#"))
        {
            return text;
        }

        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimStart();
            if (line.Length == 0)
            {
                continue;
            }

            if (!line.StartsWith('#'))
            {
                break;
            }

            string[] below = [.. lines.Skip(i + 1).Where(next => !string.IsNullOrWhiteSpace(next)).Take(2)];
            if (below.Length > 0 && NamesColumnsOf(line[1..].TrimStart(' '), below))
            {
                lines[i] = line[1..].TrimStart(' ');
                break;
            }

            lines[i] = string.Empty;
            skipped.Add(i + 1);
        }

        return string.Join('\n', lines);
    }

    // As many values as the line below, which is no line of names itself.
    private static bool NamesColumnsOf(string line, string[] below)
    {
        if (below[0].StartsWith('#'))
        {
            return false;
        }

        foreach (char separator in Separators)
        {
            int count = line.Count(c => c == separator);
            if (count > 0 && count == below[0].Count(c => c == separator))
            {
                return HasNumber(below[0], separator) || below.Length < 2 || !HasNumber(below[1], separator);
            }
        }

        return false;
    }

    private static bool HasNumber(string line, char separator) => line.Split(separator).Any(cell => NumberText.TryParse(cell.Trim(' ', '"'), true, out _));
}
