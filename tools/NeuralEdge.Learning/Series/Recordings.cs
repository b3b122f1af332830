using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
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

    private Recordings(double stepMs, int periodMs, IReadOnlyList<Range> stretches)
    {
        StepMs = stepMs;
        PeriodMs = periodMs;
        Stretches = stretches;
    }

    /// <summary>Milliseconds from one row to the next, as the table or a rate has them.</summary>
    internal double StepMs { get; }

    /// <summary>The same in whole milliseconds, as a board samples.</summary>
    internal int PeriodMs { get; }

    /// <summary>Rows of each stretch, in the order of the table.</summary>
    internal IReadOnlyList<Range> Stretches { get; }

    /// <summary>Finds the stretches of samples to learn from.</summary>
    /// <param name="table">The table.</param>
    /// <param name="data">The samples read from it.</param>
    /// <param name="rate">Rows in a second; null: a column of times says it.</param>
    /// <param name="periodMs">The period that it must have; null: any.</param>
    /// <param name="samples">Of a table with a recording in each line: the samples of one; 0: a line is a sample.</param>
    /// <exception cref="InputRefusedException">Nothing says how far apart rows are, or it is no time that a board can keep.</exception>
    internal static Recordings Of(Table table, DataSet data, double? rate, int? periodMs, int samples = 0) => Of(
        table,
        [.. data.InputNames, .. data.TargetNames],
        [.. Enumerable.Range(0, data.Count).Select(r => new SeriesRow(
            $"{(data.Files.Length == 0 ? table.Name : data.Files[r])} line {data.Lines[r]}",
            data.Lines[r],
            data.Files.Length == 0 ? null : data.Files[r],
            data.Task == TaskKind.Classify ? data.Classes[r] : 0))],
        rate,
        periodMs,
        samples);

    /// <summary>Finds the stretches.</summary>
    /// <param name="table">The table.</param>
    /// <param name="others">Columns that are no times.</param>
    /// <param name="rows">Those of its rows that can be samples.</param>
    /// <param name="rate">Rows in a second; null: a column of times says it.</param>
    /// <param name="periodMs">The period that it must have; null: any.</param>
    /// <param name="samples">Of a table with a recording in each line: the samples of one; 0: a line is a sample.</param>
    /// <exception cref="InputRefusedException">Nothing says how far apart rows are, or it is no time that a board can keep.</exception>
    internal static Recordings Of(Table table, IReadOnlyCollection<string> others, SeriesRow[] rows, double? rate, int? periodMs, int samples = 0)
    {
        TimeColumn? times = rate is null ? TimeColumn.Find(table, others) : null;
        if (rate is null && times is null)
        {
            throw new InputRefusedException(
                $"{table.Name} does not say when its rows were measured; give --rate, in rows a second, or a column of times that rise and whose name ends in its unit, such as time_ms.");
        }

        double[]? at = times is null ? null : Array.ConvertAll(rows, row => times.TimeOf[row.Place]);
        double step = at is null ? 1000 / rate!.Value : TimeColumn.StepOf(table.Name, Enumerable.Range(1, Math.Max(0, rows.Length - 1)).Where(r => rows[r].File == rows[r - 1].File).Select(r => at[r] - at[r - 1]));
        int period = TimeColumn.Whole(step, at is null ? $"--rate {NumberText.Brief(rate!.Value)} is a row every" : $"{table.Name} has a row every");
        if (periodMs is int wanted && wanted != period)
        {
            throw new InputRefusedException($"{table.Name} has a row every {period} ms, and the model has learned from one every {wanted} ms; record both at the same rate.");
        }

        List<Range> stretches = [];
        int begin = 0;
        for (int r = 1; r <= rows.Length; r++)
        {
            bool goesOn = r < rows.Length && (samples > 0 ? rows[r].Line == rows[r - 1].Line && rows[r].File == rows[r - 1].File : GoesOn(rows, at, period, r));
            if (!goesOn)
            {
                // Of a recording that lacks a sample nobody knows where.
                stretches.Add(samples > 0 && r - begin != samples ? begin..begin : begin..r);
                begin = r;
            }
        }

        return new Recordings(step, period, stretches);
    }

    private static bool GoesOn(SeriesRow[] rows, double[]? at, int period, int row)
    {
        bool isNext = at is null ? rows[row].Line - rows[row - 1].Line == 1 : at[row] - at[row - 1] > 0 && at[row] - at[row - 1] <= LongestStep * period;
        return isNext && rows[row].File == rows[row - 1].File && rows[row].Class == rows[row - 1].Class;
    }
}
