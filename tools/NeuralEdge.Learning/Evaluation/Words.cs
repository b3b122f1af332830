using System.Globalization;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>Figures as a verdict says them.</summary>
internal static class Words
{
    /// <summary>A share in rows of a hundred: whole ones, but never 100 when a row is wrong, nor 0 when one is right.</summary>
    internal static string OfHundred(double share)
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

    /// <summary>A name in a sentence.</summary>
    internal static string Name(string name) => "'" + NumberText.Quote(name)[1..^1] + "'";
}
