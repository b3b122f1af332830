using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data.Columns;
using NeuralEdge.Learning.Data.Files;

namespace NeuralEdge.Learning.Data;

/// <summary>
/// A CSV file as rows of trimmed texts under named columns. Commas, semicolons, tabs, bars and blanks are told apart;
/// a decimal comma is understood where the comma does not separate columns. Columns of hexadecimal numbers, or of numbers
/// with one unit, are numbers. Whatever cannot be read for certain is refused with its line and column.
/// </summary>
public sealed class Table
{
    /// <summary>The longest file that is read.</summary>
    public const int MaximumBytes = 64 * 1024 * 1024;

    private readonly string[][] _rows;
    private readonly int[] _lines;
    private readonly NumberColumn?[] _numbers;

    internal Table(string name, string[] columns, string[][] rows, int[] lines, bool decimalComma)
    {
        Name = name;
        Columns = columns;
        _rows = rows;
        _lines = lines;
        DecimalComma = decimalComma;
        _numbers = new NumberColumn?[columns.Length];
    }

    /// <summary>The file as the user named it.</summary>
    public string Name { get; }

    /// <summary>The column names, in the order of the file, no two alike.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>What was noticed on reading that a person should know, such as lines that were skipped.</summary>
    public IReadOnlyList<DataFinding> Findings { get; internal init; } = [];

    /// <summary>The first column when the file has no name for it, as for row numbers; it is called "column 1" then. Null otherwise.</summary>
    public string? NamelessColumn { get; internal init; }

    /// <summary>How many rows there are, the first line with the names not counted.</summary>
    public int RowCount => _rows.Length;

    /// <summary>True where a comma in a cell can only be a decimal comma.</summary>
    internal bool DecimalComma { get; }

    /// <summary>The file that each row is from; null when all are from one.</summary>
    internal string[]? Sources { get; init; }

    /// <summary>What a row is called: "row", or "sample" where a line of the file is a recording.</summary>
    internal string RowNoun { get; init; } = "row";

