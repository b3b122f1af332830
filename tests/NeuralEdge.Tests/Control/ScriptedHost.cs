using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Models;

namespace NeuralEdge.Tests.Control;

/// <summary>
/// The host's end of a line in the same thread as the board: sends one request, waits for its reply, sends the next.
/// Bytes take their time in both directions; the board's writes cost it that time.
/// </summary>
internal sealed class ScriptedHost(FakeClock clock, int microsecondsPerByte) : IByteLink
{
    private readonly Queue<byte> _toBoard = [];
    private readonly List<byte> _fromBoard = [];
    private readonly Queue<(LinkRequest Type, byte[] Data)> _requests = [];
    private readonly FrameWriter _writer = new();
    private int _sequence = 100;
    private byte _nonce;
    private int _session;
    private byte[] _tested = new byte[8];
    private bool _waiting;
    private long _arrival;

    /// <summary>Status bytes of the replies, in order.</summary>
    public List<RequestStatus> Replies { get; } = [];

    public bool IsDone => _requests.Count == 0 && !_waiting;

    public int Available
    {
        get
        {
            if (!_waiting && _requests.Count > 0)
            {
                Send();
            }

            long arrived = (clock.Microseconds - _arrival) / microsecondsPerByte;
            return (int)Math.Clamp(arrived, 0, _toBoard.Count);
        }
    }

    public void Enqueue(LinkRequest type, params byte[] data) => _requests.Enqueue((type, data));

    /// <summary>Queues a whole upload: HELLO, BEGIN (with the file's own digest or another), DATA ..., COMMIT, CONFIRM whatever the inputs are.</summary>
    public void EnqueueUpload(byte[] file, uint? announcedDigest = null)
    {
        // The same nonce again would be a late copy of the HELLO before.
        Enqueue(LinkRequest.Hello, LinkProtocol.Version, LinkProtocol.Version, ++_nonce, 7, 7, 7);
        byte[] begin = new byte[8];
        LittleEndian.WriteInt32(begin, 0, file.Length);
        LittleEndian.WriteUInt32(begin, 4, announcedDigest ?? LittleEndian.ReadUInt32(file, file.Length - 4));
        Enqueue(LinkRequest.Begin, begin);
        for (int at = 0; at < file.Length; at += LinkProtocol.MaxChunk)
        {
            byte[] data = new byte[4 + Math.Min(LinkProtocol.MaxChunk, file.Length - at)];
            LittleEndian.WriteInt32(data, 0, at);
            Array.Copy(file, at, data, 4, data.Length - 4);
            Enqueue(LinkRequest.Data, data);
        }

        Enqueue(LinkRequest.Commit);
        Enqueue(LinkRequest.Confirm);
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        if (count > Available)
        {
            throw new InvalidOperationException("the device's port would block here");
        }

        for (int i = 0; i < count; i++)
        {
            buffer[offset + i] = _toBoard.Dequeue();
        }

        _arrival += count * (long)microsecondsPerByte;
        return count;
    }

    public int Write(byte[] buffer, int offset, int count)
    {
        clock.Microseconds += count * (long)microsecondsPerByte;
        for (int i = 0; i < count; i++)
        {
            byte b = buffer[offset + i];
            if (b != 0)
            {
                _fromBoard.Add(b);
            }
            else if (_fromBoard.Count > 0)
            {
                Receive();
                _fromBoard.Clear();
            }
        }

        return count;
    }

    public void Reopen() => _toBoard.Clear();

    private void Send()
    {
        (LinkRequest type, byte[] data) = _requests.Dequeue();
        if (type == LinkRequest.Confirm)
        {
            // The model that the board has just tested.
            data = [.. _tested, LinkProtocol.Anyway];
        }

        data.CopyTo(_writer.Frame, LinkProtocol.HeaderLength);
        byte[] wire = new byte[LinkProtocol.MaxWire];
        int length = _writer.Finish((int)type, ++_sequence, _session, data.Length, wire);
        for (int i = 0; i < length; i++)
        {
            _toBoard.Enqueue(wire[i]);
        }

        _waiting = true;
        _arrival = clock.Microseconds;
    }

    private void Receive()
    {
        // COBS, undone the short way: the distance to the next zero, over and over.
        List<byte> frame = [];
        for (int at = 0; at < _fromBoard.Count;)
        {
            int distance = _fromBoard[at];
            frame.AddRange(_fromBoard.GetRange(at + 1, distance - 1));
            at += distance;
            if (distance < 255 && at < _fromBoard.Count)
            {
                frame.Add(0);
            }
        }

        if (frame[1] == ((int)LinkRequest.Hello | LinkProtocol.Reply))
        {
            _session = frame[LinkProtocol.HeaderLength + 2] | (frame[LinkProtocol.HeaderLength + 3] << 8);
        }

        if (frame[1] == ((int)LinkRequest.Commit | LinkProtocol.Reply) && frame[LinkProtocol.HeaderLength] == 0)
        {
            _tested = [.. frame.Skip(LinkProtocol.HeaderLength + 3).Take(8)];
        }

        Replies.Add((RequestStatus)frame[LinkProtocol.HeaderLength]);
        _waiting = false;
    }
}
