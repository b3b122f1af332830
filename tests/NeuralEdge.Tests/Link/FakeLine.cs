using NeuralEdge.Board.Link;

namespace NeuralEdge.Tests.Link;

/// <summary>A byte link that gives given bytes and keeps what is written.</summary>
internal sealed class FakeLine : IByteLink
{
    private byte[] _bytes = [];
    private int _at;

    public List<byte> Written { get; } = [];

    public int Available => _bytes.Length - _at;

    public void Give(byte[] bytes)
    {
        _bytes = Available > 0 ? [.. _bytes[_at..], .. bytes] : bytes;
        _at = 0;
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        Assert.IsLessThanOrEqualTo(Available, count, "the device's port would wait for ever");
        Array.Copy(_bytes, _at, buffer, offset, count);
        _at += count;
        return count;
    }

    public void Write(byte[] buffer, int offset, int count) => Written.AddRange(buffer.AsSpan(offset, count));
}
