using NeuralEdge.Board.Link;
using NeuralEdge.Host;
using NeuralEdge.Tests.Link;

namespace NeuralEdge.Tests.Security;

/// <summary>Somebody in the line: hears every frame, and changes the board's replies and the owner's requests at will.</summary>
internal sealed class LyingLine(IHostLine inner) : IHostLine
{
    private readonly FrameReader _fromBoard = new(new LinkCounters(), 4096);
    private readonly FrameReader _fromHost = new(new LinkCounters(), 4096);
    private readonly FakeLine _in = new();
    private readonly FakeLine _out = new();
    private readonly Queue<byte> _toHost = new();

    /// <summary>Changes a reply's data in place: its type, its data.</summary>
    public Action<int, byte[]>? ChangeReply { get; set; }

    /// <summary>Told each request: type, session, sequence, data.</summary>
    public Action<int, int, int, byte[]>? Heard { get; set; }

    public string Name => "a line with somebody in it";

    public int Read(Span<byte> buffer, TimeSpan timeout)
    {
        if (_toHost.Count == 0)
        {
            byte[] bytes = new byte[512];
            int count = inner.Read(bytes, timeout);
            _in.Give(bytes[..count]);
            while (_in.Available > 0)
            {
                if (_fromBoard.Read(_in, 0))
                {
                    byte[] data = _fromBoard.Frame.AsSpan(LinkProtocol.HeaderLength, _fromBoard.DataLength).ToArray();
                    ChangeReply?.Invoke(_fromBoard.Type & 0x7F, data);
                    foreach (byte b in ServerBench.Frame(_fromBoard.Type, _fromBoard.Sequence, _fromBoard.Session, data))
                    {
                        _toHost.Enqueue(b);
                    }
                }
            }
        }

        int n = 0;
        while (n < buffer.Length && _toHost.TryDequeue(out byte b))
        {
            buffer[n++] = b;
        }

        return n;
    }

    public void Write(ReadOnlySpan<byte> data)
    {
        _out.Give(data.ToArray());
        while (_out.Available > 0)
        {
            if (_fromHost.Read(_out, 0))
            {
                Heard?.Invoke(_fromHost.Type, _fromHost.Session, _fromHost.Sequence, _fromHost.Frame.AsSpan(LinkProtocol.HeaderLength, _fromHost.DataLength).ToArray());
            }
        }

        inner.Write(data);
    }

    public void Dispose()
    {
    }
}
