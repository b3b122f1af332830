using System.Buffers.Binary;
using System.Security.Cryptography;
using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;

namespace NeuralEdge.Host;

/// <summary>
/// Stop and wait: one request at a time, the same one again until its answer comes, a new session when that fails.
/// </summary>
internal sealed class RequestLine(IHostLine line, LinkTimes times, Signer? signer = null) : IDisposable
{
    private const int MaxWaitingEvents = 10_000;
    private const int UptimeOffset = 64;

    // More than the clocks of board and host drift apart, and less than a restart takes away.
    private const double UptimeDoubt = 1000;
    private const double ClockDrift = 0.01;
    private static readonly TimeSpan LookForCancel = TimeSpan.FromMilliseconds(100);
    private readonly ReceivedBytes _received = new(line);
    private readonly FrameReader _reader = new(new LinkCounters(), 4096);
    private readonly FrameWriter _writer = new();
    private readonly byte[] _wire = new byte[LinkProtocol.MaxWire];
    private readonly Queue<LiveValues> _live = new();
    private readonly Queue<CountRow> _rows = new();
    private readonly long _start = times.Clock.GetTimestamp();
    private (uint Milliseconds, long At)? _uptime;
    private int _session;
    private int _sequence = RandomNumberGenerator.GetInt32(0x10000);

    private SecurityMode? _mode;

    /// <summary>The port as the user wrote it.</summary>
    public string Name => line.Name;

    /// <summary>Most bytes of a file in one frame, as agreed.</summary>
    public int MaxChunk { get; private set; } = LinkProtocol.MaxChunk;

    /// <summary>When the last request was answered, as a timestamp of the clock.</summary>
    public long LastAnswer { get; private set; }

    /// <summary>When the last valid frame came, as a timestamp of the clock.</summary>
    public long LastFrame { get; private set; }

    /// <summary>Opens a new session.</summary>
    /// <exception cref="LinkLostException">Nobody answers.</exception>
    /// <exception cref="BoardRefusedException">The board speaks another version.</exception>
    public void Hello(CancellationToken cancellation)
    {
        byte[] hello = new byte[6];
        hello[0] = LinkProtocol.Version;
        hello[1] = LinkProtocol.Version;
        RandomNumberGenerator.Fill(hello.AsSpan(2));
        _live.Clear();
        _mode = null;
        _session = 0;
        int length = Build(LinkRequest.Hello, hello);
        for (int t = 0; t < times.HelloTries; t++)
        {
            line.Write(_wire.AsSpan(0, length));
            long deadline = Deadline(times.HelloAnswer);
            while (Receive(deadline, cancellation))
            {
                ReadOnlySpan<byte> data = Data;
                if (!IsReplyTo(LinkRequest.Hello) || data.Length < LinkProtocol.RefusalLength)
                {
                    continue;
                }

                ThrowIfRefused(LinkRequest.Hello, data);
                if (data.Length >= 16 && data[12..16].SequenceEqual(hello.AsSpan(2)))
                {
                    _session = BinaryPrimitives.ReadUInt16LittleEndian(data[2..]);
                    MaxChunk = Math.Clamp((int)BinaryPrimitives.ReadUInt16LittleEndian(data[4..]), 1, LinkProtocol.MaxChunk);
                    LastAnswer = times.Clock.GetTimestamp();
                    return;
                }
            }
        }

        throw new LinkLostException($"No board answers at {Name}: {line.Advice}.");
    }

    /// <summary>Sends a request until it is answered; signed, if it must be and there is a key.</summary>
    /// <returns>The reply's data, whose first byte is Ok.</returns>
    /// <exception cref="LinkLostException">No answer, or the session is over.</exception>
    /// <exception cref="BoardRefusedException">The board said no.</exception>
    /// <exception cref="BoardLinkException">The board has another key.</exception>
    public byte[] Exchange(LinkRequest request, ReadOnlySpan<byte> data, TimeSpan answer, CancellationToken cancellation)
    {
        return Signs(request, cancellation)
            ? ExchangeSigned(request, data.ToArray(), null, signer!, answer, cancellation)
            : Send(request, data, request, answer, cancellation);
    }

