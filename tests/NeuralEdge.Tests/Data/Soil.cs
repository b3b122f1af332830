using System.Globalization;

namespace NeuralEdge.Tests.Data;

/// <summary>A small log of a pot, made up: soil is above 2300 when dry, light and temperature say nothing.</summary>
internal static class Soil
{
    /// <summary>Rows of soil, light, temp and label, the same every time.</summary>
    /// <param name="count">How many.</param>
    internal static string[][] Rows(int count)
    {
        Random random = new(7);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            bool dry = random.Next(2) == 0;
            int soil = (dry ? 2600 : 1500) + random.Next(-350, 350);
            return new[] { $"{soil}", $"{random.Next(900, 2100)}", (random.Next(1600, 2600) / 100.0).ToString("0.00", CultureInfo.InvariantCulture), dry ? "dry" : "wet" };
        })];
    }

    /// <summary>The log as a table, changed on the way.</summary>
    /// <param name="change">Gets each row's number and cells, and gives the cells to write; null for no change.</param>
    /// <param name="header">The line of names.</param>
    /// <param name="separator">What stands between cells.</param>
    internal static string Csv(Func<int, string[], string[]>? change = null, string header = "soil,light,temp,label", string separator = ",")
    {
        IEnumerable<string> lines = Rows(120).Select((cells, r) => string.Join(separator, change is null ? cells : change(r, cells)));
        return header + "\n" + string.Join('\n', lines) + "\n";
    }
}
