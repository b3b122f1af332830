using System.Buffers;

namespace NeuralEdge.Conversion.Disk;

/// <summary>Cells of a CSV file (RFC 4180).</summary>
public static class CsvText
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",;\t\"\r\n");

    /// <summary>A cell, in quotes when it needs them.</summary>
    /// <param name="cell">Its text.</param>
    public static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(Special) >= 0 || cell != cell.Trim()
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;
}
