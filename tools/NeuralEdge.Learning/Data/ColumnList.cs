using System.Text;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Data;

/// <summary>Columns as a person names them in one text, separated by commas; a name with a comma stands in quotes.</summary>
public static class ColumnList
{
    /// <summary>The columns that a text names. A text that is the name of a column is that one, commas or not.</summary>
    /// <param name="text">Such as <c>soil,light</c> or <c>"state, now",soil</c>.</param>
    /// <param name="table">The table whose columns they are.</param>
    /// <exception cref="InputRefusedException">A quote is not closed, or a name is empty.</exception>
    public static string[] Parse(string text, Table table)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(table);
        if (table.Has(text.Trim()))
        {
            return [text.Trim()];
        }

        List<string> names = [];
        StringBuilder name = new();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '"' && quoted && i + 1 < text.Length && text[i + 1] == '"')
            {
                name.Append(text[i++]);
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                names.Add(name.ToString().Trim());
                name.Clear();
            }
            else
            {
                name.Append(c);
            }
        }

        names.Add(name.ToString().Trim());
        return quoted || names.Contains(string.Empty)
            ? throw new InputRefusedException($"{NumberText.Quote(text)} is no list of columns; write names separated by commas, and one with a comma in quotes: \"state, now\",soil.")
            : [.. names];
    }

    /// <summary>Columns as they are given on a command line.</summary>
    /// <param name="names">The columns.</param>
    public static string Write(IEnumerable<string> names)
    {
        string text = string.Join(',', names.Select(n => n.Contains(',', StringComparison.Ordinal) || n.Contains('"', StringComparison.Ordinal) ? $"\"{n.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : n));
        return text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or ',') ? text : $"'{text}'";
    }
}
