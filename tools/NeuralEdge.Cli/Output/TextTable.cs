using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Cli.Output;

/// <summary>Rows in columns; no name makes a line of its own. Where a terminal is too narrow for them, each row becomes a list of its cells with the columns' names.</summary>
internal sealed class TextTable
{
    private readonly List<string[]> _rows = [];
    private readonly string[] _header;

    internal TextTable(params string[] header) => _header = Array.ConvertAll(header, Harmless.Line);

    /// <summary>Writes a whole table.</summary>
    internal static void Write(TextWriter writer, string[] header, IEnumerable<string[]> rows)
    {
        TextTable table = new(header);
        table._rows.AddRange(rows.Select(row => Array.ConvertAll(row, Harmless.Line)));
        table.Write(writer);
    }

    internal void Add(params string[] cells) => _rows.Add(Array.ConvertAll(cells, Harmless.Line));

    internal void Write(TextWriter writer, string indent = "  ") => Write(writer, indent, Screen.Width);

    /// <summary>Writes it for a terminal of so many columns.</summary>
    internal void Write(TextWriter writer, string indent, int width)
    {
        int[] widths = new int[_header.Length];
        List<string[]> all = Array.TrueForAll(_header, h => h.Length == 0) ? _rows : [_header, .. _rows];
        foreach (string[] row in all)
        {
            for (int c = 0; c < row.Length; c++)
            {
                widths[c] = Math.Max(widths[c], row[c].Length);
            }
        }

        string[] lines = [.. all.Select(row => (indent + string.Join("  ", row.Select((cell, c) => cell.PadRight(widths[c])))).TrimEnd())];
        if (lines.Length > 0 && lines.Max(line => line.Length) > width)
        {
            lines = [.. _rows.SelectMany(row => Listed(row, indent))];
        }

        foreach (string line in lines)
        {
            writer.WriteLine(line);
        }
    }

    private IEnumerable<string> Listed(string[] row, string indent)
    {
        int titles = Math.Max(1, _header.TakeWhile(name => name.Length == 0).Count());
        yield return indent + (_header[0].Length == 0 ? "" : _header[0] + " ") + string.Join(", ", row.Take(titles));
        for (int c = titles; c < row.Length; c++)
        {
            if (row[c].Length > 0)
            {
                yield return $"{indent}  {_header[c]}: {row[c]}";
            }
        }
    }
}
