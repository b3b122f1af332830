using System.Globalization;

namespace NeuralEdge.Generators.Speed;

/// <summary>What ratios.csv says: how many times as fast as the yardstick each kernel was on each shape, measured in several ways.</summary>
/// <param name="Ways">The ways, a column each.</param>
/// <param name="Rows">A line for each shape and kernel.</param>
internal sealed record Ratios(IReadOnlyList<string> Ways, IReadOnlyList<Ratios.Row> Rows)
{
    /// <summary>Reads the text of the file.</summary>
    public static Ratios Parse(string text)
    {
        string[][] lines = [.. text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
        if (lines.FirstOrDefault(line => line.Length != lines[0].Length) is { } other)
        {
            throw new FormatException($"As many values as columns, please: {string.Join(',', other)}");
        }

        return new Ratios(lines[0][2..], [.. lines[1..].Select(line => new Row(line[0], line[1], line[2..]))]);
    }

    /// <summary>A line of the file.</summary>
    /// <param name="Shape">Such as 2-2-1.</param>
    /// <param name="Kernel">A contender's name.</param>
    /// <param name="Texts">The ratios as written.</param>
    internal sealed record Row(string Shape, string Kernel, IReadOnlyList<string> Texts)
    {
        /// <summary>One of the ratios as a number.</summary>
        public double this[int way] => double.Parse(Texts[way], CultureInfo.InvariantCulture);
    }
}