    /// <summary>Reads a file; one that gzip packed is unpacked.</summary>
    /// <param name="path">The file.</param>
    /// <param name="task">Told how much of it is read; may be null.</param>
    /// <exception cref="InputRefusedException">The file is not a table with named columns.</exception>
    public static Table Read(string path, LongTask? task = null)
    {
        return TableReader.Parse(TableBytes.ReadText(path, MaximumBytes), path, null, out _, task);
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

    /// <summary>Reads a file that may lack the line of names; see <see cref="ParseNamedOrNot"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">The columns of a table without names, in order.</param>
    /// <param name="named">True when the table names its columns itself.</param>
    /// <param name="task">Told how much of it is read; may be null.</param>
    /// <exception cref="InputRefusedException">The file is not a table, or has no names and other columns than those given.</exception>
    public static Table ReadNamedOrNot(string path, IReadOnlyList<string> columns, out bool named, LongTask? task = null)
    {
        return TableReader.Parse(TableBytes.ReadText(path, MaximumBytes), path, columns, out named, task);
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

    /// <summary>Where a row is, for sentences: "log.csv line 5".</summary>
    public string PlaceOf(int row)
    {
        return $"{Sources?[row] ?? Name} line {_lines[row]}";
    }

    /// <summary>The same where the sentence names the table already: "line 5", with the file before it when there are several.</summary>
    public string LineNameOf(int row)
    {
        return Sources is null ? $"line {_lines[row]}" : PlaceOf(row);
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
        double[] numbers = NumbersOrNaN(column);
        int missing = Array.FindIndex(numbers, double.IsNaN);
        return missing < 0 ? (double[])numbers.Clone() : throw MissingAt(missing, IndexOf(column));
    }

    /// <summary>A column of numbers, NaN where a cell has no value.</summary>
    /// <exception cref="InputRefusedException">No such column, or a cell of it is no usable number.</exception>
    internal double[] NumbersOrNaN(string column)
    {
        int c = IndexOf(column);
        NumberColumn numbers = ReadingOf(column);
        if (numbers.Odd.Length > 0)
        {
            string cell = _rows[numbers.Odd[0]][c];
            string hint = !DecimalComma && NumberText.TryParse(cell, true, out _)
                ? "is written with a comma in a file whose columns are separated by commas; write a decimal point"
                : "is not a number; correct it or remove the row";
            throw Refuse(numbers.Odd[0], c, $"{NumberText.Quote(cell)} {hint}.");
        }

        int pointRow = -1;
        int commaRow = -1;
        for (int r = 0; r < RowCount; r++)
        {
            string cell = _rows[r][c];
            if (Math.Abs(numbers.Values[r]) > NumberText.Largest)
            {
                string what = double.IsInfinity(numbers.Values[r]) && !cell.Any(char.IsAsciiDigit) ? "is infinite" : "is larger than 1e15 and cannot be a measurement";
                throw Refuse(r, c, $"{NumberText.Quote(cell)} {what}; correct it or remove the row.");
            }

            commaRow = cell.Contains(',', StringComparison.Ordinal) ? r : commaRow;
            pointRow = cell.Contains('.', StringComparison.Ordinal) ? r : pointRow;
            if (commaRow >= 0 && pointRow >= 0)
            {
                // One of the two groups thousands, and nothing says which: 1.234 and 1,234 differ by 1000.
                throw Refuse(r, c, $"is {NumberText.Quote(cell)}, but line {_lines[Math.Min(commaRow, pointRow)]} writes decimals the other way; use one of decimal point and decimal comma.");
            }
        }

        RequireNoThousands(c);
        return numbers.Values;
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
        NumberColumn numbers = ReadingOf(column);
        return numbers.Known == 0 ? ColumnKind.Empty : numbers.NumberLike * 2 >= numbers.Known ? ColumnKind.Numbers : ColumnKind.Texts;
    }

    /// <summary>A column read as numbers, whatever it holds.</summary>
    internal NumberColumn ReadingOf(string column)
    {
        int c = IndexOf(column);
        return _numbers[c] ??= NumberColumn.Read(Array.ConvertAll(_rows, row => row[c]), DecimalComma);
    }

    /// <summary>The rows that have, or have not, a text in a column; lines of the file stay what they were.</summary>
    /// <param name="column">The column.</param>
    /// <param name="text">The text.</param>
    /// <param name="has">True for those that have it.</param>
    /// <exception cref="InputRefusedException">There is no such column.</exception>
    public Table Where(string column, string text, bool has)
    {
        int c = IndexOf(column);
        int[] rows = [.. Enumerable.Range(0, RowCount).Where(r => string.Equals(_rows[r][c], text, StringComparison.Ordinal) == has)];
        return new Table(Name, [.. Columns], [.. rows.Select(r => _rows[r])], [.. rows.Select(r => _lines[r])], DecimalComma)
        {
            Findings = Findings,
            NamelessColumn = NamelessColumn,
            Sources = Sources is null ? null : [.. rows.Select(r => Sources[r])],
            RowNoun = RowNoun,
        };
    }

    /// <summary>The same table with one more column, whose cells are all alike.</summary>
    internal Table With(string column, string cell) => new(Name, [.. Columns, column], Array.ConvertAll(_rows, row => (string[])[.. row, cell]), _lines, DecimalComma) { Findings = Findings, NamelessColumn = NamelessColumn, Sources = Sources, RowNoun = RowNoun };

    /// <summary>Some of the rows, in the order given.</summary>
    internal Table Select(IReadOnlyList<int> rows) => new(Name, [.. Columns], [.. rows.Select(r => _rows[r])], [.. rows.Select(r => _lines[r])], DecimalComma)
    {
        Findings = Findings,
        NamelessColumn = NamelessColumn,
        Sources = Sources is null ? null : [.. rows.Select(r => Sources[r])],
        RowNoun = RowNoun,
    };

    /// <summary>The first rows alone.</summary>
    internal Table First(int rows) => new(Name, [.. Columns], _rows[..rows], _lines[..rows], DecimalComma) { Findings = Findings, NamelessColumn = NamelessColumn, Sources = Sources?[..rows], RowNoun = RowNoun };

    /// <summary>Some cells for a sentence, at most three, with their places: "x" in line 5.</summary>
    internal string Examples(IReadOnlyList<int> rows, string column)
    {
        int c = IndexOf(column);
        string[] places = [.. rows.Take(3).Select(r => $"{(_rows[r][c].Length == 0 ? "nothing" : NumberText.Quote(_rows[r][c]))} in {LineNameOf(r)}")];
        string rest = rows.Count > 3 ? $" and {rows.Count - 3} more" : string.Empty;
        return string.Join(", ", places) + rest;
    }

    // Where another column shows which of point and comma is the decimal one, the other may separate thousands: 1.020 beside 2,1.
    private void RequireNoThousands(int column)
    {
        if (!DecimalComma)
        {
            return;
        }

        foreach ((char mark, char other) in new[] { ('.', ','), (',', '.') })
        {
            int[] marked = [.. Enumerable.Range(0, RowCount).Where(r => _rows[r][column].Contains(mark, StringComparison.Ordinal))];
            if (marked.Length == 0 || !Array.TrueForAll(marked, r => Thousands.MayBe(_rows[r][column], mark)))
            {
                continue;
            }

            for (int c = 0; c < Columns.Count; c++)
            {
                int shows = c == column || KindOf(Columns[c]) != ColumnKind.Numbers ? -1
                    : Array.FindIndex(_rows, row => row[c].Contains(other, StringComparison.Ordinal) && !Thousands.MayBe(row[c], other));
                if (shows >= 0)
                {
                    string cell = _rows[marked[0]][column];
                    throw Refuse(
                        marked[0],
                        column,
                        $"{NumberText.Quote(cell)} may be {Thousands.Without(cell, mark)}, as {NumberText.Quote(_rows[shows][c])} in {NumberText.Quote(Columns[c])}, {LineNameOf(shows)}, suggests, or {cell.Replace(mark, other)}; write the column in one of these ways.");
                }
            }
        }
    }

    private InputRefusedException MissingAt(int row, int column)
    {
        string cell = _rows[row][column];
        string what = cell.Length == 0 ? "has no value" : $"{NumberText.Quote(cell)} stands for no value";
        return Refuse(row, column, $"{what}; fill it in or remove the row.");
    }

    private InputRefusedException Refuse(int row, int column, string rest)
    {
        return new InputRefusedException($"{PlaceOf(row)}, column {NumberText.Quote(Columns[column])}: {rest}");
    }
}
