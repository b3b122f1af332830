using NeuralEdge.Learning.Data.Columns;

namespace NeuralEdge.Learning.Data;

/// <summary>
/// Where recordings begin in a table of rows: where a clock starts again or stands still for long, or another file begins. What was recorded
/// at once is alike in ways that no later recording shares.
/// </summary>
internal static class RecordingStarts
{
    // As those of CountingColumn, but for how many values there are: ten recordings may all have the same times.
    private const double MostlyUp = 0.9;
    private const double SeldomDown = 0.05;

    // Rows of a clock that are missing; a night is thousands of them.
    private const int LongPause = 100;

    /// <summary>Finds the recordings.</summary>
    /// <param name="table">The table.</param>
    /// <param name="measured">Inputs and targets, which are no clocks.</param>
    /// <returns>For each row the number of its recording, from 0; empty when all are of one, or nothing tells.</returns>
    internal static int[] Of(Table table, IReadOnlyCollection<string> measured)
    {
        int[][] found =
        [
            Numbered(table.RowCount, r => table.Sources is not null && table.Sources[r] != table.Sources[r - 1]),
            .. table.Columns.Where(column => !measured.Contains(column)).Select(column => OfClock(column, TimesOf(table, column))),
        ];

        // Minutes of an hour begin again, too: of several columns the one that says the least is taken.
        return found.Where(numbers => numbers.Length > 0 && numbers[^1] > 0).MinBy(numbers => numbers[^1]) ?? [];
    }

    private static double[] TimesOf(Table table, string column)
    {
        switch (table.KindOf(column))
        {
            case ColumnKind.Numbers:
                return table.ReadingOf(column).Values;
            case ColumnKind.Texts:
                int c = table.IndexOf(column);
                return TextColumn.Milliseconds([.. Enumerable.Range(0, table.RowCount).Select(r => table.TextAt(r, c))]) ?? [];
            default:
                return [];
        }
    }

    // A row without a time goes with those before it, and where another recording begins among such rows, with that one.
    private static int[] OfClock(string column, double[] times)
    {
        int[] known = [.. Enumerable.Range(0, times.Length).Where(r => !double.IsNaN(times[r]))];
        double[] steps = [.. known.Zip(known.Skip(1), (a, b) => times[b] - times[a])];
        if (steps.Length == 0 || !IsClock(column, steps, Array.ConvertAll(known, r => times[r])))
        {
            return [];
        }

        double usual = steps.Order().ElementAt(steps.Length / 2);
        HashSet<int> begins = [.. Enumerable.Range(0, steps.Length).Where(i => steps[i] < 0 || steps[i] > (LongPause + known[i + 1] - known[i] - 1) * usual).Select(i => known[i] + 1)];
        return Numbered(times.Length, begins.Contains);
    }

    private static bool IsClock(string column, double[] steps, double[] times) =>
        (steps.Count(step => step > 0) >= MostlyUp * steps.Length && steps.Count(step => step < 0) <= SeldomDown * steps.Length) || ColumnOfTime.StartsAgain(column, times);

    private static int[] Numbered(int rows, Func<int, bool> begins)
    {
        int recording = 0;
        return [.. Enumerable.Range(0, rows).Select(r => r > 0 && begins(r) ? ++recording : recording)];
    }
}