    /// <summary>Sends a signed request until it is answered.</summary>
    /// <param name="request">The request inside.</param>
    /// <param name="data">Its data.</param>
    /// <param name="dataOf">Or what makes its data of the key that it is signed with.</param>
    /// <param name="with">The keys.</param>
    /// <param name="answer">Time for the answer.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>As <see cref="Exchange"/>.</returns>
    public byte[] ExchangeSigned(LinkRequest request, byte[] data, Func<byte[], byte[]>? dataOf, Signer with, TimeSpan answer, CancellationToken cancellation)
    {
        const int Ids = 1 + KeyedMessages.NonceLength;
        byte[] challenge = Send(LinkRequest.Challenge, [], request, times.FlashAnswer, cancellation);
        if (challenge.Length < Ids + (2 * KeyedMessages.KeyIdLength))
        {
            throw new BoardLinkException($"The board at {Name} answered CHALLENGE in a form this program does not know: update neuraledge.");
        }

        bool replaces = request == LinkRequest.Provision;
        byte[] key = with.Choose(challenge.AsSpan(Ids, 2 * KeyedMessages.KeyIdLength), replaces)
            ?? throw new BoardLinkException(replaces
                ? $"The board at {Name} is keyed, and its replacement key is not in {with.Name}: give the whole key file that it was provisioned with, too (--key-now)."
                : $"The board at {Name} has another key than {with.Name}: give the key file that it was provisioned with.");
        byte[] nonce = challenge[1..Ids];
        byte[] signed = Signer.Sign(key, nonce, _session, (_sequence + 1) & 0xFFFF, request, dataOf?.Invoke(key) ?? data);
        return Send(LinkRequest.Signed, signed, request, answer, cancellation);
    }

    /// <summary>Whether a request is sent signed.</summary>
    public bool Signs(LinkRequest request, CancellationToken cancellation)
    {
        // INFO itself needs no tag; the board tells by it what does.
        return signer is not null
            && KeyedRequests.NeedTag(request, SecurityMode.Lost)
            && KeyedRequests.NeedTag(request, _mode ??= BoardReport.Read(Send(LinkRequest.Info, [], LinkRequest.Info, times.Answer, cancellation)).SecurityMode);
    }

    /// <summary>Forgets what the board said of who may do what.</summary>
    public void ForgetMode() => _mode = null;

    private byte[] Send(LinkRequest type, ReadOnlySpan<byte> data, LinkRequest request, TimeSpan answer, CancellationToken cancellation)
    {
        _sequence = (_sequence + 1) & 0xFFFF;
        int length = Build(type, data);
        long giveUp = Deadline(times.Work);
        int tries = 0;
        while (tries < times.Tries)
        {
            tries++;
            line.Write(_wire.AsSpan(0, length));
            long deadline = Deadline(answer);
            while (Receive(deadline, cancellation))
            {
                if (!IsReplyTo(type) || Data.Length == 0 || _reader.Session != _session)
                {
                    // An event, or the late reply to something else.
                    KeepEvent();
                    continue;
                }

                LastAnswer = times.Clock.GetTimestamp();
                RequestStatus status = (RequestStatus)Data[0];
                if (status is RequestStatus.Working or RequestStatus.Busy)
                {
                    if (times.Clock.GetTimestamp() > giveUp)
                    {
                        throw new BoardLinkException($"The board at {Name} has been working on {request.ToString().ToUpperInvariant()} for more than {times.Work.TotalSeconds:0} s: restart it and try again.");
                    }

                    // It lives: its silence up to now does not count.
                    tries = 0;
                    if (status == RequestStatus.Working)
                    {
                        deadline = Deadline(answer);
                        continue;
                    }

                    Pause(times.BusyPause, cancellation);
                    break;
                }

                if (status == RequestStatus.Session)
                {
                    throw new LinkLostException(RequestStatusText.Describe(request, status, 0, 0), isSessionOver: true);
                }

                // A nonce that failed in flash is no failure of the model that the request is about.
                bool ofNonce = type == LinkRequest.Challenge && status is (RequestStatus.StorageFailed or RequestStatus.StorageUnknown);
                ThrowIfRefused(ofNonce ? type : request, Data, type == LinkRequest.Signed);
                if (request == LinkRequest.Info && Data.Length >= InfoReply.FirstLength)
                {
                    _uptime = (BinaryPrimitives.ReadUInt32LittleEndian(Data[UptimeOffset..]), LastAnswer);
                }

                return Data.ToArray();
            }
        }

        throw new LinkLostException($"The board at {Name} no longer answers: check {(HostLine.IsSocket(Name) ? "that it runs" : "its power and the cable")}, then repeat the command.");
    }

