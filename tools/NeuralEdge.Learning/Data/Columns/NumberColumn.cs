using System.Globalization;
using System.Text.RegularExpressions;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Data.Columns;

/// <summary>The cells of a column read as numbers, in the one spelling that fits the most of them.</summary>
internal sealed partial class NumberColumn
{
    private const int LongestQuantity = 40;

    private NumberColumn(NumberSpelling spelling, string unit, double[] values, int[] odd, int known, int numberLike)
    {
        Spelling = spelling;
        Unit = unit;
        Values = values;
        Odd = odd;
        Known = known;
        NumberLike = numberLike;
    }

    /// <summary>How the numbers are written.</summary>
    internal NumberSpelling Spelling { get; }

    /// <summary>The unit behind every number, empty when there is none.</summary>
    internal string Unit { get; }

    /// <summary>The number of each cell; NaN where the cell has no value, or one that does not fit.</summary>
    internal double[] Values { get; }

    /// <summary>The rows whose cells hold something else than a number in this spelling.</summary>
    internal int[] Odd { get; }

    /// <summary>Cells that hold something.</summary>
    internal int Known { get; }

    /// <summary>Cells that are a number in one spelling or another.</summary>
    internal int NumberLike { get; }

    /// <summary>Reads a column.</summary>
    /// <param name="cells">The trimmed texts.</param>
    /// <param name="decimalComma">True where a comma in a cell can only be a decimal comma.</param>
    internal static NumberColumn Read(string[] cells, bool decimalComma)
    {
        int known = cells.Count(cell => !NumberText.IsMissing(cell));
        NumberColumn best = As(cells, NumberSpelling.Plain, string.Empty, decimalComma, known);
        if (best.Odd.Length == 0)
        {
            return best;
        }

        string first = cells[best.Odd[0]];
        List<NumberColumn> others = [As(cells, NumberSpelling.Hexadecimal, string.Empty, decimalComma, known)];
        if (!decimalComma && cells.Any(HasDecimalComma))
        {
            others.Add(As(cells, NumberSpelling.QuotedComma, string.Empty, decimalComma, known));
        }

        if (UnitOf(first, decimalComma, out _) is string unit)
        {
            others.Add(As(cells, NumberSpelling.WithUnit, unit, decimalComma, known));
        }

        foreach (NumberColumn other in others)
        {
            best = other.Odd.Length < best.Odd.Length ? other : best;
        }

        // Times such as "10:00" are no numbers in any spelling; "12 C" among "13" is.
        int numberLike = cells.Count(cell => !NumberText.IsMissing(cell)
            && (NumberText.TryParse(cell, true, out _) || Hexadecimal(cell) is not null || UnitOf(cell, true, out _) is not null));
        return new NumberColumn(best.Spelling, best.Unit, best.Values, best.Odd, known, numberLike);
    }

    private static NumberColumn As(string[] cells, NumberSpelling spelling, string unit, bool decimalComma, int known)
    {
        double[] values = new double[cells.Length];
        List<int> odd = [];
        for (int r = 0; r < cells.Length; r++)
        {
            values[r] = double.NaN;
            if (NumberText.IsMissing(cells[r]))
            {
                continue;
            }

            bool fits = spelling switch
            {
                NumberSpelling.Plain => NumberText.TryParse(cells[r], decimalComma, out values[r]),
                NumberSpelling.QuotedComma => !cells[r].Contains('.', StringComparison.Ordinal) && NumberText.TryParse(cells[r], true, out values[r]),
                NumberSpelling.Hexadecimal => Hexadecimal(cells[r]) is double number && ((values[r] = number) >= 0),
                _ => UnitOf(cells[r], decimalComma, out values[r]) == unit,
            };
            if (!fits)
            {
                values[r] = double.NaN;
                odd.Add(r);
            }
        }

        if (spelling == NumberSpelling.WithUnit)
        {
            TakeBareSentinels(cells, values, odd, decimalComma);
        }

        return new NumberColumn(spelling, unit, values, [.. odd], known, known - odd.Count);
    }

    // A logger that writes "23.5 C" writes -999 for no reading without a unit as well.
    private static void TakeBareSentinels(string[] cells, double[] values, List<int> odd, bool decimalComma)
    {
        Dictionary<int, double> bare = [];
        foreach (int r in odd)
        {
            if (NumberText.TryParse(cells[r], decimalComma, out double value) && double.IsFinite(value))
            {
                bare.Add(r, value);
            }
        }

        double[] sentinels = bare.Count == 0 ? [] : Sentinels.Find([[.. values.Where(value => !double.IsNaN(value)), .. bare.Values]])[0];
        foreach ((int r, double value) in bare.Where(cell => sentinels.Contains(cell.Value)))
        {
            values[r] = value;
            odd.Remove(r);
        }
    }

    // "1,234" may be thousands; one comma that cannot be makes all of a column decimal commas.
    private static bool HasDecimalComma(string cell)
    {
        int comma = cell.IndexOf(',', StringComparison.Ordinal);
        return comma >= 0 && cell.Length - comma != 4 && NumberText.TryParse(cell, true, out _);
    }

    private static double? Hexadecimal(string cell) =>
        cell.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        && long.TryParse(cell.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long number) && number >= 0
            ? number
            : null;

    private static string? UnitOf(string cell, bool decimalComma, out double value)
    {
        value = double.NaN;
        if (cell.Length > LongestQuantity)
        {
            return null;
        }

        Match match = Quantity().Match(cell);
        return match.Success && NumberText.TryParse(match.Groups[1].Value, decimalComma, out value) ? match.Groups[2].Value : null;
    }

    // A unit has letters, and signs such as % and °, but no digits but those of an exponent: "12 m/s²", "45%".
    [GeneratedRegex(@"^([+-]?\d[\d.,]*(?:[eE][+-]?\d+)?)\s*([\p{L}%°µΩ‰][\p{L}%°µΩ‰/²³·^*]{0,9})$", RegexOptions.CultureInvariant)]
    private static partial Regex Quantity();
}
