using NeuralEdge.Board.Link;

namespace NeuralEdge.Host;

/// <summary>What came from a line, in the form the core's frame reader takes it.</summary>
internal sealed class ReceivedBytes(IHostLine line) : IByteLink
{
    private readonly byte[] _bytes = new byte[4096];
    private int _at;
    private int _end;

    /// <inheritdoc/>
    public int Available => _end - _at;

    /// <summary>Waits for bytes; call only when none are available.</summary>
    public bool Fill(TimeSpan timeout)
    {
        _at = 0;
        _end = line.Read(_bytes, timeout);
        return _end > 0;
    }

    /// <inheritdoc/>
    public int Read(byte[] buffer, int offset, int count)
    {
        count = Math.Min(count, Available);
        Array.Copy(_bytes, _at, buffer, offset, count);
        _at += count;
        return count;
    }

    /// <inheritdoc/>
    public int Write(byte[] buffer, int offset, int count)
    {
        line.Write(buffer.AsSpan(offset, count));
        return count;
    }

    /// <inheritdoc/>
    public void Reopen() => throw new NotSupportedException("A host opens a line of its own.");
}