    /// <summary>
    /// Why sessions are lost again and again, as far as the board's uptime tells: restarts, or another program at the same board.
    /// </summary>
    /// <param name="lost">How the last one was lost.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>What to throw.</returns>
    public BoardLinkException Explain(LinkLostException lost, CancellationToken cancellation)
    {
        if (!lost.IsSessionOver || _uptime is not (uint before, long at))
        {
            return lost;
        }

        for (int t = 0; t < times.Sessions; t++)
        {
            try
            {
                Hello(cancellation);
                Exchange(LinkRequest.Info, [], times.Answer, cancellation);
                double elapsed = times.Clock.GetElapsedTime(at).TotalMilliseconds;

                // The uptime wraps after 49 days, and so does the difference.
                int ahead = unchecked((int)(_uptime.Value.Milliseconds - before - (uint)(long)elapsed));
                return new BoardLinkException(
                    ahead < -(UptimeDoubt + (ClockDrift * elapsed))
                        ? $"The board at {Name} restarts again and again: check {(HostLine.IsSocket(Name) ? "why" : "its power supply and its cable")}, then repeat the command."
                        : $"Another program talks to the board at {Name} and ends this one's session each time: end that program, then repeat the command.",
                    lost);
            }
            catch (LinkLostException)
            {
                // Once more.
            }
            catch (BoardLinkException)
            {
                break;
            }
        }

        return lost;
    }

    /// <summary>Waits for a live event.</summary>
    /// <returns>The event, or null when none came in time.</returns>
    public LiveValues? ReadLive(TimeSpan timeout, CancellationToken cancellation)
    {
        long deadline = Deadline(timeout);
        while (_live.Count == 0 && Receive(deadline, cancellation))
        {
            KeepEvent();
        }

        return _live.TryDequeue(out LiveValues? values) ? values : null;
    }

    /// <summary>Waits for a row of counts.</summary>
    /// <returns>The row, or null when none came in time.</returns>
    public CountRow? ReadCounts(TimeSpan timeout, CancellationToken cancellation)
    {
        long deadline = Deadline(timeout);
        while (_rows.Count == 0 && Receive(deadline, cancellation))
        {
            KeepEvent();
        }

        return TakeCounts();
    }

    /// <summary>A row of counts that has come already, also one of a session that is over; null for none.</summary>
    public CountRow? TakeCounts() => _rows.TryDequeue(out CountRow? row) ? row : null;

    /// <summary>Waits, and takes what comes meanwhile off the line.</summary>
    public void Pause(TimeSpan time, CancellationToken cancellation)
    {
        long deadline = Deadline(time);
        while (Receive(deadline, cancellation))
        {
            KeepEvent();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => line.Dispose();

    private long Deadline(TimeSpan time) => times.Clock.GetTimestamp() + (long)(time.TotalSeconds * times.Clock.TimestampFrequency);

    private static void ThrowIfRefused(LinkRequest request, ReadOnlySpan<byte> data, bool signed = false)
    {
        if (data[0] != (byte)RequestStatus.Ok)
        {
            bool whole = data.Length >= LinkProtocol.RefusalLength;
            throw new BoardRefusedException(
                request,
                (RequestStatus)data[0],
                whole ? data[1] : 0,
                whole ? BinaryPrimitives.ReadInt32LittleEndian(data[2..]) : 0,
                signed);
        }
    }

    private ReadOnlySpan<byte> Data => _reader.Frame.AsSpan(LinkProtocol.HeaderLength, _reader.DataLength);

    private int Build(LinkRequest request, ReadOnlySpan<byte> data)
    {
        data.CopyTo(_writer.Frame.AsSpan(LinkProtocol.HeaderLength));
        return _writer.Finish((int)request, _sequence, _session, data.Length, _wire);
    }

    private bool IsReplyTo(LinkRequest request)
    {
        return _reader.Version == LinkProtocol.FrameVersion
            && _reader.Type == ((int)request | LinkProtocol.Reply)
            && _reader.Sequence == _sequence;
    }

    private void KeepEvent()
    {
        if (_reader.Version != LinkProtocol.FrameVersion || _reader.Session != _session)
        {
            return;
        }

        if (_reader.Type == LinkProtocol.LiveEvent && _live.Count < MaxWaitingEvents && LiveValues.Read(Data) is LiveValues values)
        {
            _live.Enqueue(values);
        }
        else if (_reader.Type == LinkProtocol.CountsEvent && _rows.Count < MaxWaitingEvents && CountRow.Read(Data, _session) is CountRow row)
        {
            _rows.Enqueue(row);
        }
    }

    /// <summary>Waits for the next valid frame.</summary>
    private bool Receive(long deadline, CancellationToken cancellation)
    {
        while (true)
        {
            if (_reader.Read(_received, (long)times.Clock.GetElapsedTime(_start).TotalMilliseconds))
            {
                LastFrame = times.Clock.GetTimestamp();
                return true;
            }

            cancellation.ThrowIfCancellationRequested();
            if (_received.Available == 0)
            {
                TimeSpan left = TimeSpan.FromSeconds((deadline - times.Clock.GetTimestamp()) / (double)times.Clock.TimestampFrequency);
                if (left <= TimeSpan.Zero)
                {
                    return false;
                }

                _received.Fill(left < LookForCancel ? left : LookForCancel);
            }
        }
    }
}
