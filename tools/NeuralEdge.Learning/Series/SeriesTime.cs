using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Series;

/// <summary>How far apart the rows of a table are in time.</summary>
/// <param name="Step">From one row to the next, usually.</param>
/// <param name="Column">The column of times; null when there is none, and a rate says it.</param>
public sealed record SeriesTime(TimeSpan Step, string? Column)
{
    /// <summary>Looks at a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rate">Rows in a second, above 0; null: a column of times says it.</param>
    /// <returns>Null when nothing says it.</returns>
    public static SeriesTime? Of(Table table, double? rate)
    {
        ArgumentNullException.ThrowIfNull(table);
        TimeColumn? times = TimeColumn.Find(table, []);
        if (rate is double hertz)
        {
            return new SeriesTime(TimeSpan.FromSeconds(1 / hertz), times?.Name);
        }

        if (times is null)
        {
            return null;
        }

        double[] at = [.. Enumerable.Range(0, table.RowCount).Select(r => times.TimeOf[table.PlaceOf(r)])];
        return TimeColumn.UsualStep(at.Skip(1).Zip(at, (next, before) => next - before)) is double step ? new SeriesTime(TimeSpan.FromMilliseconds(step), times.Name) : null;
    }
}
