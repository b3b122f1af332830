using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Data;

/// <summary>
/// A CSV file as rows of trimmed texts under named columns. Commas, semicolons, tabs and bars are told apart;
/// a decimal comma is understood where the comma does not separate columns. Whatever cannot be read for
/// certain is refused with its line and column.
/// </summary>
public sealed class Table
{
    /// <summary>The longest file that is read.</summary>
    public const int MaximumBytes = 64 * 1024 * 1024;

    private readonly string[][] _rows;
    private readonly int[] _lines;
    private readonly bool _decimalComma;

    internal Table(string name, string[] columns, string[][] rows, int[] lines, bool decimalComma)
    {
        Name = name;
        Columns = columns;
        _rows = rows;
        _lines = lines;
        _decimalComma = decimalComma;
    }

    /// <summary>The file as the user named it.</summary>
    public string Name { get; }

    /// <summary>The column names, in the order of the file, no two alike.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>How many rows there are, the first line with the names not counted.</summary>
    public int RowCount => _rows.Length;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputRefusedException">The file is not a table with named columns.</exception>
    public static Table Read(string path)
    {
        return Parse(TextFile.Read(path, MaximumBytes), path);
    }

    /// <summary>Reads a table from text.</summary>
    /// <param name="text">The whole text, without a byte-order mark.</param>
    /// <param name="name">What the sentences of refusals call it.</param>
    /// <exception cref="InputRefusedException">The text is not a table with named columns.</exception>
    public static Table Parse(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TableReader.Parse(text, name, null, out _);
    }

