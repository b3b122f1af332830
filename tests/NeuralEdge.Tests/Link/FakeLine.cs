using NeuralEdge.Board.Link;

namespace NeuralEdge.Tests.Link;

/// <summary>A byte link that gives given bytes and keeps what is written.</summary>
internal sealed class FakeLine : IByteLink
{
    private byte[] _bytes = [];
    private int _at;

    public List<byte> Written { get; } = [];

    public int Available => _bytes.Length - _at - Missing;

    /// <summary>By how many bytes the count of those that wait is too low, until the line is opened anew.</summary>
    public int Missing { get; set; }

    /// <summary>True until the line is opened anew: no read works.</summary>
    public bool IsBroken { get; set; }

    /// <summary>True when the line cannot be opened anew.</summary>
    public bool ReopeningFails { get; set; }

    public void Give(byte[] bytes)
    {
        _bytes = Available > 0 ? [.. _bytes[_at..], .. bytes] : bytes;
        _at = 0;
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        if (IsBroken)
        {
            throw new TimeoutException("planted");
        }

        Assert.IsLessThanOrEqualTo(Available, count, "the device's port would wait for ever");
        Array.Copy(_bytes, _at, buffer, offset, count);
        _at += count;
        return count;
    }

    /// <summary>Bytes that the transmitter has room for, each taken once.</summary>
    public int Room { get; set; } = int.MaxValue;

    /// <summary>How often the line was opened anew.</summary>
    public int Reopenings { get; private set; }

    public int Write(byte[] buffer, int offset, int count)
    {
        count = Math.Min(count, Room);
        Room -= Room == int.MaxValue ? 0 : count;
        Written.AddRange(buffer.AsSpan(offset, count));
        return count;
    }

    public void Reopen()
    {
        if (ReopeningFails)
        {
            throw new IOException("planted");
        }

        Reopenings++;
        Missing = 0;
        IsBroken = false;
        _bytes = [];
        _at = 0;
    }
}
