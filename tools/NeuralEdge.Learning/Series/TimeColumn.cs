using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;
using NeuralEdge.Models;

namespace NeuralEdge.Learning.Series;

/// <summary>When each row of a table was measured.</summary>
internal sealed class TimeColumn
{
    private static readonly (string Word, double Milliseconds)[] Units =
    [
        ("microseconds", 0.001), ("micros", 0.001), ("us", 0.001),
        ("milliseconds", 1), ("millis", 1), ("ms", 1),
        ("seconds", 1000), ("sec", 1000), ("s", 1000),
    ];

    private TimeColumn(string name, Dictionary<string, double> timeOf)
    {
        Name = name;
        TimeOf = timeOf;
    }

    /// <summary>Its name.</summary>
    internal string Name { get; }

    /// <summary>Milliseconds of each row, by the row's place.</summary>
    internal Dictionary<string, double> TimeOf { get; }

    /// <summary>The column of times of a table: one whose name ends in a unit of time.</summary>
    /// <param name="table">The table.</param>
    /// <param name="others">Columns that are something else.</param>
    /// <returns>Null when there is none.</returns>
    internal static TimeColumn? Find(Table table, IReadOnlyCollection<string> others)
    {
        foreach (string column in table.Columns.Where(column => !others.Contains(column) && table.KindOf(column) == ColumnKind.Numbers))
        {
            string[] words = column.ToLowerInvariant().Split(' ', '_', '-', '(', ')', '[', ']', '.');
            double unit = Units.FirstOrDefault(known => words.Contains(known.Word)).Milliseconds;
            if (unit > 0)
            {
                double[] values = table.NumbersOrNaN(column);
                Dictionary<string, double> times = [];
                for (int r = 0; r < values.Length; r++)
                {
                    times[table.PlaceOf(r)] = values[r] * unit;
                }

                return new TimeColumn(column, times);
            }
        }

        return null;
    }

    /// <summary>The usual time from one row to the next, in whole milliseconds.</summary>
    /// <param name="table">Name of the table, for sentences.</param>
    /// <param name="steps">Milliseconds from each row to the next of its file.</param>
    /// <exception cref="InputRefusedException">It is no whole number of milliseconds, or none at all.</exception>
    internal static int PeriodOf(string table, IEnumerable<double> steps)
    {
        double[] sorted = [.. steps.Where(step => step > 0).Order()];
        return sorted.Length > 0
            ? Whole(sorted[sorted.Length / 2], $"{table} has a row every")
            : throw new InputRefusedException($"{table}: the times of its rows do not rise, so nobody knows how far apart they are; give --rate, in rows a second.");
    }

    /// <summary>A period that a board can keep.</summary>
    /// <param name="milliseconds">The period.</param>
    /// <param name="says">Begins the sentence of a refusal.</param>
    /// <exception cref="InputRefusedException">A board cannot keep it.</exception>
    internal static int Whole(double milliseconds, string says)
    {
        const double Tolerance = 0.02;
        double whole = Math.Max(1, Math.Round(milliseconds));
        return Math.Abs(whole - milliseconds) <= Tolerance * milliseconds && whole <= ModelFormat.MaxPeriodMs
            ? (int)whole
            : throw new InputRefusedException(
                $"{says} {NumberText.Brief(milliseconds)} ms, and a board samples at whole milliseconds, 1 to {ModelFormat.MaxPeriodMs.ToString(CultureInfo.InvariantCulture)}; take every second row, or record at such a rate.");
    }
}
