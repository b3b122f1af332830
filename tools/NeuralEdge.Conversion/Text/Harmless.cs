using System.Globalization;
using System.Text;

namespace NeuralEdge.Conversion.Text;

/// <summary>
/// Text out of files and boards as it may be shown. What moves a cursor, ends a line, turns the direction of writing or cannot be seen
/// would let a name say something else than it is; U+FFFD stands in its place.
/// </summary>
public static class Harmless
{
    private const char Replacement = '\uFFFD';

    /// <summary>One line: control characters, line ends, and characters that only format become U+FFFD.</summary>
    /// <param name="text">Anything.</param>
    public static string Line(string text) => Clean(text, "");

    /// <summary>Several lines: as <see cref="Line"/>, with the line feeds left.</summary>
    /// <param name="text">Anything.</param>
    public static string Lines(string text) => Clean(text, "\n");

    /// <summary>What is written to a terminal: as <see cref="Line"/>, with line feeds, carriage returns and tabs left.</summary>
    /// <param name="text">Anything.</param>
    public static string Output(string text) => Clean(text, "\n\r\t");

    private static string Clean(string text, string allowed)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
        {
            return text;
        }

        StringBuilder clean = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isAllowed = rune.IsAscii && allowed.Contains((char)rune.Value, StringComparison.Ordinal);
            _ = isAllowed || !IsHarmful(rune) ? clean.Append(rune) : clean.Append(Replacement);
        }

        return clean.ToString();
    }

    // Half a surrogate pair is enumerated as U+FFFD.
    private static bool IsHarmful(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
