using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;
using NeuralEdge.Models;
using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Link;

/// <summary>The server alone, or with the whole board behind it, and a host that says exactly what a test wants.</summary>
internal sealed class ServerBench
{
    private readonly Action _step;
    private readonly FrameReader _reader = new(new LinkCounters(), 4096);
    private readonly FakeLine _fromBoard = new();
    private long _now;

    /// <summary>The server alone.</summary>
    public ServerBench(BoardSecurity? security = null)
    {
        Server = new LinkServer(Line, Board, Board, Board, Board, security, Board);
        _step = () =>
        {
            Server.Step(_now);
            Resets += Server.ResetIsDue ? 1 : 0;
        };
    }

    /// <summary>The whole board; each step is a period.</summary>
    public ServerBench(Bench bench, byte[]? factoryModel = null)
    {
        bench.Parts.Link = Line;
        Whole = new TeachableBoard(bench.Parts, bench.Settings, factoryModel ?? FactoryModel.GetBytes());
        Whole.Start();
        Server = null!;
        _step = Whole.RunOnce;
    }

    public TeachableBoard? Whole { get; }

    public FakeLine Line { get; } = new();

    public CountingBoard Board { get; } = new();

    public LinkServer Server { get; }

    /// <summary>How often the server wanted the board to restart.</summary>
    public int Resets { get; private set; }

    public int Session { get; private set; }

    /// <summary>What the server sent since the last question, as it was on the wire.</summary>
    public byte[] Wire { get; private set; } = [];

    public static byte[] Frame(int type, int sequence, int session, byte[] data, int version = LinkProtocol.FrameVersion)
    {
        byte[] frame = new byte[LinkProtocol.HeaderLength + data.Length + 4];
        frame[0] = (byte)version;
        frame[1] = (byte)type;
        BitConverter.TryWriteBytes(frame.AsSpan(2), (ushort)sequence);
        BitConverter.TryWriteBytes(frame.AsSpan(4), (ushort)session);
        BitConverter.TryWriteBytes(frame.AsSpan(6), (ushort)data.Length);
        data.CopyTo(frame, 8);
        BitConverter.TryWriteBytes(frame.AsSpan(8 + data.Length), Numerics.Checksum.Crc32(frame, 0, 8 + data.Length));
        byte[] wire = new byte[LinkProtocol.MaxWire + 8];
        int length = Cobs.Encode(frame, 0, frame.Length, wire, 1);
        return wire[..(length + 2)];
    }

    /// <summary>Says HELLO and takes the session.</summary>
    public byte[] Hello(int sequence = 100, uint nonce = 0xA1B2C3D4, byte lowest = LinkProtocol.Version, byte highest = LinkProtocol.Version)
    {
        byte[] reply = Ask(LinkRequest.Hello, sequence, [lowest, highest, .. BitConverter.GetBytes(nonce)], 0);
        if (reply.Length >= 4 && reply[0] == 0)
        {
            Session = BitConverter.ToUInt16(reply, 2);
        }

        return reply;
    }

    /// <summary>Sends a request and returns the data of the answer, empty when there is none.</summary>
    public byte[] Ask(LinkRequest request, int sequence, byte[]? data = null, int? session = null)
    {
        return Send(Frame((int)request, sequence, session ?? Session, data ?? []));
    }

    public byte[] Send(byte[] wire)
    {
        Line.Written.Clear();
        Line.Give(wire);
        return Run();
    }

    /// <summary>Sends a whole upload, from BEGIN to COMMIT.</summary>
    /// <returns>The next sequence.</returns>
    public int Upload(byte[] file, int sequence)
    {
        Assert.AreEqual(0, Ask(LinkRequest.Begin, sequence++, [.. BitConverter.GetBytes(file.Length), .. file[^4..]])[0]);
        for (int at = 0; at < file.Length; at += LinkProtocol.MaxChunk)
        {
            Assert.AreEqual(0, Ask(LinkRequest.Data, sequence++, [.. BitConverter.GetBytes(at), .. file.AsSpan(at, Math.Min(LinkProtocol.MaxChunk, file.Length - at))])[0]);
        }

        byte[] commit = Ask(LinkRequest.Commit, sequence++);
        Assert.AreEqual(0, commit[0]);
        Model = commit[3..11];
        return sequence;
    }

    /// <summary>Upload number and digest of the model of the last upload, as decisions name it.</summary>
    public byte[] Model { get; private set; } = [];

    /// <summary>Confirms the model of the last upload whatever its inputs are.</summary>
    public byte[] Confirm(int sequence) => Ask(LinkRequest.Confirm, sequence, [.. Model, 1]);

    /// <summary>Lets time go by in which nothing is said.</summary>
    public void Wait(long milliseconds) => _now += milliseconds;

    /// <summary>Lets the server work and returns the data of what it sent.</summary>
    public byte[] Run(int steps = 60, int stepMs = 1)
    {
        for (int i = 0; i < steps; i++)
        {
            _now += stepMs;
            _step();
        }

        Wire = [.. Line.Written];
        Line.Written.Clear();
        _fromBoard.Give(Wire);
        byte[] answer = [];
        bool isFrame;
        while ((isFrame = _reader.Read(_fromBoard, 0)) || _fromBoard.Available > 0)
        {
            if (isFrame)
            {
                answer = _reader.Frame.AsSpan(LinkProtocol.HeaderLength, _reader.DataLength).ToArray();
                Type = _reader.Type;
                HeaderSession = _reader.Session;
            }
        }

        return answer;
    }

    /// <summary>Type of the last frame from the server.</summary>
    public int Type { get; private set; }

    /// <summary>Session in the header of the last frame from the server.</summary>
    public int HeaderSession { get; private set; }
}