    /// <summary>Reads a table that may lack the line of names: when its first line is all numbers, it is a row.</summary>
    /// <param name="text">The whole text, without a byte-order mark.</param>
    /// <param name="name">What the sentences of refusals call it.</param>
    /// <param name="columns">The columns of a table without names, in order.</param>
    /// <param name="named">True when the table names its columns itself.</param>
    /// <exception cref="InputRefusedException">The text is not a table, or has no names and other columns than those given.</exception>
    public static Table ParseNamedOrNot(string text, string name, IReadOnlyList<string> columns, out bool named)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(columns);
        return TableReader.Parse(text, name, columns, out named);
    }

    /// <summary>True when there is a column of exactly that name.</summary>
    public bool Has(string column)
    {
        return Columns.Contains(column, StringComparer.Ordinal);
    }

    /// <summary>The position of a column.</summary>
    /// <exception cref="InputRefusedException">There is none of that name; the sentence lists those there are.</exception>
    public int IndexOf(string column)
    {
        for (int c = 0; c < Columns.Count; c++)
        {
            if (string.Equals(Columns[c], column, StringComparison.Ordinal))
            {
                return c;
            }
        }

        const int Listed = 20;
        string names = string.Join(", ", Columns.Take(Listed)) + (Columns.Count > Listed ? ", ..." : string.Empty);
        throw new InputRefusedException($"{Name} has no column {NumberText.Quote(column)}; its columns are {names}.");
    }

    /// <summary>The line of the file a row begins on, as an editor counts: the first is 1.</summary>
    public int LineOf(int row)
    {
        return _lines[row];
    }

    /// <summary>A cell as trimmed text, empty when the file has nothing there.</summary>
    public string TextAt(int row, int column)
    {
        return _rows[row][column];
    }

    /// <summary>A column of texts, such as class labels.</summary>
    /// <exception cref="InputRefusedException">No such column, or a cell of it holds no value.</exception>
    public string[] Texts(string column)
    {
        int c = IndexOf(column);
        string[] texts = new string[RowCount];
        for (int r = 0; r < texts.Length; r++)
        {
            texts[r] = _rows[r][c];
            if (NumberText.IsMissing(texts[r]))
            {
                throw MissingAt(r, c);
            }
        }

        return texts;
    }

    /// <summary>A column of numbers.</summary>
    /// <exception cref="InputRefusedException">No such column, or a cell of it is missing or no usable number.</exception>
    public double[] Numbers(string column)
    {
        int c = IndexOf(column);
        double[] numbers = new double[RowCount];
        int pointRow = -1;
        int commaRow = -1;
        for (int r = 0; r < numbers.Length; r++)
        {
            string cell = _rows[r][c];
            numbers[r] = NumberAt(r, c);
            if (cell.Contains(',', StringComparison.Ordinal))
            {
                commaRow = r;
            }
            else if (cell.Contains('.', StringComparison.Ordinal))
            {
                pointRow = r;
            }

            if (commaRow >= 0 && pointRow >= 0)
            {
                // One of the two groups thousands, and nothing says which: 1.234 and 1,234 differ by 1000.
                throw Refuse(r, c, $"is {NumberText.Quote(cell)}, but line {_lines[Math.Min(commaRow, pointRow)]} writes decimals the other way; use one of decimal point and decimal comma.");
            }
        }

        return numbers;
    }

    /// <summary>Rows of numbers: the chosen columns, in the order given.</summary>
    /// <exception cref="InputRefusedException">As <see cref="Numbers"/>.</exception>
    public double[][] Matrix(IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        double[][] rows = new double[RowCount][];
        for (int r = 0; r < rows.Length; r++)
        {
            rows[r] = new double[columns.Count];
        }

        for (int c = 0; c < columns.Count; c++)
        {
            double[] column = Numbers(columns[c]);
            for (int r = 0; r < rows.Length; r++)
            {
                rows[r][c] = column[r];
            }
        }

        return rows;
    }

    /// <summary>What a column holds, judged by the most of its cells.</summary>
    public ColumnKind KindOf(string column)
    {
        int c = IndexOf(column);
        int numbers = 0;
        int texts = 0;
        foreach (string[] row in _rows)
        {
            if (NumberText.IsMissing(row[c]))
            {
                continue;
            }

            if (NumberText.TryParse(row[c], _decimalComma, out _))
            {
                numbers++;
            }
            else
            {
                texts++;
            }
        }

        return numbers == 0 && texts == 0 ? ColumnKind.Empty : numbers >= texts ? ColumnKind.Numbers : ColumnKind.Texts;
    }

    /// <summary>The same table without the rows that have no value in one of the given columns.</summary>
    /// <exception cref="InputRefusedException">No such column, or no row is left.</exception>
    public Table WithoutMissing(IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        int[] indices = [.. columns.Select(IndexOf)];
        int[] kept = [.. Enumerable.Range(0, RowCount).Where(r => Array.TrueForAll(indices, c => !NumberText.IsMissing(_rows[r][c])))];
        if (kept.Length == 0)
        {
            throw new InputRefusedException($"{Name} has no row with a value in all of {string.Join(", ", columns)}; fill in the missing values.");
        }

        return new Table(Name, [.. Columns], [.. kept.Select(r => _rows[r])], [.. kept.Select(r => _lines[r])], _decimalComma);
    }

    private double NumberAt(int row, int column)
    {
        string cell = _rows[row][column];
        if (NumberText.IsMissing(cell))
        {
            throw MissingAt(row, column);
        }

        if (!NumberText.TryParse(cell, _decimalComma, out double value))
        {
            string hint = !_decimalComma && NumberText.TryParse(cell, true, out _)
                ? "is written with a comma in a file whose columns are separated by commas; write a decimal point"
                : "is not a number; correct it or remove the row";
            throw Refuse(row, column, $"{NumberText.Quote(cell)} {hint}.");
        }

        if (Math.Abs(value) > NumberText.Largest)
        {
            string what = double.IsInfinity(value) && !cell.Any(char.IsAsciiDigit) ? "is infinite" : "is larger than 1e15 and cannot be a measurement";
            throw Refuse(row, column, $"{NumberText.Quote(cell)} {what}; correct it or remove the row.");
        }

        return value;
    }

    private InputRefusedException MissingAt(int row, int column)
    {
        string cell = _rows[row][column];
        string what = cell.Length == 0 ? "has no value" : $"{NumberText.Quote(cell)} stands for no value";
        return Refuse(row, column, $"{what}; fill it in or remove the row.");
    }

    private InputRefusedException Refuse(int row, int column, string rest)
    {
        return new InputRefusedException($"{Name} line {_lines[row]}, column {NumberText.Quote(Columns[column])}: {rest}");
    }
}
