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
        "yyyy-M-d H:m", "yyyy-M-d H:m:s", "HH.mm.ss",
    ];

    /// <summary>In words, after "Column X": that it is a time stamp, an id, or just text.</summary>
    /// <param name="cells">The cells that hold something; at least one.</param>
    internal static string Describe(string[] cells)
    {
        (DayOrder order, bool isGuess) = OrderOf(cells);
        string[] odd = Array.FindAll(cells, cell => TimeOf(cell, order) is null);
        if (AreTimes(odd.Length, cells.Length))
        {
            string stamp = $"is a time stamp{(isGuess ? $", whose dates are taken for {(order == DayOrder.DayFirst ? "day/month/year" : "month/day/year")}," : "")}";
            return odd.Length == 0 ? stamp : $"{stamp.TrimEnd(',')}, apart from {NumberText.Count(odd.Length, "cell")}{(odd.Length == 1 ? ", " : " such as ")}{NumberText.Quote(odd[0])},";
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
        double[] times = Milliseconds(cells, OrderOf(cells).Order);
        int known = cells.Count(cell => !NumberText.IsMissing(cell));
        return AreTimes(known - times.Count(time => !double.IsNaN(time)), known) ? times : null;
    }

    private static double[] Milliseconds(string[] cells, DayOrder order) => Array.ConvertAll(
        cells, cell => !NumberText.IsMissing(cell) && TimeOf(cell, order) is DateTime time ? (time - DateTime.UnixEpoch).TotalMilliseconds : double.NaN);

    // Of 03/04/2026 only the whole column tells: a day beyond the twelfth, or else times that rise.
    private static (DayOrder Order, bool IsGuess) OrderOf(string[] cells)
    {
        DayOrder? said = DayOrders.Of(cells);
        if (said is DayOrder certain)
        {
            return (certain, false);
        }

        double[] byDay = Array.FindAll(Milliseconds(cells, DayOrder.DayFirst), time => !double.IsNaN(time));
        double[] byMonth = Array.FindAll(Milliseconds(cells, DayOrder.MonthFirst), time => !double.IsNaN(time));
        (int dayFalls, int monthFalls) = (DayOrders.Falls(byDay), DayOrders.Falls(byMonth));
        if (dayFalls != monthFalls)
        {
            return (dayFalls < monthFalls ? DayOrder.DayFirst : DayOrder.MonthFirst, false);
        }

        // Both rise: days that follow each other are months apart in the other order.
        (double daySpan, double monthSpan) = (DayOrders.Span(byDay), DayOrders.Span(byMonth));
        return daySpan == monthSpan ? (DayOrders.Usual(cells), DayOrders.Differ(byDay, byMonth)) : (daySpan < monthSpan ? DayOrder.DayFirst : DayOrder.MonthFirst, true);
    }

    private static bool AreTimes(int odd, int known) => odd <= (1 - MostlyTimes) * known;

    // Without a zone it is taken as it stands: no hour is missing from it, and none comes twice.
    private static DateTime? TimeOf(string cell, DayOrder order)
    {
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!cell.Any(char.IsAsciiDigit) || !cell.Any(c => c is ':' or '-' or '/' or '.'))
        {
            return null;
        }

        string written = DayOrders.YearFirst(cell, order);
        return DateTime.TryParse(written, CultureInfo.InvariantCulture, Styles, out DateTime time)
            || DateTime.TryParseExact(written, OtherFormats, CultureInfo.InvariantCulture, Styles, out time) ? time : null;
    }
}
