using NeuralEdge.Board.Link;
using NeuralEdge.Host;
using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.Tests.Link;

/// <summary>
/// The line to a real board that tells the host something else than the board said, in sound frames. Requests reach the board as they
/// are, and time is the board's.
/// </summary>
/// <param name="board">The board.</param>
/// <param name="lie">Frames, header and data without checksum, to send in place of one.</param>
internal sealed class LyingLine(VirtualBoard board, Func<byte[], IEnumerable<byte[]>> lie) : IHostLine
{
    /// <summary>What no verb may take, in microseconds of the board: some requests may take a minute each.</summary>
    private const long MostTime = 20L * 60 * 1_000_000;

    private readonly FakeLine _said = new();
    private readonly FrameReader _reader = new(new LinkCounters(), 4096);
    private readonly Queue<byte> _told = [];
    private readonly long _start = board.Now;

    /// <inheritdoc/>
    public string Name => ((IHostLine)board).Name;

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, TimeSpan timeout)
    {
        if (board.Now - _start > MostTime)
        {
            throw new InvalidOperationException("It does not end.");
        }

        if (_told.Count == 0)
        {
            byte[] bytes = new byte[4096];
            int count = ((IHostLine)board).Read(bytes, timeout);
            _said.Give(bytes[..count]);
            while (_reader.Read(_said, board.Now / 1000))
            {
                byte[] frame = _reader.Frame[..(LinkProtocol.HeaderLength + _reader.DataLength)];
                foreach (byte[] told in lie(frame))
                {
                    Tell(told);
                }
            }
        }

        int length = Math.Min(buffer.Length, _told.Count);
        for (int i = 0; i < length; i++)
        {
            buffer[i] = _told.Dequeue();
        }

        return length;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> data) => ((IHostLine)board).Write(data);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Tell(byte[] frame)
    {
        byte[] whole = [.. frame, 0, 0, 0, 0];
        LittleEndian.WriteUInt32(whole, frame.Length, Checksum.Crc32(whole, 0, frame.Length));
        byte[] code = new byte[whole.Length + (whole.Length / 254) + 2];
        int length = Cobs.Encode(whole, 0, whole.Length, code, 0);
        _told.Enqueue(0);
        for (int i = 0; i < length; i++)
        {
            _told.Enqueue(code[i]);
        }

        _told.Enqueue(0);
    }
}
