using System.Globalization;

namespace NeuralEdge.Conversion.Text;

/// <summary>What a cell of a table says: a number, nothing, or something else; and how sentences quote and count.</summary>
public static class NumberText
{
    /// <summary>Numbers beyond this size are typing errors or broken sensors, and would swamp everything else.</summary>
    public const double Largest = 1e15;

    private static readonly string[] MissingMarks = ["na", "n/a", "#n/a", "nan", "ovf", "null", "none", "-", "?"];

    /// <summary>True when the cell is empty or holds one of the usual marks of a missing value.</summary>
    public static bool IsMissing(string cell)
    {
        return cell.Length == 0
            || (cell.Length <= 4 && Array.Exists(MissingMarks, m => string.Equals(m, cell, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>
    /// Reads a number with a decimal point, or with a decimal comma where that is allowed. Infinity is
    /// given back as such: the caller has the words to refuse it.
    /// </summary>
    /// <param name="cell">The trimmed text.</param>
    /// <param name="decimalComma">True: one comma may stand for the decimal point.</param>
    /// <param name="value">The number.</param>
    /// <returns>False when the text is no number (NaN is none).</returns>
    public static bool TryParse(string cell, bool decimalComma, out double value)
    {
        string text = cell;
        if (decimalComma && cell.Contains(',', StringComparison.Ordinal) && !cell.Contains('.', StringComparison.Ordinal))
        {
            text = cell.Replace(',', '.');
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && !double.IsNaN(value);
    }

    /// <summary>A number of things, as a sentence has it: "1 row", "2 rows".</summary>
    /// <param name="count">How many.</param>
    /// <param name="thing">What one of them is called.</param>
    public static string Count(int count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");

    /// <summary>A measured number for a sentence: four digits, and all digits before the point.</summary>
    /// <param name="value">The number.</param>
    public static string Brief(double value) => value.ToString(Math.Abs(value) >= 1000 ? "0" : "G4", CultureInfo.InvariantCulture);

    /// <summary>A time that is not known to the second: "15 min", or "90 s" below two minutes.</summary>
    /// <param name="time">The time.</param>
    public static string Time(TimeSpan time) => time.TotalMinutes >= 2 ? $"{Math.Round(time.TotalMinutes)} min" : $"{Math.Round(time.TotalSeconds)} s";

    /// <summary>A cell as it may appear in a sentence: in quotes, and not longer than a line can bear.</summary>
    public static string Quote(string cell)
    {
        string text = cell.Length <= 40 ? cell : string.Concat(cell.AsSpan(0, 37), "...");
        return "\"" + text.Replace('\n', ' ').Replace('\r', ' ') + "\"";
    }

    /// <summary>A measure, such as an error: three significant digits, and all digits before the point. Powers of ten only where nobody could count the zeros.</summary>
    /// <param name="value">The measure.</param>
    public static string Measure(double value)
    {
        double size = Math.Abs(value);
        if (size is not (>= 1e-6 and < 1e7))
        {
            return value.ToString(size == 0 || !double.IsFinite(value) ? "G3" : "0.##e0", CultureInfo.InvariantCulture);
        }

        int decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(size)), 0, 8);
        return value.ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture);
    }

    /// <summary>A share in percent.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    public static string Percent(double share) => share.ToString("P1", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal);
}
