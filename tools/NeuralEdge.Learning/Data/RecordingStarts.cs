using NeuralEdge.Learning.Data.Columns;

namespace NeuralEdge.Learning.Data;

/// <summary>
/// Where recordings begin in a table of rows: where a clock starts again or stands still for long, or another file begins. What was recorded
/// at once is alike in ways that no later recording shares.
/// </summary>
internal static class RecordingStarts
{
    // More are minutes of an hour, or seconds of a minute, which say nothing of who has begun anew.
    private const int MostRecordings = 50;

    // As those of CountingColumn, but for how many values there are: ten recordings may all have the same times.
    private const double MostlyUp = 0.9;
    private const double SeldomDown = 0.05;

    // Rows of a clock that are missing; a night is thousands of them.
    private const double LongPause = 100;

    /// <summary>Finds the recordings.</summary>
    /// <param name="table">The table.</param>
    /// <param name="measured">Inputs and targets, which are no clocks.</param>
    /// <returns>For each row the number of its recording, from 0; empty when all are of one, or nothing tells.</returns>
    internal static int[] Of(Table table, IReadOnlyCollection<string> measured)
    {
        int[][] found =
        [
            Numbered(table.RowCount, r => table.Sources is not null && table.Sources[r] != table.Sources[r - 1]),
            .. table.Columns.Where(column => !measured.Contains(column)).Select(column => OfClock(TimesOf(table, column))),
        ];
        return found.Where(numbers => numbers.Length > 0 && numbers[^1] is > 0 and < MostRecordings).MinBy(numbers => numbers[^1]) ?? [];
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

    private static int[] OfClock(double[] times)
    {
        double[] steps = [.. times.Zip(times.Skip(1), (a, b) => b - a)];
        if (steps.Length == 0 || Array.Exists(times, double.IsNaN) || steps.Count(step => step > 0) < MostlyUp * steps.Length || steps.Count(step => step < 0) > SeldomDown * steps.Length)
        {
            return [];
        }

        double usual = steps.Order().ElementAt(steps.Length / 2);
        return Numbered(times.Length, r => steps[r - 1] < 0 || steps[r - 1] > LongPause * usual);
    }

    private static int[] Numbered(int rows, Func<int, bool> begins)
    {
        int recording = 0;
        return [.. Enumerable.Range(0, rows).Select(r => r > 0 && begins(r) ? ++recording : recording)];
    }
}
