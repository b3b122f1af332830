using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Data.Columns;
using NeuralEdge.Models;

namespace NeuralEdge.Learning.Series;

/// <summary>When each row of a table was measured.</summary>
internal sealed class TimeColumn
{
    private TimeColumn(string name, Dictionary<string, double> timeOf)
    {
        Name = name;
        TimeOf = timeOf;
    }

    /// <summary>Its name.</summary>
    internal string Name { get; }

    /// <summary>Milliseconds of each row, by the row's place.</summary>
    internal Dictionary<string, double> TimeOf { get; }

    /// <summary>The column of times of a table: one whose name ends in a unit of time, or else one of time stamps, and whose values mostly rise.</summary>
    /// <param name="table">The table.</param>
    /// <param name="others">Columns that are something else.</param>
    /// <returns>Null when there is none.</returns>
    internal static TimeColumn? Find(Table table, IReadOnlyCollection<string> others)
    {
        foreach (string column in table.Columns.Where(column => !others.Contains(column) && table.KindOf(column) == ColumnKind.Numbers))
        {
            double unit = ColumnOfTime.UnitOf(column);
            if (unit > 0 && Rising(table, column, Array.ConvertAll(table.NumbersOrNaN(column), value => value * unit)) is TimeColumn numbers)
            {
                return numbers;
            }
        }

        foreach (string column in table.Columns.Where(column => !others.Contains(column) && table.KindOf(column) == ColumnKind.Texts))
        {
            int c = table.IndexOf(column);
            if (TextColumn.Milliseconds([.. Enumerable.Range(0, table.RowCount).Select(r => table.TextAt(r, c))]) is double[] stamps && Rising(table, column, stamps) is TimeColumn times)
            {
                return times;
            }
        }

        return null;
    }

    private static TimeColumn? Rising(Table table, string column, double[] times)
    {
        if (!ColumnOfTime.Rises(times))
        {
            return null;
        }

        Dictionary<string, double> timeOf = [];
        for (int r = 0; r < times.Length; r++)
        {
            timeOf[table.PlaceOf(r)] = times[r];
        }

        return new TimeColumn(column, timeOf);
    }

    /// <summary>The usual time from one row to the next, in milliseconds.</summary>
    /// <param name="table">Name of the table, for sentences.</param>
    /// <param name="steps">Milliseconds from each row to the next of its file.</param>
    /// <exception cref="InputRefusedException">There is none.</exception>
    internal static double StepOf(string table, IEnumerable<double> steps) => UsualStep(steps) ?? throw new InputRefusedException($"{table}: the times of its rows do not rise, so nobody knows how far apart they are; give --rate, in rows a second.");

    /// <summary>The usual time from one row to the next in milliseconds: the median of those that are any; null when there is none.</summary>
    /// <param name="steps">Milliseconds from each row to the next.</param>
    internal static double? UsualStep(IEnumerable<double> steps)
    {
        double[] sorted = [.. steps.Where(step => step > 0).Order()];
        return sorted.Length > 0 ? sorted[sorted.Length / 2] : null;
    }

    /// <summary>The mean time from one row to the next in milliseconds, pauses left out; null when there is none.</summary>
    /// <param name="steps">Milliseconds from each row to the next.</param>
    internal static double? MeanStep(IEnumerable<double> steps)
    {
        const double Pause = 3;
        return UsualStep(steps) is double usual ? steps.Where(step => step >= 0 && step <= Pause * usual).Average() : null;
    }

    /// <summary>A period that a board can keep.</summary>
    /// <param name="milliseconds">The period.</param>
    /// <param name="says">Begins the sentence of a refusal.</param>
    /// <exception cref="InputRefusedException">A board cannot keep it.</exception>
    internal static int Whole(double milliseconds, string says)
    {
        const double Tolerance = 0.02;
        double whole = Math.Max(1, Math.Round(milliseconds));
        if (whole > ModelFormat.MaxPeriodMs)
        {
            throw new InputRefusedException($"{says} {NumberText.Brief(milliseconds / 3_600_000)} h, and a board samples once an hour or more often; record at such a rate.");
        }

        return Math.Abs(whole - milliseconds) <= Tolerance * milliseconds
            ? (int)whole
            : throw new InputRefusedException(
                $"{says} {NumberText.Brief(milliseconds)} ms, and a board samples at whole milliseconds, 1 to {ModelFormat.MaxPeriodMs.ToString(CultureInfo.InvariantCulture)}; take every second row, or record at such a rate.");
    }
}
