namespace NeuralEdge.Host.Ports;

/// <summary>A line that keeps the first bytes that come, so that somebody can say what is there when no board answers.</summary>
/// <param name="line">The line, which then belongs to this one.</param>
internal sealed class HeardLine(IHostLine line) : IHostLine
{
    private const int Most = 8192;
    private readonly List<byte> _heard = [];

    /// <summary>The first bytes that came.</summary>
    internal byte[] Heard => [.. _heard];

    /// <inheritdoc/>
    public string Name => line.Name;

    /// <inheritdoc/>
    public string Advice => line.Advice;

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, TimeSpan timeout)
    {
        int count = line.Read(buffer, timeout);
        _heard.AddRange(buffer[..Math.Min(count, Most - _heard.Count)]);
        return count;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> data) => line.Write(data);

    /// <inheritdoc/>
    public void Dispose() => line.Dispose();
}
