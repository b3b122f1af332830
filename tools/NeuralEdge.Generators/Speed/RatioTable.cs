using System.Text;

namespace NeuralEdge.Generators.Speed;

/// <summary>The ratios as a table for a reader of Markdown.</summary>
internal static class RatioTable
{
    /// <summary>Writes the table.</summary>
    public static string Write(Ratios ratios)
    {
        StringBuilder text = new();
        text.Append($"| network | kernel | {string.Join(" | ", ratios.Ways)} |\n");
        text.Append($"| --- | --- |{string.Concat(ratios.Ways.Select(_ => " ---: |"))}\n");
        string shape = "";
        foreach (Ratios.Row row in ratios.Rows)
        {
            text.Append($"| {(row.Shape == shape ? "" : row.Shape)} | {row.Kernel} | {string.Join(" | ", row.Texts)} |\n");
            shape = row.Shape;
        }

        return text.ToString();
    }
}
