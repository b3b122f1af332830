using System.Text.RegularExpressions;

namespace NeuralEdge.Learning.Data.Columns;

/// <summary>Numbers in which a point or a comma may separate thousands: 1.020 or 1.020.300 lx, but not 0.123 or 23.5.</summary>
internal static partial class Thousands
{
    /// <summary>True when every such mark of a cell may separate thousands.</summary>
    /// <param name="cell">The trimmed text.</param>
    /// <param name="mark">The point or the comma.</param>
    internal static bool MayBe(string cell, char mark) => (mark == '.' ? Points() : Commas()).IsMatch(cell);

    /// <summary>The cell without them.</summary>
    /// <param name="cell">The trimmed text.</param>
    /// <param name="mark">The point or the comma.</param>
    internal static string Without(string cell, char mark) => cell.Replace(mark.ToString(), "", StringComparison.Ordinal);

    [GeneratedRegex(@"^[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:\s*[^\d.,\s].*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Points();

    [GeneratedRegex(@"^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\s*[^\d.,\s].*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Commas();
}
