using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data.Columns;

namespace NeuralEdge.Learning.Data;

/// <summary>Which columns are inputs.</summary>
internal static class ColumnChoice
{
    private const int MostToList = 8;
    private const string SameEverywhere = "is the same in every row";

    // What record writes beside counts; in ten recordings that begin at 0 its values repeat too often for a clock.
    private const string RecordedTime = "ms";

    /// <summary>Refuses columns that are asked for and not there, or for two things at once.</summary>
    /// <exception cref="InputRefusedException">Some are.</exception>
    internal static void Check(Table table, IReadOnlyList<string> targets, IReadOnlyList<string>? inputs, IReadOnlyList<string> ignore, IReadOnlyList<string> trust)
    {
        if (targets.Count == 0)
        {
            throw new InputRefusedException("No target column was named; name the column to learn with --target.");
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string target in targets)
        {
            table.IndexOf(target);
            if (!seen.Add(target))
            {
                throw new InputRefusedException($"The target column {NumberText.Quote(target)} was named twice; name it once.");
            }
        }

        foreach (string input in inputs ?? [])
        {
            table.IndexOf(input);
            if (!seen.Add(input))
            {
                throw new InputRefusedException($"The column {NumberText.Quote(input)} cannot be an input twice, nor an input and the target at once; name it once.");
            }
        }

        foreach (string column in ignore)
        {
            table.IndexOf(column);
            if (seen.Contains(column))
            {
                throw new InputRefusedException($"The column {NumberText.Quote(column)} cannot be ignored and be {(targets.Contains(column, StringComparer.Ordinal) ? "the target" : "an input")} too; name it once.");
            }
        }

        foreach (string column in trust)
        {
            table.IndexOf(column);
        }
    }

    /// <summary>All columns of measurements beside the targets.</summary>
    /// <param name="table">The table.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="ignore">Columns that are none by request.</param>
    /// <param name="measured">Columns that hold measurements, even if they only rise or only fall.</param>
    /// <param name="findings">Told of every other column that is left out.</param>
    /// <exception cref="InputRefusedException">A column is text in some cells, or none is left.</exception>
    internal static string[] Choose(Table table, IReadOnlyList<string> targets, IReadOnlyList<string> ignore, IReadOnlyList<string> measured, List<DataFinding> findings)
    {
        List<string> chosen = [];
        List<(string Column, string Why, bool Usable)> left = [];
        foreach (string column in table.Columns)
        {
            if (targets.Contains(column, StringComparer.Ordinal) || ignore.Contains(column, StringComparer.Ordinal))
            {
                continue;
            }

            (string? why, bool usable) = column == RecordedTime && table.Columns.Any(other => IsRecorded(table, other)) ? ("is the time of recording", true) : WhyNot(table, column, measured.Contains(column, StringComparer.Ordinal), IsRecorded(table, column));
            if (why is null)
            {
                chosen.Add(column);
            }
            else
            {
                left.Add((column, why, usable));
            }
        }

        if (chosen.Count == 0)
        {
            if (left.Exists(l => l.Why == SameEverywhere))
            {
                throw new InputRefusedException("No input column ever changes, so that nothing can be learned from them; record samples with different sensor values.");
            }

            (string Column, string Why, bool Usable) counting = left.Find(l => l.Usable);
            throw new InputRefusedException(counting.Column is null
                ? $"{table.Name} has no column of numbers beside the target to learn from; add the sensor values."
                : $"{table.Name} has nothing to learn from: column {NumberText.Quote(counting.Column)} {counting.Why.TrimEnd(',')}; if it is what a sensor reads, say so with --inputs {ColumnList.Write([counting.Column])}.");
        }

        foreach ((string column, string why, bool usable) in left)
        {
            findings.Add(new DataFinding(DataFindingKind.LeftOutColumn, $"Column {NumberText.Quote(column)} {why} and is not used as an input{new Way(usable ? WayBack(table, column, chosen) : "", "")}.") { Column = column });
        }

        return [.. chosen];
    }

