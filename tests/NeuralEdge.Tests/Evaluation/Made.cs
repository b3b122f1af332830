using System.Globalization;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Tests.Evaluation;

/// <summary>Tables that tests make up.</summary>
internal static class Made
{
    /// <summary>A table of rows of counts with a label.</summary>
    internal static Table Rows(int count, Func<int, (string Label, double[] Inputs)> row)
    {
        IEnumerable<string> lines = Enumerable.Range(0, count).Select(r =>
        {
            (string label, double[] inputs) = row(r);
            return string.Join(",", inputs.Select(x => x.ToString("R", CultureInfo.InvariantCulture)).Append(label));
        });
        int width = row(0).Inputs.Length;
        string header = string.Join(",", Enumerable.Range(0, width).Select(i => $"x{i}").Append("label"));
        return Table.Parse(string.Join('\n', lines.Prepend(header)), "made.csv");
    }

    /// <summary>The same with random inputs, so that nothing can be learned of the label.</summary>
    internal static Table Noise(int count, long seed, int classes = 2)
    {
        PortableRandom random = new(seed);
        double[][] inputs = [.. Enumerable.Range(0, count).Select(_ => new[] { 300 + Math.Floor(3000 * random.NextDouble()), 300 + Math.Floor(3000 * random.NextDouble()) })];
        int[] labels = [.. Enumerable.Range(0, count).Select(_ => (int)(classes * random.NextDouble()))];
        return Rows(count, r => ($"k{labels[r]}", inputs[r]));
    }

    /// <summary>All columns, also those that count rows.</summary>
    internal static DataSet Set(Table table) => DataSet.From(table, ["label"], inputs: [.. table.Columns.Where(column => column != "label")]);
}
