using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Data;

/// <summary>Rows below a table that are none: spreadsheets and loggers write the mean or the total there.</summary>
internal static class SummaryRows
{
    private const int MostRows = 8;

    private static readonly string[] Words =
        ["mean", "average", "avg", "total", "grand total", "sum", "count", "min", "minimum", "max", "maximum", "median", "std", "stdev"];

    /// <summary>The table without them.</summary>
    /// <param name="table">The table.</param>
    /// <param name="targets">Columns in which such a word may be a label.</param>
    /// <param name="findings">Told of each row that is left out.</param>
    internal static Table LeaveOut(Table table, IReadOnlyList<string> targets, List<DataFinding> findings)
    {
        int[] columns = [.. Enumerable.Range(0, table.Columns.Count).Where(c => !targets.Contains(table.Columns[c], StringComparer.Ordinal))];
        int first = table.RowCount;
        while (first > 1 && table.RowCount - first < MostRows && columns.Any(c => IsWord(table.TextAt(first - 1, c))))
        {
            first--;
        }

        // A word that stands further up as well means something else.
        int[] rows = [.. Enumerable.Range(first, table.RowCount - first)];
        int[] named = [.. columns.Where(c => Array.Exists(rows, r => IsWord(table.TextAt(r, c))) && !Enumerable.Range(0, first).Any(r => IsWord(table.TextAt(r, c))))];
        if (rows.Length == 0 || !Array.TrueForAll(rows, r => named.Any(c => IsWord(table.TextAt(r, c)))))
        {
            return table;
        }

        foreach (int r in rows)
        {
            int c = named.First(c => IsWord(table.TextAt(r, c)));
            findings.Add(new DataFinding(
                DataFindingKind.SkippedLine,
                $"{table.PlaceOf(r)} has {NumberText.Quote(table.TextAt(r, c))} in {NumberText.Quote(table.Columns[c])}, as a summary below a table has, and is no row.") { Rows = 1 });
        }

        return table.First(first);
    }

    private static bool IsWord(string cell) => Words.Contains(cell.TrimEnd(':'), StringComparer.OrdinalIgnoreCase);
}
