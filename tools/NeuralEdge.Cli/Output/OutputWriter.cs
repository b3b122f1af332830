using System.Text;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Cli.Output;

/// <summary>
/// Standard output or standard error: whatever comes out of files and boards is written harmlessly, and what cannot be written is
/// remembered instead of ending a command in the middle of its work.
/// </summary>
/// <param name="stream">Where it goes.</param>
/// <param name="encoding">How.</param>
internal sealed class OutputWriter(Stream stream, Encoding encoding) : TextWriter
{
    /// <summary>Why something could not be written; null when all could.</summary>
    internal string? Loss { get; private set; }

    /// <summary>True when a pipe's reader wanted no more, which it knows itself.</summary>
    internal bool ReaderHasGone { get; private set; }

    /// <summary>True while colours and a cursor that moves are meant.</summary>
    internal bool IsStyled { get; set; }

    public override Encoding Encoding => encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void WriteLine() => Write(NewLine);

    public override void WriteLine(string? value) => Write(value + NewLine);

    public override void Write(string? value)
    {
        if (Loss is not null || string.IsNullOrEmpty(value))
        {
            return;
        }

        try
        {
            stream.Write(encoding.GetBytes(IsStyled ? value : Harmless.Output(value)));
            stream.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Loss = e.Message.TrimEnd('.');
            ReaderHasGone = e is IOException && e.HResult == DescriptorStream.ReaderHasGone;
        }
    }
}
