using System.Globalization;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>Figures as a verdict says them.</summary>
internal static class Words
{
    // Nobody counts more rows than this.
    private const int CountedRows = 1000;

    /// <summary>A share of rows: their number, such as "39 of 40 rows", or of many "97% of 1200 rows".</summary>
    /// <param name="share">The share, 0 to 1.</param>
    /// <param name="rows">Of how many rows.</param>
    /// <param name="noun">What they are called.</param>
    internal static string OfRows(double share, int rows, string noun = "row") => $"{Part(share, rows)} of {NumberText.Count(rows, noun)}";

    /// <summary>The same without the rows: "39", or of many "97%".</summary>
    /// <param name="share">The share, 0 to 1.</param>
    /// <param name="rows">Of how many rows.</param>
    internal static string Part(double share, int rows) =>
        rows < CountedRows ? Math.Round(share * rows).ToString(CultureInfo.InvariantCulture) : OfHundred(share) + "%";

    // In percent: whole ones, but never 100 when a row is wrong, nor 0 when one is right.
    private static string OfHundred(double share)
    {
        double rows = Math.Round(100 * share);
        return share is > 0 and < 1 && rows is 0 or 100
            ? (rows == 0 ? Math.Max(0.1, Math.Ceiling(1000 * share) / 10) : Math.Min(99.9, Math.Floor(1000 * share) / 10)).ToString("F1", CultureInfo.InvariantCulture)
            : rows.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A share in whole percent, "under 1%" for less.</summary>
    internal static string Percent(double share) => share is > 0 and < 0.01 ? "under 1%" : $"{Math.Round(100 * share).ToString(CultureInfo.InvariantCulture)}%";

    /// <summary>An error with three digits.</summary>
    internal static string Error(double value) => value.ToString(Math.Abs(value) switch { 0 => "F0", < 1e-3 or >= 1e6 => "0.##E0", >= 100 => "F0", _ => "G3" }, CultureInfo.InvariantCulture);

    /// <summary>How many parts of a table, up to five.</summary>
    internal static string Parts(int count) => count switch { 1 => "one part", 2 => "two parts", 3 => "three parts", 4 => "four parts", _ => "five parts" };

    /// <summary>A name in a sentence.</summary>
    internal static string Name(string name) => "'" + NumberText.Quote(name)[1..^1] + "'";
}
