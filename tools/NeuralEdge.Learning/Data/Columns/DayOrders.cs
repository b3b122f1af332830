using System.Globalization;
using System.Text.RegularExpressions;

namespace NeuralEdge.Learning.Data.Columns;

/// <summary>What a column of dates says of the order of its days and months.</summary>
internal static partial class DayOrders
{
    private const int Months = 12;

    /// <summary>What a number beyond the twelfth says; null when none says it.</summary>
    /// <param name="cells">The cells of a column.</param>
    internal static DayOrder? Of(string[] cells)
    {
        int dayFirst = 0;
        int monthFirst = 0;
        int open = 0;
        foreach (string cell in cells)
        {
            if (Date().Match(cell) is { Success: true } date)
            {
                bool isDay = Part(date, 1) > Months;
                bool isMonth = Part(date, 3) > Months;
                dayFirst += isDay && !isMonth ? 1 : 0;
                monthFirst += isMonth && !isDay ? 1 : 0;
                open += isDay || isMonth ? 0 : 1;
            }
        }

        return dayFirst > monthFirst ? DayOrder.DayFirst
            : monthFirst > 0 ? DayOrder.MonthFirst
            : open == 0 ? DayOrder.MonthFirst
            : null;
    }

    /// <summary>The order that is usual where nothing else says it: 3.4.2026 has the day first, and 3/4/2026 is read as most programs do.</summary>
    /// <param name="cells">The cells of a column.</param>
    internal static DayOrder Usual(string[] cells) => cells.Any(cell => Date().Match(cell) is { Success: true } date && date.Groups[2].Value == ".") ? DayOrder.DayFirst : DayOrder.MonthFirst;

    /// <summary>A cell with its date as in ISO 8601, or as it is where it does not begin with a day and a month.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="order">The order of its date.</param>
    internal static string YearFirst(string cell, DayOrder order)
    {
        Match date = Date().Match(cell);
        if (!date.Success)
        {
            return cell;
        }

        (int day, int month) = order == DayOrder.DayFirst ? (Part(date, 1), Part(date, 3)) : (Part(date, 3), Part(date, 1));
        return string.Create(CultureInfo.InvariantCulture, $"{date.Groups[4].Value}-{month:00}-{day:00}{cell[date.Length..]}");
    }

    /// <summary>How often times go back.</summary>
    /// <param name="times">In the order of the rows.</param>
    internal static int Falls(double[] times) => Enumerable.Range(1, Math.Max(0, times.Length - 1)).Count(r => times[r] < times[r - 1]);

    /// <summary>From the first time to the last.</summary>
    /// <param name="times">In any order.</param>
    internal static double Span(double[] times) => times.Length == 0 ? 0 : times.Max() - times.Min();

    /// <summary>Whether two readings of a column differ by more than where they begin.</summary>
    /// <param name="times">One reading.</param>
    /// <param name="others">The other.</param>
    internal static bool Differ(double[] times, double[] others) => times.Length != others.Length || times.Zip(others).Any(pair => pair.First - times[0] != pair.Second - others[0]);

    private static int Part(Match date, int group) => int.Parse(date.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Date();
}
