using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;

namespace NeuralEdge.Tests.Security;

/// <summary>
/// Somebody on the line who hears everything the owner says, keeps it from the board at will, and sends what they like: forged,
/// changed, cut, replayed, in another order, in other sessions and after restarts.
/// </summary>
internal sealed class ForgeryCampaign(int seed, IMessageAuthentication? authentication = null)
{
    private static readonly (LinkRequest Request, int Length)[] Requests =
    [
        (LinkRequest.Begin, 8), (LinkRequest.Confirm, 9), (LinkRequest.Revert, 8), (LinkRequest.Abort, 0), (LinkRequest.Commit, 37),
    ];

    private readonly Random _random = new(seed);
    private readonly KeyedBench _bench = new(authentication);
    private readonly List<(byte[] Data, int Session, int Sequence)> _heard = [];

    /// <summary>Requests that were not the owner's, or not as the owner meant them.</summary>
    public long Sent { get; private set; }

    /// <summary>Of these, how many the board carried out.</summary>
    public long Accepted { get; private set; }

    /// <summary>The owner's own, all of which must be carried out: else the board is merely deaf.</summary>
    public long Owners { get; private set; }

    /// <summary>The first that were accepted, by kind.</summary>
    public SortedSet<string> Kinds { get; } = new(StringComparer.Ordinal);

    public void Run(long count)
    {
        while (Sent < count)
        {
            if (Sent % 50 == 0)
            {
                Owner();
            }

            _bench.WaitOut();
            Attack();
            if (_random.Next(200) == 0)
            {
                Restart();
            }
        }

        Owner();
    }

    /// <summary>The owner is heard, and served.</summary>
    private void Owner()
    {
        _bench.WaitOut();
        if (_random.Next(4) == 0)
        {
            // Often the same session number and sequence as before, which is the best a replay can hope for.
            _bench.Hello((uint)_random.Next(1, 3), 100);
        }

        (LinkRequest request, byte[] data) = Any();
        int before = _bench.Done;
        Assert.AreEqual(RequestStatus.Ok, _bench.Challenge());
        byte[] signed = _bench.Sign(request, data);
        _heard.Add((signed, _bench.Bench.Session, _bench.Sequence));
        Assert.AreEqual(RequestStatus.Ok, _bench.Ask(LinkRequest.Signed, signed), "the owner's request");
        Assert.AreEqual(before + 1, _bench.Done, "the owner's request");
        Owners++;
        if (_heard.Count > 200)
        {
            _heard.RemoveAt(_random.Next(100));
        }
    }

    private void Attack()
    {
        (LinkRequest request, byte[] data) = Any();
        switch (_random.Next(9))
        {
            case 0:
                _bench.Challenge();
                byte[] forged = new byte[32];
                _random.NextBytes(forged.AsSpan(0, _random.Next(33)));
                Send("forged", LinkRequest.Signed, [(byte)request, .. data, .. forged]);
                break;

            case 1:
                _bench.Challenge();
                byte[] flipped = _bench.Sign(request, data);
                flipped[_random.Next(flipped.Length)] ^= (byte)(1 << _random.Next(8));
                Send("one bit changed", LinkRequest.Signed, flipped);
                break;

            case 2:
                _bench.Challenge();
                byte[] whole = _bench.Sign(request, data);
                Send("cut", LinkRequest.Signed, _random.Next(2) == 0 ? whole[.._random.Next(whole.Length)] : whole[_random.Next(1, whole.Length)..]);
                break;

            case 3:
                // What was heard, on a nonce that is outstanding, and where it can be at the very place where it was.
                (byte[] heard, int session, int sequence) = _heard[_random.Next(_heard.Count)];
                if (_random.Next(2) == 0)
                {
                    _bench.Hello((uint)session, (sequence - 2) & 0xFFFF);
                }

                _bench.Challenge();
                Send("replayed", LinkRequest.Signed, heard);
                break;

            case 4:
                // The owner's request of this moment, kept back and sent after another nonce was asked for.
                _bench.Challenge();
                byte[] kept = _bench.Sign(request, data, sequence: (_bench.Sequence + 1) & 0xFFFF);
                _bench.Challenge();
                Send("late", LinkRequest.Signed, kept);
                break;

            case 5:
                // Two in the other order, or one of another session.
                _bench.Challenge();
                byte[] second = _random.Next(2) == 0
                    ? _bench.Sign(request, data, sequence: (_bench.Sequence + _random.Next(1, 9)) & 0xFFFF)
                    : _bench.Sign(request, data, session: _bench.Bench.Session ^ _random.Next(1, 0x10000));
                Send("in another order", LinkRequest.Signed, second);
                break;

            case 6:
                Send("without a tag", request, data);
                break;

            case 7:
                _bench.Challenge();
                byte[] other = new byte[32];
                _random.NextBytes(other);
                Send("another key", LinkRequest.Signed, _bench.Sign(request, data, other));
                break;

            default:
                // The tag of one request on another.
                _bench.Challenge();
                byte[] good = _bench.Sign(request, data);
                (LinkRequest wished, byte[] instead) = Any();
                byte[] moved = [(byte)wished, .. instead, .. good[^32..]];
                if (!moved.AsSpan().SequenceEqual(good))
                {
                    Send("the tag of another", LinkRequest.Signed, moved);
                }

                break;
        }
    }

    private void Send(string kind, LinkRequest request, byte[] data)
    {
        int before = _bench.Done;
        Sent++;
        RequestStatus status = _bench.Ask(request, data);
        if (_bench.Done != before || status == RequestStatus.Ok || _bench.Security.Keys.Mode != SecurityMode.Keyed)
        {
            Accepted++;
            Kinds.Add(kind);
        }
    }

    private void Restart()
    {
        _bench.Start();
        _bench.Hello((uint)_random.Next(1, 3), 100);
    }

    private (LinkRequest Request, byte[] Data) Any()
    {
        (LinkRequest request, int length) = Requests[_random.Next(Requests.Length)];
        byte[] data = new byte[length];
        _random.NextBytes(data);
        if (request == LinkRequest.Confirm)
        {
            data[8] &= 1;
        }
        else if (request == LinkRequest.Commit)
        {
            data[4] &= 1;
        }

        return (request, data);
    }
}
