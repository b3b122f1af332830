using System.Buffers;

namespace NeuralEdge.Cli.Output;

/// <summary>Cells of a CSV file (RFC 4180).</summary>
internal static class CsvText
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",;\t\"\r\n");

    /// <summary>A cell, in quotes when it needs them.</summary>
    internal static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(Special) >= 0 || cell != cell.Trim()
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;
}
