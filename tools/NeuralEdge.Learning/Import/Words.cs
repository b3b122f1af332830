using NeuralEdge.Conversion.Text;
using System.Text;

namespace NeuralEdge.Learning.Import;

/// <summary>Names out of foreign files, fit to stand in a sentence or in a model file.</summary>
internal static class Words
{
    private const int LongestInSentence = 60;

    /// <summary>A name in quotes, without control characters, and not longer than a line can bear.</summary>
    internal static string Quote(string name)
    {
        StringBuilder text = new("\"");
        foreach (char c in name.Length <= LongestInSentence ? name : name[..(LongestInSentence - 3)] + "...")
        {
            text.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c);
        }

        return text.Append('"').ToString();
    }

    /// <summary>A shape as people write it.</summary>
    internal static string Shape(IEnumerable<int> shape) => "[" + string.Join(",", shape) + "]";

    /// <summary>The given names where they can be names of a model file and differ; else made-up ones.</summary>
    /// <param name="names">One for each, or null when there are none.</param>
    /// <param name="count">How many names are needed.</param>
    /// <param name="prefix">What made-up names begin with.</param>
    internal static string[] NamesOr(IReadOnlyList<string>? names, int count, string prefix)
    {
        bool usable = names is not null
            && names.Count == count
            && names.Distinct(StringComparer.Ordinal).Count() == count
            && names.All(IsName);
        return usable ? [.. names!] : [.. Enumerable.Range(1, count).Select(i => count == 1 ? prefix : $"{prefix}{i}")];
    }

    /// <summary>True when a model file can hold the name and a table can have it as a column.</summary>
    internal static bool IsName(string name) =>
        name.Length > 0
        && name.Trim().Length == name.Length
        && !name.Any(char.IsControl)
        && !name.Contains('\uFFFD', StringComparison.Ordinal)
        && IsWellFormed(name)
        && Encoding.UTF8.GetByteCount(name) <= Names.MostBytes;

    private static bool IsWellFormed(string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsHighSurrogate(name[i]) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(name[i]))
            {
                return false;
            }
        }

        return true;
    }
}
