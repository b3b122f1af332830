using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Series;

/// <summary>
/// A table with a recording in each row, its samples side by side in columns such as x0 to x89, y0 to y89: as a table of samples that
/// follow each other.
/// </summary>
internal static class WideTable
{
    // What is fewer may be x1, x2, x3 of something else.
    private const int FewestSamples = 4;

    /// <summary>Whether a table has samples side by side of all of some channels.</summary>
    /// <param name="table">The table.</param>
    /// <param name="channels">Their names.</param>
    /// <exception cref="InputRefusedException">It has all but a few of the samples of one.</exception>
    internal static bool Holds(Table table, IEnumerable<string> channels) => !channels.Except(Channels(table, []).Select(channel => channel.Name)).Any();

    /// <summary>Writes the samples of each row below each other.</summary>
    /// <param name="table">The table.</param>
    /// <param name="targets">The columns to predict.</param>
    /// <param name="samples">Samples of a row.</param>
    /// <param name="only">The channels that are wanted; null: all.</param>
    /// <returns>A row for each sample, with the line of the row that it is from; columns of the channels, and the targets. Others are left out.</returns>
    /// <exception cref="InputRefusedException">There are no such columns, or not as many of each channel.</exception>
    internal static Table Unfold(Table table, IReadOnlyCollection<string> targets, out int samples, IReadOnlyCollection<string>? only = null)
    {
        (string Name, int[] Columns)[] channels = [.. Channels(table, targets).Where(channel => only?.Contains(channel.Name) != false)];
        if (channels.Length == 0)
        {
            throw new InputRefusedException($"{table.Name} has no columns of samples, such as x0 to x89 and y0 to y89, at least {FewestSamples} of a channel; give --window as a time where each row is a sample.");
        }

        samples = channels[0].Columns.Length;
        if (Array.Find(channels, channel => channel.Columns.Length != channels[0].Columns.Length) is { Name: string other, Columns: int[] columns })
        {
            throw new InputRefusedException($"{table.Name} has {samples} samples of {NumberText.Quote(channels[0].Name)} in a row, and {columns.Length} of {NumberText.Quote(other)}; a recording has as many of each.");
        }

        HashSet<int> used = [.. channels.SelectMany(channel => channel.Columns)];
        int[] kept = [.. targets.Select(table.IndexOf)];
        string[] left = [.. Enumerable.Range(0, table.Columns.Count).Where(c => !used.Contains(c) && !kept.Contains(c)).Select(c => NumberText.Quote(table.Columns[c]))];
        List<string[]> rows = [];
        List<int> lines = [];
        List<string> sources = [];
        for (int r = 0; r < table.RowCount; r++)
        {
            for (int s = 0; s < samples; s++)
            {
                rows.Add([.. channels.Select(channel => table.TextAt(r, channel.Columns[s])), .. kept.Select(c => table.TextAt(r, c))]);
                lines.Add(table.LineOf(r));
                sources.Add(table.Sources?[r] ?? table.Name);
            }
        }

        return new Table(table.Name, [.. channels.Select(channel => channel.Name), .. kept.Select(c => table.Columns[c])], [.. rows], [.. lines], table.DecimalComma)
        {
            Findings =
            [
                .. table.Findings,
                new DataFinding(DataFindingKind.Windows, $"Each row is a recording of {samples} samples of {string.Join(", ", channels.Select(channel => channel.Name))}{(left.Length == 0 ? "" : $"; {string.Join(", ", left)} {(left.Length == 1 ? "is no sample and is" : "are no samples and are")} left out")}."),
            ],
            Sources = table.Sources is null ? null : [.. sources],
            RowNoun = "sample",
        };
    }

    // Columns of one name and rising numbers, one after the other from 0 or 1.
    private static IEnumerable<(string Name, int[] Columns)> Channels(Table table, IReadOnlyCollection<string> others)
    {
        foreach (IGrouping<string, (string Name, int Number, int Column)> channel in Enumerable.Range(0, table.Columns.Count)
            .Where(c => !others.Contains(table.Columns[c]))
            .Select(c => Split(table.Columns[c], c))
            .Where(part => part.Number >= 0)
            .GroupBy(part => part.Name))
        {
            (string Name, int Number, int Column)[] parts = [.. channel.OrderBy(part => part.Number)];
            if (parts.Length >= FewestSamples && parts[0].Number <= 1 && FirstMissing(parts) is int missing)
            {
                throw new InputRefusedException($"{table.Name} has columns {NumberText.Quote(table.Columns[parts[0].Column])} to {NumberText.Quote(table.Columns[parts[^1].Column])} and none numbered {missing}; a recording has every sample: add it, or leave these columns out of the table.");
            }

            if (parts.Length >= FewestSamples && parts[0].Number <= 1 && parts.Select((part, i) => part.Number - i).Distinct().Count() == 1)
            {
                yield return (channel.Key, [.. parts.Select(part => part.Column)]);
            }
        }
    }

    // Where most numbers up to the last are there; x1, x5 and x20 are something else.
    private static int? FirstMissing((string Name, int Number, int Column)[] parts)
    {
        HashSet<int> numbers = [.. parts.Select(part => part.Number)];
        int span = parts[^1].Number - parts[0].Number + 1;
        return numbers.Count == parts.Length && numbers.Count < span && 2 * numbers.Count > span
            ? Enumerable.Range(parts[0].Number, span).First(number => !numbers.Contains(number))
            : null;
    }

    private static (string Name, int Number, int Column) Split(string column, int index)
    {
        int digits = column.Reverse().TakeWhile(char.IsAsciiDigit).Count();
        bool isNumber = int.TryParse(column.AsSpan(column.Length - digits), NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        string name = column[..^digits].TrimEnd('_', ' ', '-', '.');
        return (name.Length > 0 ? name : "sample", isNumber ? number : -1, index);
    }
}
