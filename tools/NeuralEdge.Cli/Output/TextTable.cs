namespace NeuralEdge.Cli.Output;

/// <summary>Rows in columns for a terminal or a pipe: the same text in both.</summary>
internal sealed class TextTable
{
    private readonly List<string[]> _rows = [];
    private readonly string[] _header;

    internal TextTable(params string[] header) => _header = header;

    internal void Add(params string[] cells) => _rows.Add(cells);

    internal void Write(TextWriter writer, string indent = "  ")
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

        foreach (string[] row in all)
        {
            string line = string.Join("  ", row.Select((cell, c) => cell.PadRight(widths[c])));
            writer.WriteLine((indent + line).TrimEnd());
        }
    }
}
