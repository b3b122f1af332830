using System.Globalization;

namespace NeuralEdge.Studio.Shell;

/// <summary>Numbers as people type them, with a decimal point or a decimal comma.</summary>
internal static class NumberInput
{
    /// <summary>The number; null when it is none, or could be two: 1,234.5 and 1.234,5 group thousands.</summary>
    /// <param name="value">What was typed.</param>
    internal static double? Parse(object? value)
    {
        string text = value?.ToString()?.Trim().Replace(',', '.') ?? "";
        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
    }
}
