using System.Globalization;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data.Columns;

namespace NeuralEdge.Learning.Data;

/// <summary>Which cells of the columns used have no value, and what becomes of their rows.</summary>
internal sealed class MissingValues
{
    private const double ManyRows = 0.2;

    private readonly Table _table;
    private readonly bool[][] _missing;
    private readonly string[] _columns;

    /// <summary>Looks at columns.</summary>
    /// <param name="table">The table.</param>
    /// <param name="numbers">The numbers of each column, by name; NaN where there is none.</param>
    /// <param name="label">The column of labels, in which only texts are looked at; null for none.</param>
    internal MissingValues(Table table, IReadOnlyList<(string Column, double[] Values)> numbers, string? label)
    {
        _table = table;
        _columns = [.. numbers.Select(n => n.Column), .. label is null ? Array.Empty<string>() : [label]];
        List<bool[]> missing = [.. numbers.Select(n => Array.ConvertAll(n.Values, double.IsNaN))];
        if (label is not null)
        {
            int c = table.IndexOf(label);
            missing.Add([.. Enumerable.Range(0, table.RowCount).Select(r => IsMissingLabel(table.TextAt(r, c)))]);
        }

        _missing = [.. missing];
    }

    /// <summary>True for a cell that is no label; "none" is one.</summary>
    internal static bool IsMissingLabel(string cell) => NumberText.IsMissing(cell) && !string.Equals(cell, "none", StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes the values that stand for "no reading" missing ones.</summary>
    /// <param name="table">The table, for the sentence's sake.</param>
    /// <param name="numbers">Columns and their numbers; changed.</param>
    /// <param name="sentinels">The values, by column.</param>
    /// <param name="findings">Told of each value and its rows.</param>
    internal static void Clear(
        Table table, IReadOnlyList<(string Column, double[] Values)> numbers, IReadOnlyDictionary<string, double[]> sentinels, List<DataFinding> findings)
    {
        foreach ((string column, double[] values) in numbers)
        {
            foreach (double sentinel in sentinels.GetValueOrDefault(column) ?? [])
            {
                int[] rows = [.. Enumerable.Range(0, values.Length).Where(r => values[r] == sentinel)];
                if (rows.Length == 0)
                {
                    continue;
                }

                foreach (int r in rows)
                {
                    values[r] = double.NaN;
                }

                double[] rest = [.. values.Where(v => !double.IsNaN(v) && !sentinels[column].Contains(v))];
                string others = rest.Length == 0 ? string.Empty : $" ({NumberText.Brief(rest.Min())} to {NumberText.Brief(rest.Max())})";
                findings.Add(new DataFinding(
                    DataFindingKind.Sentinel,
                    $"{sentinel} in {NumberText.Count(rows.Length, table.RowNoun)} of {NumberText.Quote(column)}, first in {table.LineNameOf(rows[0])}, is far from all other values{others} and is taken for \"no reading\"; {new Way($"if a sensor reads that, use --trust {ColumnList.Write([column])}", "if a sensor does read that, tick \"every number is a reading\" under More")}.")
                {
                    Column = column,
                    Rows = rows.Length,
                });
            }
        }
    }

