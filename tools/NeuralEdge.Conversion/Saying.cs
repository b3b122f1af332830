using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace NeuralEdge.Conversion;

/// <summary>
/// A sentence for two readers: somebody at a command line is told options, and somebody at a page the controls that are there instead.
/// It is written once, as an interpolated text in which only a <see cref="Way"/> differs.
/// </summary>
/// <param name="literalLength">Characters that are the same for both.</param>
/// <param name="formattedCount">How many values are between them.</param>
[InterpolatedStringHandler]
public sealed class Saying(int literalLength, int formattedCount)
{
    private const int UsualValue = 16;

    private readonly StringBuilder _terminal = new(literalLength + (UsualValue * formattedCount));
    private readonly StringBuilder _page = new(literalLength + (UsualValue * formattedCount));

    /// <summary>The sentence with options.</summary>
    public string Terminal => _terminal.ToString();

    /// <summary>The sentence without any.</summary>
    public string Page => PlainText.WithoutOptions(_page.ToString());

    /// <summary>Adds a text.</summary>
    /// <param name="text">The text.</param>
    public void AppendLiteral(string text)
    {
        _terminal.Append(text);
        _page.Append(text);
    }

    /// <summary>Adds a value.</summary>
    /// <param name="value">The value.</param>
    public void AppendFormatted<T>(T value) => AppendLiteral(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");

    /// <summary>Adds a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="format">How it is written.</param>
    public void AppendFormatted<T>(T value, string format)
        where T : IFormattable => AppendLiteral(value.ToString(format, CultureInfo.InvariantCulture));

    /// <summary>Adds what differs.</summary>
    /// <param name="way">What to do.</param>
    public void AppendFormatted(Way way)
    {
        _terminal.Append(way.Terminal);
        _page.Append(way.Page);
    }

    /// <summary>Adds a sentence, or a part of one.</summary>
    /// <param name="saying">The part.</param>
    public void AppendFormatted(Saying saying)
    {
        ArgumentNullException.ThrowIfNull(saying);
        _terminal.Append(saying._terminal);
        _page.Append(saying._page);
    }

    /// <inheritdoc/>
    public override string ToString() => Terminal;
}

/// <summary>What somebody can do about something, as a part of a <see cref="Saying"/>.</summary>
/// <param name="Terminal">By options.</param>
/// <param name="Page">By the controls of a page; may be empty.</param>
public readonly record struct Way(string Terminal, string Page)
{
    /// <inheritdoc/>
    public override string ToString() => Terminal;
}
