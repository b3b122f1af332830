using System.Globalization;
using NeuralEdge.Conversion.Text;

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

    /// <summary>Milliseconds of time stamps since 1970, one without a zone as if of Greenwich; NaN where a cell holds nothing.</summary>
    /// <param name="cells">All cells of a column.</param>
    /// <returns>Null when a cell holds something else than a time stamp.</returns>
    internal static double[]? Milliseconds(string[] cells)
    {
        double[] times = new double[cells.Length];
        for (int r = 0; r < cells.Length; r++)
        {
            if (NumberText.IsMissing(cells[r]))
            {
                times[r] = double.NaN;
            }
            else if (TimeOf(cells[r]) is DateTime time)
            {
                times[r] = (time - DateTime.UnixEpoch).TotalMilliseconds;
            }
            else
            {
                return null;
            }
        }

        return times;
    }

    private static bool IsTime(string cell) => TimeOf(cell) is not null;

    // Without a zone it is taken as it stands: no hour is missing from it, and none comes twice.
    private static DateTime? TimeOf(string cell) =>
        cell.Any(char.IsAsciiDigit)
        && cell.Any(c => c is ':' or '-' or '/' or '.')
        && (DateTime.TryParse(cell, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time)
            || DateTime.TryParseExact(cell, OtherFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time)) ? time : null;
}