    /// <summary>Refuses a column that is numbers, but not in all cells that hold something.</summary>
    /// <exception cref="InputRefusedException">It is; the sentence has the first three places.</exception>
    internal static void RequireNumbers(Table table, string column, string otherwise)
    {
        NumberColumn numbers = table.ReadingOf(column);
        if (numbers.Odd.Length > 0)
        {
            string spelling = numbers.Spelling switch
            {
                NumberSpelling.Hexadecimal => "hexadecimal numbers",
                NumberSpelling.WithUnit => $"numbers of {NumberText.Quote(numbers.Unit)}",
                _ => "numbers",
            };
            int first = numbers.Odd[0];
            if (!table.DecimalComma && numbers.Spelling == NumberSpelling.Plain && NumberText.TryParse(table.TextAt(first, table.IndexOf(column)), true, out _))
            {
                table.NumbersOrNaN(column);
            }

            throw new InputRefusedException(
                $"{table.PlaceOf(first)}, column {NumberText.Quote(column)}: {NumberText.Quote(table.TextAt(first, table.IndexOf(column)))} is not a number like the others; the column holds {spelling} apart from {table.Examples(numbers.Odd, column)}: correct them{otherwise}.");
        }
    }

    // What record writes: the counts of ADC channels, behind the time.
    private static bool IsRecorded(Table table, string column) =>
        table.Columns.Contains(RecordedTime, StringComparer.Ordinal) && column.StartsWith("adc", StringComparison.Ordinal) && column.Length > 3 && column.AsSpan(3).IndexOfAnyExceptInRange('0', '9') < 0;

    private static (string? Why, bool Usable) WhyNot(Table table, string column, bool isAskedFor, bool isRecorded)
    {
        if (column == table.NamelessColumn)
        {
            return (column == "Unnamed: 0" ? "is a row number that pandas wrote" : "has no name in the file, as row numbers have none,", true);
        }

        NumberColumn numbers = table.ReadingOf(column);
        switch (table.KindOf(column))
        {
            case ColumnKind.Empty:
                return ("is empty", false);
            case ColumnKind.Texts:
                int c = table.IndexOf(column);
                string[] texts = [.. Enumerable.Range(0, table.RowCount).Select(r => table.TextAt(r, c)).Where(cell => !NumberText.IsMissing(cell))];
                return (TextColumn.Describe(texts), false);
            default:
                RequireNumbers(table, column, $", or leave the column out with --ignore {ColumnList.Write([column])}");
                double[] known = Array.FindAll(numbers.Values, value => !double.IsNaN(value));

                // The network would not look at it, and whatever it reads later would be unlike the training.
                if (!isAskedFor && known.Length > 1 && Array.TrueForAll(known, value => value == known[0]))
                {
                    return (SameEverywhere, true);
                }

                string? counts = isAskedFor || isRecorded ? null : CountingColumn.Of(known) switch
                {
                    CountingKind.RowNumber => "goes by the same step from row to row, like a row number or a clock,",
                    CountingKind.Monotonic => "only rises or only falls, like a clock or a counter,",
                    CountingKind.Restarting => "rises and starts again, like a clock or a counter,",
                    CountingKind.ShuffledRowNumber => "holds every whole number once, like a row number,",
                    _ => ColumnOfTime.IsOfShortRecordings(column, numbers.Values) ? "rises and starts again, like the clock of short recordings," : null,
                };
                return (counts, true);
        }
    }

    private static string WayBack(Table table, string column, List<string> chosen)
    {
        if (chosen.Count >= MostToList)
        {
            return "; to use it, name all inputs with --inputs";
        }

        return $"; to use it: --inputs {ColumnList.Write(table.Columns.Where(c => c == column || chosen.Contains(c)))}";
    }
}
