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

    // Who gives a rate says that rows are even, and that times only jitter; but at two steps a row is missing.
    private const double LongestStepAtRate = 1.95;

    // A rate that is further from the times than this is that of another log.
    private const double SameRate = 0.1;

    // After a pause of so many windows a stretch of the same class is another recording: somebody has begun again.
    private const int WindowsOfPause = 10;

    private readonly SeriesRow[] _rows;
    private readonly double[]? _at;

    private Recordings(SeriesRow[] rows, double[]? at, double stepMs, int periodMs, IReadOnlyList<Range> stretches)
    {
        _rows = rows;
        _at = at;
        StepMs = stepMs;
        PeriodMs = periodMs;
        Stretches = stretches;
    }

    /// <summary>Milliseconds from one row to the next, as the table or a rate has them.</summary>
    internal double StepMs { get; }

    /// <summary>The same in whole milliseconds, as a board samples.</summary>
    internal int PeriodMs { get; }

    /// <summary>Name of the table, for sentences.</summary>
    internal required string Table { get; init; }

    /// <summary>The column that says when each row was measured; null when none does.</summary>
    internal string? Times { get; private init; }

    /// <summary>How often a stretch ends although file and label go on, because the times of its rows jump; 0 where a rate says that rows are even.</summary>
    internal int Uneven { get; private init; }

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
        TimeColumn? times = samples > 0 ? null : TimeColumn.Find(table, others);
        if (rate is null && times is null)
        {
            throw new InputRefusedException(
                $"{table.Name} does not say when its rows were measured; give --rate, in rows a second, or a column of times that rise: time stamps, or one whose name ends in its unit, such as time_ms.");
        }

        double[]? at = times is null ? null : Array.ConvertAll(rows, row => times.TimeOf[row.Place]);
        double step = 1000 / rate ?? TimeColumn.StepOf(table.Name, Enumerable.Range(1, Math.Max(0, rows.Length - 1)).Where(r => rows[r].File == rows[r - 1].File).Select(r => at![r] - at[r - 1]));
        int period = TimeColumn.Whole(step, rate is not null ? $"--rate {NumberText.Brief(rate!.Value)} is a row every" : $"{table.Name} has a row every");
        if (periodMs is int wanted && wanted != period)
        {
            throw new InputRefusedException($"{table.Name} has a row every {period} ms, and the model has learned from one every {wanted} ms; record both at the same rate.");
        }

        if (rate is double asked && Measured(rows, at, asked) is double measured)
        {
            throw new InputRefusedException(
                $"--rate {NumberText.Brief(asked)} is a row every {NumberText.Brief(step)} ms, and column {NumberText.Quote(times!.Name)} of {table.Name} has one every {NumberText.Brief(measured)} ms; leave --rate out, or correct the column.");
        }

        List<Range> stretches = [];
        int begin = 0;
        int pauses = 0;
        for (int r = 1; r <= rows.Length; r++)
        {
            bool goesOn = r < rows.Length && (samples > 0 ? rows[r].Line == rows[r - 1].Line && rows[r].File == rows[r - 1].File : GoesOn(rows, at, (rate is null ? LongestStep : LongestStepAtRate) * period, rate is not null, r));
            if (!goesOn)
            {
                // Of a recording that lacks a sample nobody knows where.
                stretches.Add(samples > 0 && r - begin != samples ? begin..begin : begin..r);
                begin = r;
                pauses += at is not null && r < rows.Length && rows[r].File == rows[r - 1].File && rows[r].Class == rows[r - 1].Class ? 1 : 0;
            }
        }

        return new Recordings(rows, at, step, period, stretches) { Table = table.Name, Times = times?.Name, Uneven = rate is null ? pauses : 0 };
    }

    /// <summary>
    /// Whether two stretches are pieces of one recording, which a missing row, a flickering label or a short pause has cut: they are as
    /// alike as neighbours, so that to learn from one and be judged by the other says nothing of other recordings.
    /// </summary>
    /// <param name="before">A stretch.</param>
    /// <param name="next">The next one with windows.</param>
    /// <param name="samples">Samples of a window.</param>
    internal bool AreOne(Range before, Range next, int samples)
    {
        int last = before.End.Value - 1;
        int first = next.Start.Value;
        double rows = _at is null ? _rows[first].Line - _rows[last].Line : (_at[first] - _at[last]) / PeriodMs;
        return _rows[first].File == _rows[last].File && _rows[first].Class == _rows[last].Class && rows >= 0 && rows < (double)WindowsOfPause * samples;
    }

    // What times say instead of a rate: null when they say the same, in the usual step or in the mean, which coarse times have right.
    private static double? Measured(SeriesRow[] rows, double[]? at, double rate)
    {
        double[] steps = at is null ? [] : [.. Enumerable.Range(1, Math.Max(0, rows.Length - 1)).Where(r => rows[r].File == rows[r - 1].File && rows[r].Line == rows[r - 1].Line + 1).Select(r => at[r] - at[r - 1])];
        return TimeColumn.UsualStep(steps) is double usual && IsOther(usual) && TimeColumn.MeanStep(steps) is double mean && IsOther(mean) ? usual : null;

        bool IsOther(double step) => Math.Abs((step * rate / 1000) - 1) > SameRate;
    }

    private static bool GoesOn(SeriesRow[] rows, double[]? at, double longest, bool isEven, int row)
    {
        double step = at is null ? 0 : at[row] - at[row - 1];
        bool isNext = at is null ? rows[row].Line - rows[row - 1].Line == 1 : (step > 0 || (isEven && step == 0)) && step <= longest;
        return isNext && rows[row].File == rows[row - 1].File && rows[row].Class == rows[row - 1].Class;
    }
}
