using CsvHelper;
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

    private const int MaximumColumns = 1000;
    private const int MaximumCells = 20_000_000;
    private const int LongestCell = 10_000;

    private readonly string[][] _rows;
    private readonly int[] _lines;
    private readonly bool _decimalComma;

    private Table(string name, string[] columns, string[][] rows, int[] lines, bool decimalComma)
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
        return Parse(text, name, null, out _);
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
        return Parse(text, name, columns, out named);
    }

    private static Table Parse(string text, string name, IReadOnlyList<string>? unnamed, out bool named)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new InputRefusedException($"{name} is empty; give it a first line of column names and one line per sample.");
        }

        List<string[]> records = [];
        List<int> lines = [];
        char separator = ReadRecords(text, name, records, lines);
        if (records.Count == 0)
        {
            throw new InputRefusedException($"{name} is empty; give it a first line of column names and one line per sample.");
        }

        int width = CutEmptyLastColumns(records);
        named = unnamed is null || !Array.TrueForAll(records[0], cell => NumberText.TryParse(cell, separator != ',', out _));
        if (!named)
        {
            if (width != unnamed!.Count)
            {
                throw new InputRefusedException(
                    $"{name} has no line of names, and its line {lines[0]} has {Count(width, "value")} instead of {unnamed.Count} ({string.Join(", ", unnamed)}); give those, or name the columns.");
            }

            records.Insert(0, [.. unnamed]);
            lines.Insert(0, 0);
        }
        else
        {
            CheckColumns(records[0], name, lines[0]);
        }

        return FromRecords(records, lines, width, name, separator);
    }

    private static Table FromRecords(List<string[]> records, List<int> lines, int width, string name, char separator)
    {
        for (int r = 1; r < records.Count; r++)
        {
            if (records[r].Length != width)
            {
                throw new InputRefusedException(
                    $"{name} line {lines[r]} has {Count(records[r].Length, "value")}, but the first line {(lines[0] == 0 ? "has" : "names")} {Count(width, "column")}; correct that line.");
            }
        }

        if (records.Count == 1)
        {
            throw new InputRefusedException($"{name} has column names but no rows; add one line per sample.");
        }

        return new Table(name, records[0], [.. records.Skip(1)], [.. lines.Skip(1)], separator != ',');
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

    private static char ReadRecords(string text, string name, List<string[]> records, List<int> lines)
    {
        CsvReaderOptions options = new()
        {
            HasHeader = false,
            TrackLineNumbers = true,
            TrimWhitespace = true,
            PoolStrings = true,
            OnMalformedRecord = record => throw new InputRefusedException(
                $"{name} line {record.LineNumber} {Describe(record.Reason)}; correct the quotes there."),
        };
        long cells = 0;
        try
        {
            using CsvReader reader = CsvReader.FromText(text, options);
            while (reader.Read())
            {
                int line = (int)reader.LineNumber;
                int count = reader.FieldCount;
                cells += count;
                if (cells > MaximumCells || (records.Count == 0 && count > MaximumColumns))
                {
                    throw new InputRefusedException(
                        $"{name} line {line}: the table has more than {MaximumColumns} columns or {MaximumCells} values, the most this program reads; give it a smaller file.");
                }

                string[] record = new string[count];
                for (int c = 0; c < count; c++)
                {
                    record[c] = reader.GetString(c).Trim();
                    if (record[c].Length > LongestCell)
                    {
                        throw new InputRefusedException(
                            $"{name} line {line} has a value of more than {LongestCell} characters in column {c + 1}; this is not a table of measurements.");
                    }
                }

                // Spreadsheets leave lines of separators below the last row.
                if (!Array.TrueForAll(record, cell => cell.Length == 0))
                {
                    records.Add(record);
                    lines.Add(line);
                }
            }

            return reader.Separator;
        }
        catch (CsvFormatException e)
        {
            throw new InputRefusedException($"{name} line {e.LineNumber} cannot be read as a row of a table; correct the quotes there.", e);
        }
    }

    private static string Describe(CsvMalformedReason reason)
    {
        return reason switch
        {
            CsvMalformedReason.StrayQuote => "has a quote (\") in the middle of a value",
            CsvMalformedReason.TextAfterClosingQuote => "has text after a closing quote (\")",
            CsvMalformedReason.UnterminatedQuote => "opens a quote (\") that is never closed",
            _ => "is not well formed",
        };
    }

    /// <summary>
    /// Loggers end lines with a delimiter. A last column without name and without any value is none; nor are
    /// empty values beyond the last name.
    /// </summary>
    private static int CutEmptyLastColumns(List<string[]> records)
    {
        int width = records[0].Length;
        while (width > 1 && records.TrueForAll(r => r.Length < width || r[width - 1].Length == 0))
        {
            width--;
        }

        for (int r = 0; r < records.Count; r++)
        {
            string[] record = records[r];
            int length = record.Length;
            while (length > width && record[length - 1].Length == 0)
            {
                length--;
            }

            if (length != record.Length)
            {
                records[r] = record[..length];
            }
        }

        return width;
    }

    private static void CheckColumns(string[] columns, string name, int line)
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        for (int c = 0; c < columns.Length; c++)
        {
            if (columns[c].Length == 0)
            {
                throw new InputRefusedException($"{name} line {line} has no name for column {c + 1}; give every column a name.");
            }

            if (NumberText.TryParse(columns[c], true, out _))
            {
                throw new InputRefusedException(
                    $"{name} line {line} should name the columns, but its column {c + 1} is the number {columns[c]}; put a line of names first.");
            }

            if (!seen.TryAdd(columns[c], c))
            {
                throw new InputRefusedException(
                    $"{name} line {line} names columns {seen[columns[c]] + 1} and {c + 1} both {NumberText.Quote(columns[c])}; rename one of them.");
            }
        }
    }

    private static string Count(int count, string what)
    {
        return count == 1 ? $"1 {what}" : $"{count} {what}s";
    }
}
