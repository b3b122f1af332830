namespace NeuralEdge.Learning.Data.Columns;

/// <summary>What the name of a column says of time, and whether its numbers are a clock's that starts again with each recording, however short.</summary>
internal static class ColumnOfTime
{
    private static readonly (string Word, double Milliseconds)[] Units =
    [
        ("microseconds", 0.001), ("micros", 0.001), ("us", 0.001),
        ("milliseconds", 1), ("millis", 1), ("ms", 1),
        ("seconds", 1000), ("sec", 1000), ("s", 1000),
        ("minutes", Minute), ("hours", Hour), ("days", Day),
    ];

    private static readonly string[] WithoutUnit = ["t", "time", "timestamp", "elapsed", "uptime"];

    private static readonly char[] Separators = [' ', '_', '-', '(', ')', '[', ']', '.', ','];

    private const double Minute = 60_000;
    private const double Hour = 60 * Minute;
    private const double Day = 24 * Hour;

    // A logger keeps its step; how long a machine has run, or since when it has not rained, ends whenever it likes.
    private const double Even = 0.01;

    // Times begin again with each recording; a wind in m_s goes up as often as down.
    private const double MostlyRising = 0.7;

    // A measurement that rises slowly falls a little at any height.
    private const double MostlyLow = 0.9;
    private const double Low = 0.25;

    /// <summary>The unit of time in which a name ends, in milliseconds; 0 for none.</summary>
    /// <param name="column">Name of the column.</param>
    internal static double UnitOf(string column) => Units.FirstOrDefault(known => LastWord(column) == known.Word).Milliseconds;

    /// <summary>Whether times mostly rise.</summary>
    /// <param name="times">In the order of the rows.</param>
    internal static bool Rises(double[] times) => Enumerable.Range(1, Math.Max(0, times.Length - 1)).Count(r => times[r] > times[r - 1]) > MostlyRising * (times.Length - 1);

    /// <summary>Whether a column that is called a time rises and starts again low.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="values">Its numbers in the order of the file, without missing ones.</param>
    internal static bool StartsAgain(string column, double[] values)
    {
        double unit = UnitOf(column);
        if (values.Length < 2 || (unit == 0 && !WithoutUnit.Contains(LastWord(column))) || !Rises(values))
        {
            return false;
        }

        (double minimum, double maximum) = (values.Min(), values.Max());
        double[] falls = [.. values.Skip(1).Zip(values).Where(pair => pair.First < pair.Second).Select(pair => pair.First)];
        return !IsCalendar(unit, minimum, maximum) && falls.Length > 0 && falls.Count(value => value <= minimum + (Low * (maximum - minimum))) >= MostlyLow * falls.Length;
    }

    /// <summary>Whether it does so in recordings of one length and in even steps, as a logger's clock does and a measured time does not.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="values">Its numbers in the order of the file; NaN where one is missing.</param>
    internal static bool IsOfShortRecordings(string column, double[] values)
    {
        int[] known = [.. Enumerable.Range(0, values.Length).Where(r => !double.IsNaN(values[r]))];
        if (!StartsAgain(column, Array.ConvertAll(known, r => values[r])))
        {
            return false;
        }

        (int From, int To)[] pairs = [.. known.Zip(known.Skip(1))];
        int[] begins = [known[0], .. pairs.Where(pair => values[pair.To] < values[pair.From]).Select(pair => pair.To)];
        double[] steps = [.. pairs.Where(pair => values[pair.To] >= values[pair.From]).Select(pair => (values[pair.To] - values[pair.From]) / (pair.To - pair.From))];
        double step = steps.Order().ElementAt(steps.Length / 2);

        // Rows without a time may be the first ones. The last recording may have been cut short.
        double lowest = begins.Min(r => values[r]);
        int Missing(int begin) => Math.Min((int)Math.Round((values[begin] - lowest) / step), begin - 1 - Array.FindLast(known, r => r < begin));
        int[] firsts = [0, .. begins.Skip(1).Select(begin => begin - Missing(begin))];
        int[] lengths = [.. firsts.Zip(firsts.Skip(1), (from, to) => to - from)];
        return lengths.Max() - lengths.Min() <= 1
            && begins.Max(r => values[r]) - lowest <= (1 + Even) * step
            && Array.TrueForAll(steps, other => Math.Abs(other - step) <= Even * step);
    }

    // Hours of a day, minutes of an hour, and days of whatever: what a load or the weather may well follow.
    private static bool IsCalendar(double unit, double minimum, double maximum) => unit switch
    {
        Day => true,
        Hour => minimum >= 0 && maximum <= 24,
        Minute => minimum >= 0 && maximum <= 60,
        0 => (minimum is >= 0 and <= 1 && maximum is >= 23 and <= 24) || (minimum, maximum) == (0, 59),
        _ => false,
    };

    private static string LastWord(string column) => column.ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? string.Empty;
}