    /// <summary>The rows that can be used, and the cells of them to be filled.</summary>
    /// <param name="rule">What becomes of rows with a missing value.</param>
    /// <param name="inputs">How many of the columns, from the first on, are inputs; only those can be filled.</param>
    /// <param name="findings">Told of the rows.</param>
    /// <exception cref="InputRefusedException">They are refused, or none is left.</exception>
    internal int[] Resolve(MissingRule rule, int inputs, List<DataFinding> findings)
    {
        int[] all = [.. Enumerable.Range(0, _table.RowCount)];
        int[] incomplete = Array.FindAll(all, r => Array.Exists(_missing, column => column[r]));
        if (incomplete.Length == 0)
        {
            return all;
        }

        if (rule == MissingRule.Refuse)
        {
            throw Refusal(incomplete);
        }

        bool Lost(int r) => rule == MissingRule.Drop ? Array.Exists(_missing, column => column[r]) : Array.Exists(_missing[inputs..], column => column[r]);
        int[] kept = Array.FindAll(all, r => !Lost(r));
        int most = Enumerable.Range(0, _columns.Length).MaxBy(c => CountOf(c, all));
        string ignore = most < inputs ? $"--ignore {ColumnList.Write([_columns[most]])}" : string.Empty;
        if (kept.Length == 0)
        {
            throw InputRefusedException.For($"{_table.Name} has no row with a value in all of {Some(all)}; fill them in{(ignore.Length > 0 ? new Way(", or leave the column out that lacks the most with " + ignore, $", or untick the column that lacks the most, {NumberText.Quote(_columns[most])}") : default)}.");
        }

        int[] lost = Array.FindAll(all, Lost);
        if (lost.Length > 0)
        {
            Way keep = ignore.Length > 0 && CountOf(most, all) > ManyRows * all.Length ? new($"; {ignore} keeps most of them", $"; without the column {NumberText.Quote(_columns[most])} most of them stay: untick it")
                : rule == MissingRule.Drop ? new("; see --missing", "; under More they can be filled in") : default;
            findings.Add(new DataFinding(
                DataFindingKind.MissingValues, $"{lost.Length} of {NumberText.Count(all.Length, _table.RowNoun)} {(lost.Length == 1 ? "has" : "have")} no value in {Some(lost)} and {(lost.Length == 1 ? "is" : "are")} left out{keep}.")
            {
                Rows = lost.Length,
            });
        }

        int[] filled = [.. kept.Where(r => Array.Exists(_missing[..inputs], column => column[r]))];
        if (filled.Length > 0)
        {
            findings.Add(new DataFinding(
                DataFindingKind.MissingValues,
                $"{filled.Length} of {NumberText.Count(all.Length, _table.RowNoun)} {(filled.Length == 1 ? "has" : "have")} no value in {Some(filled)}; the network learns from them with the median of the rows trained on, and is not judged by them: a board has no median, it takes whatever a failed sensor reads.")
            {
                Rows = filled.Length,
            });
        }

        return kept;
    }

    /// <summary>Rows of inputs with medians in place of missing ones.</summary>
    /// <param name="inputs">Inputs[row][input]; not changed.</param>
    /// <param name="filled">Filled[row][input]: true where a median is to stand.</param>
    internal static double[][] WithMedians(double[][] inputs, bool[][] filled)
    {
        double[][] rows = Array.ConvertAll(inputs, row => (double[])row.Clone());
        for (int i = 0; rows.Length > 0 && i < rows[0].Length; i++)
        {
            double[] known = [.. Enumerable.Range(0, rows.Length).Where(r => !filled[r][i]).Select(r => rows[r][i]).Order()];
            if (known.Length == 0)
            {
                // None of these rows has a value: what stood there, the median of more rows, stays.
                continue;
            }

            double median = (known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2;
            for (int r = 0; r < rows.Length; r++)
            {
                rows[r][i] = filled[r][i] ? median : rows[r][i];
            }
        }

        return rows;
    }

    private InputRefusedException Refusal(int[] incomplete)
    {
        List<string> places = [];
        foreach (int r in incomplete)
        {
            for (int c = 0; c < _columns.Length && places.Count < 3; c++)
            {
                if (_missing[c][r])
                {
                    string cell = _table.TextAt(r, _table.IndexOf(_columns[c]));
                    string what = cell.Length == 0 ? "has no value" : $"{NumberText.Quote(cell)} stands for no value";
                    places.Add($"{(places.Count == 0 ? _table.PlaceOf(r) : _table.LineNameOf(r))}, column {NumberText.Quote(_columns[c])}: {what}");
                }
            }
        }

        return new InputRefusedException(
            $"{string.Join("; ", places)} ({NumberText.Count(incomplete.Length, _table.RowNoun)} in all); fill it in or remove the row, or use --missing drop.");
    }

    private int CountOf(int column, int[] rows) => rows.Count(r => _missing[column][r]);

    private string Some(int[] rows)
    {
        const int Listed = 5;
        string[] columns = [.. Enumerable.Range(0, _columns.Length).Where(c => CountOf(c, rows) > 0).OrderByDescending(c => CountOf(c, rows)).Select(c => $"{NumberText.Quote(_columns[c])} ({CountOf(c, rows)})")];
        return string.Join(", ", columns.Take(Listed)) + (columns.Length > Listed ? $" and {columns.Length - Listed} more columns" : string.Empty);
    }
}
