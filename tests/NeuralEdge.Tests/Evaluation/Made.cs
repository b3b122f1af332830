using System.Globalization;
using System.Text;
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

    /// <summary>Recordings of several days: two sensors tell two classes, which come and go, and have other offsets on each day.</summary>
    internal static Table Days(long seed, int days, int rows, bool hasClock)
    {
        PortableRandom random = new(seed);
        double Noise(double size) => size * (random.NextDouble() + random.NextDouble() - 1);
        StringBuilder text = new(hasClock ? "ms,adc0,adc1,label\n" : "adc0,adc1,label\n");
        for (int day = 0; day < days; day++)
        {
            (double a, double b) = (Noise(300), Noise(300));
            for (int r = 0; r < rows; r++)
            {
                int label = r / 20 % 2;
                text.Append(CultureInfo.InvariantCulture, $"{(hasClock ? $"{100 * r}," : "")}{Math.Round(1500 + a + (150 * label) + Noise(60))},{Math.Round(1500 + b - (150 * label) + Noise(60))},k{label}\n");
            }
        }

        return Table.Parse(text.ToString(), "days.csv");
    }

    /// <summary>All columns, also those that count rows.</summary>
    internal static DataSet Set(Table table) => DataSet.From(table, ["label"], inputs: [.. table.Columns.Where(column => column != "label")]);
}
