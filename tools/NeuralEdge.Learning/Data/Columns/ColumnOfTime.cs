namespace NeuralEdge.Learning.Data.Columns;

/// <summary>What the name of a column says of time, and whether its numbers are a clock's that starts again with each recording, however short.</summary>
internal static class ColumnOfTime
{
    private static readonly (string Word, double Milliseconds)[] Units =
    [
        ("microseconds", 0.001), ("micros", 0.001), ("us", 0.001),
        ("milliseconds", 1), ("millis", 1), ("ms", 1),
        ("seconds", 1000), ("sec", 1000), ("s", 1000),
        ("minutes", Minute), ("hours", 3_600_000), ("days", 86_400_000),
    ];

    private static readonly string[] WithoutUnit = ["t", "time", "timestamp", "elapsed", "uptime"];

    private static readonly char[] Separators = [' ', '_', '-', '(', ')', '[', ']', '.', ','];

    // Hours of a day, minutes of an hour, days of a week or month, months: what a load or the weather may well follow.
    private static readonly (double Minimum, double Maximum)[] Calendar = [(0, 23), (1, 24), (0, 59), (0, 6), (1, 7), (1, 31), (0, 11), (1, 12)];

    private const double Minute = 60_000;

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
        bool isCalendar = unit is 0 or >= Minute && Calendar.Contains((minimum, maximum)) && Array.TrueForAll(values, value => value == Math.Floor(value));
        double[] falls = [.. values.Skip(1).Zip(values).Where(pair => pair.First < pair.Second).Select(pair => pair.First)];
        return !isCalendar && falls.Length > 0 && falls.Count(value => value <= minimum + (Low * (maximum - minimum))) >= MostlyLow * falls.Length;
    }

    private static string LastWord(string column) => column.ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? string.Empty;
}
