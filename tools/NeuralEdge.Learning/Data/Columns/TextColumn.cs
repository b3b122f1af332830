using System.Globalization;

namespace NeuralEdge.Learning.Data.Columns;

/// <summary>What a column of texts is.</summary>
internal static class TextColumn
{
    private const int FewestIds = 10;

    private static readonly string[] OtherFormats =
    [
        "dd.MM.yyyy", "d.M.yyyy", "dd.MM.yyyy HH:mm", "dd.MM.yyyy HH:mm:ss", "d.M.yyyy H:m", "d.M.yyyy H:m:s", "dd/MM/yyyy", "d/M/yyyy", "dd/MM/yyyy HH:mm",
        "dd/MM/yyyy HH:mm:ss", "d/M/yyyy H:m", "d/M/yyyy H:m:s", "HH.mm.ss", "dd-MM-yyyy", "dd-MM-yyyy HH:mm", "dd-MM-yyyy HH:mm:ss",
    ];

    /// <summary>In words, after "Column X": that it is a time stamp, an id, or just text.</summary>
    /// <param name="cells">The cells that hold something; at least one.</param>
    internal static string Describe(string[] cells)
    {
        if (Array.TrueForAll(cells, IsTime))
        {
            return "is a time stamp";
        }

        return cells.Length >= FewestIds && cells.Distinct(StringComparer.Ordinal).Count() == cells.Length
            ? "holds another text in every row, as an id does,"
            : "holds text";
    }

    private static bool IsTime(string cell) =>
        cell.Any(char.IsAsciiDigit)
        && cell.Any(c => c is ':' or '-' or '/' or '.')
        && (DateTime.TryParse(cell, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _)
            || DateTime.TryParseExact(cell, OtherFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
}
