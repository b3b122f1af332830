using System.Globalization;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Data.Columns;

/// <summary>What a column of texts is.</summary>
internal static class TextColumn
{
    private const int FewestIds = 10;

    // A logger that begins writes something else at times, such as its name.
    private const double MostlyTimes = 0.9;

    private static readonly string[] OtherFormats =
    [
        "dd.MM.yyyy", "d.M.yyyy", "dd.MM.yyyy HH:mm", "dd.MM.yyyy HH:mm:ss", "d.M.yyyy H:m", "d.M.yyyy H:m:s", "dd/MM/yyyy", "d/M/yyyy", "dd/MM/yyyy HH:mm",
        "dd/MM/yyyy HH:mm:ss", "d/M/yyyy H:m", "d/M/yyyy H:m:s", "HH.mm.ss", "dd-MM-yyyy", "dd-MM-yyyy HH:mm", "dd-MM-yyyy HH:mm:ss",
    ];

    /// <summary>In words, after "Column X": that it is a time stamp, an id, or just text.</summary>
    /// <param name="cells">The cells that hold something; at least one.</param>
    internal static string Describe(string[] cells)
    {
        string[] odd = Array.FindAll(cells, cell => !IsTime(cell));
        if (AreTimes(odd.Length, cells.Length))
        {
            return odd.Length == 0 ? "is a time stamp" : $"is a time stamp, apart from {NumberText.Count(odd.Length, "cell")}{(odd.Length == 1 ? ", " : " such as ")}{NumberText.Quote(odd[0])},";
        }

        return cells.Length >= FewestIds && cells.Distinct(StringComparer.Ordinal).Count() == cells.Length
            ? "holds another text in every row, as an id does,"
            : "holds text";
    }

    /// <summary>Milliseconds of time stamps since 1970, one without a zone as if of Greenwich; NaN where a cell holds nothing, or something else.</summary>
    /// <param name="cells">All cells of a column.</param>
    /// <returns>Null when more than a few cells hold something else than a time stamp.</returns>
    internal static double[]? Milliseconds(string[] cells)
    {
        double[] times = new double[cells.Length];
        int known = 0;
        int odd = 0;
        for (int r = 0; r < cells.Length; r++)
        {
            bool isMissing = NumberText.IsMissing(cells[r]);
            DateTime? time = isMissing ? null : TimeOf(cells[r]);
            times[r] = time is null ? double.NaN : (time.Value - DateTime.UnixEpoch).TotalMilliseconds;
            known += isMissing ? 0 : 1;
            odd += isMissing || time is not null ? 0 : 1;
        }

        return AreTimes(odd, known) ? times : null;
    }

    private static bool AreTimes(int odd, int known) => odd <= (1 - MostlyTimes) * known;

    private static bool IsTime(string cell) => TimeOf(cell) is not null;

    // Without a zone it is taken as it stands: no hour is missing from it, and none comes twice.
    private static DateTime? TimeOf(string cell) =>
        cell.Any(char.IsAsciiDigit)
        && cell.Any(c => c is ':' or '-' or '/' or '.')
        && (DateTime.TryParse(cell, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time)
            || DateTime.TryParseExact(cell, OtherFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time)) ? time : null;
}
