using CsvHelper;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Data.Files;

namespace NeuralEdge.Learning.Data;

/// <summary>Makes a <see cref="Table"/> of CSV text; whatever cannot be read for certain is refused with its line.</summary>
internal static class TableReader
{
    private const int MaximumColumns = 1000;
    private const int MaximumCells = 20_000_000;
    private const int RecordsAtOnce = 4096;
    private const int LongestCell = 10_000;

    /// <summary>Reads a table.</summary>
    /// <param name="text">The whole text, without a byte-order mark.</param>
    /// <param name="name">What the sentences of refusals call it.</param>
    /// <param name="unnamed">The columns of a table whose first line is all numbers; null when every table must name its own.</param>
    /// <param name="named">True when the table names its columns itself.</param>
    /// <param name="task">Told how much of it is read; may be null.</param>
    /// <exception cref="InputRefusedException">The text is not a table, or has no names and other columns than those given.</exception>
    internal static Table Parse(string text, string name, IReadOnlyList<string>? unnamed, out bool named, LongTask? task = null)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new InputRefusedException($"{name} is empty; give it a first line of column names and one line per sample.");
        }

        List<DataFinding> findings = [];
        List<int> comments = [];
        string table = CommentLines.Clear(text, comments);
        List<string[]> records = [];
        List<int> lines = [];
        char separator = ReadRecords(table, name, records, lines, task);
        if (records.Count == 0)
        {
            throw new InputRefusedException($"{name} is empty; give it a first line of column names and one line per sample.");
        }

        if (RecordShape.SplitAtBlanks(records, lines, name))
        {
            separator = ' ';
            findings.Add(new DataFinding(DataFindingKind.Format, $"{name} separates its columns by blanks."));
        }

        int width = CutEmptyLastColumns(records);
        named = unnamed is null || !Array.TrueForAll(records[0], cell => NumberText.TryParse(cell, separator != ',', out _));
        string? nameless = null;
        if (!named)
        {
            if (width != unnamed!.Count)
            {
                throw new InputRefusedException(
                    $"{name} has no line of names, and its line {lines[0]} has {NumberText.Count(width, "value")} instead of {unnamed.Count} ({string.Join(", ", unnamed)}); give those, or name the columns.");
            }

            records.Insert(0, [.. unnamed]);
            lines.Insert(0, 0);
        }
        else
        {
            RecordShape.CheckFirst(records, lines, name);

            // Names are shown; values are compared, and two that differ must stay two.
            records[0] = Array.ConvertAll(records[0], Harmless.Line);
            nameless = NameFirst(records[0]);
            CheckColumns(records[0], name, lines[0]);
            SkipRepeatedNames(records, lines, name, findings);
        }

        SkipComments(records, lines, width, comments);
        if (comments.Count > 0)
        {
            findings.Insert(0, new DataFinding(DataFindingKind.SkippedLine, $"{name}: {Numbered(comments)} with # and {(comments.Count == 1 ? "is a comment" : "are comments")}, not read.") { Rows = comments.Count });
        }

        return FromRecords(records, lines, width, name, separator, findings, nameless);
    }

    private static Table FromRecords(List<string[]> records, List<int> lines, int width, string name, char separator, List<DataFinding> findings, string? nameless)
    {
        for (int r = 1; r < records.Count; r++)
        {
            if (records[r].Length != width)
            {
                throw new InputRefusedException(
                    $"{name} line {lines[r]} has {NumberText.Count(records[r].Length, "value")}, but the first line {(lines[0] == 0 ? "has" : "names")} {NumberText.Count(width, "column")}; correct that line.");
            }
        }

        if (records.Count == 1)
        {
            throw new InputRefusedException($"{name} has column names but no rows; add one line per sample.");
        }

        return new Table(name, records[0], [.. records.Skip(1)], [.. lines.Skip(1)], separator != ',') { Findings = findings, NamelessColumn = nameless };
    }

    // Row numbers have no name where pandas or R wrote them, or the one that pandas gives on reading them again.
    private static string? NameFirst(string[] columns)
    {
        if (columns.Length > 1 && columns[0] is "" or "Unnamed: 0")
        {
            string name = columns[0].Length > 0 ? columns[0] : "column 1";
            columns[0] = name;
            return name;
        }

        return null;
    }

    // A logger that starts again writes its names again.
    private static void SkipRepeatedNames(List<string[]> records, List<int> lines, string name, List<DataFinding> findings)
    {
        string[] names = records[0];
        List<int> skipped = [];
        for (int r = records.Count - 1; r > 0; r--)
        {
            if (names.AsSpan().SequenceEqual(records[r]))
            {
                skipped.Insert(0, lines[r]);
                records.RemoveAt(r);
                lines.RemoveAt(r);
            }
        }

        if (skipped.Count > 0)
        {
            string repeat = skipped.Count == 1 ? $"line {skipped[0]} repeats" : $"lines {string.Join(", ", skipped.Take(3))}{(skipped.Count > 3 ? ", ..." : "")} repeat";
            findings.Add(new DataFinding(DataFindingKind.SkippedLine, $"{name}: {repeat} the names of the columns, and {(skipped.Count == 1 ? "is no row" : "are no rows")}.") { Rows = skipped.Count });
        }
    }

    private static void SkipComments(List<string[]> records, List<int> lines, int width, List<int> comments)
    {
        for (int r = records.Count - 1; r > 0; r--)
        {
            if (records[r].Length != width && records[r][0].StartsWith('#'))
            {
                comments.Add(lines[r]);
                records.RemoveAt(r);
                lines.RemoveAt(r);
            }
        }

        comments.Sort();
    }

    private static string Numbered(List<int> lines) =>
        lines.Count == 1 ? $"line {lines[0]} begins" : $"lines {string.Join(", ", lines.Take(3))}{(lines.Count > 3 ? ", ..." : "")} begin";

    private static char ReadRecords(string text, string name, List<string[]> records, List<int> lines, LongTask? task)
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
        long characters = 0;
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
                    characters += record[c].Length + 1;
                    if (record[c].Length > LongestCell)
                    {
                        throw new InputRefusedException(
                            $"{name} line {line} has a value of more than {LongestCell} characters in column {c + 1}; this is not a table of measurements.");
                    }
                }

                if (records.Count % RecordsAtOnce == 0)
                {
                    task?.At((double)characters / text.Length);
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
}
