using NeuralEdge.Conversion;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Series;

/// <summary>
/// The stretches of a table within which time goes on without a gap and the label stays: what a window may be cut from. Rows are those
/// of the samples that were read.
/// </summary>
internal sealed class Recordings
{
    // A row that is late by less is a row that is late.
    private const double LongestStep = 1.5;

    private Recordings(int periodMs, IReadOnlyList<Range> stretches)
    {
        PeriodMs = periodMs;
        Stretches = stretches;
    }

    /// <summary>Milliseconds from one row to the next.</summary>
    internal int PeriodMs { get; }

    /// <summary>Rows of each stretch, in the order of the table.</summary>
    internal IReadOnlyList<Range> Stretches { get; }

    /// <summary>Finds the stretches.</summary>
    /// <param name="table">The table.</param>
    /// <param name="data">The samples read from it.</param>
    /// <param name="rate">Rows in a second; null: a column of times says it.</param>
    /// <param name="periodMs">The period that it must have; null: any.</param>
    /// <exception cref="InputRefusedException">Nothing says how far apart rows are, or it is no time that a board can keep.</exception>
    internal static Recordings Of(Table table, DataSet data, double? rate, int? periodMs)
    {
        TimeColumn? times = rate is null ? TimeColumn.Find(table, [.. data.InputNames, .. data.TargetNames]) : null;
        if (rate is null && times is null)
        {
            throw new InputRefusedException(
                $"{table.Name} does not say when its rows were measured; give --rate, in rows a second, or a column of times whose name has its unit, such as time_ms.");
        }

        double[]? at = times is null ? null : [.. Enumerable.Range(0, data.Count).Select(r => times.TimeOf[PlaceOf(table, data, r)])];
        int period = at is null ? TimeColumn.Whole(1000 / rate!.Value, $"--rate {rate} is a row every")
            : TimeColumn.PeriodOf(table.Name, Enumerable.Range(1, Math.Max(0, data.Count - 1)).Where(r => IsSameFile(data, r)).Select(r => at[r] - at[r - 1]));
        if (periodMs is int wanted && wanted != period)
        {
            throw new InputRefusedException($"{table.Name} has a row every {period} ms, and the table learned from one every {wanted} ms; record both at the same rate.");
        }

        List<Range> stretches = [];
        int begin = 0;
        for (int r = 1; r <= data.Count; r++)
        {
            if (r == data.Count || !GoesOn(data, at, period, r))
            {
                stretches.Add(begin..r);
                begin = r;
            }
        }

        return new Recordings(period, stretches);
    }

    private static bool GoesOn(DataSet data, double[]? at, int period, int row)
    {
        bool isNext = at is null ? data.Lines[row] - data.Lines[row - 1] == 1 : at[row] - at[row - 1] > 0 && at[row] - at[row - 1] <= LongestStep * period;
        return isNext && IsSameFile(data, row) && (data.Task != TaskKind.Classify || data.Classes[row] == data.Classes[row - 1]);
    }

    private static bool IsSameFile(DataSet data, int row) => data.Files.Length == 0 || data.Files[row] == data.Files[row - 1];

    private static string PlaceOf(Table table, DataSet data, int row) => $"{(data.Files.Length == 0 ? table.Name : data.Files[row])} line {data.Lines[row]}";
}
