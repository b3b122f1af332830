using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;

namespace NeuralEdge.Tests.Security;

/// <summary>
/// Somebody on the line who hears everything the owner says, keeps it from the board at will, and sends what they like: forged,
/// changed, cut, replayed, in another order, in other sessions and after restarts.
/// </summary>
internal sealed class ForgeryCampaign
{
    /// <summary>A type that no board knows yet, as a later one for settings would be.</summary>
    private const LinkRequest Later = (LinkRequest)0x3E;

    private static readonly (LinkRequest Request, int Length)[] Changing =
    [
        (LinkRequest.Begin, 8), (LinkRequest.Confirm, 9), (LinkRequest.Revert, 8), (LinkRequest.Abort, 0), (LinkRequest.Commit, 37),
        (LinkRequest.Reset, 0), (LinkRequest.Provision, KeyedMessages.ProvisionLength), (LinkRequest.Provision, 1), (Later, 6),
    ];

    private static readonly (LinkRequest Request, int Length)[] Reading =
    [
        (LinkRequest.Read, 6), (LinkRequest.Ask, 12), (LinkRequest.Answer, 2), (LinkRequest.Subscribe, 2), (LinkRequest.Counts, 4),
    ];

    private readonly Random _random;
    private readonly KeyedBench _bench;
    private readonly SecurityMode _mode;
    private readonly (LinkRequest Request, int Length)[] _requests;
    private readonly List<(byte[] Data, int Session, int Sequence)> _heard = [];
    private byte[] _key = KeyedBench.Key;
    private byte[] _replacement = KeyedBench.Replacement;

    /// <summary>A campaign against one board.</summary>
    /// <param name="seed">Decides everything that is sent.</param>
    /// <param name="authentication">Codes with a planted weakness; null for sound ones.</param>
    /// <param name="closeReading">True for a board whose reading needs the key, too.</param>
    /// <param name="lax">A weakness planted into the board's guard; null for the guard as it is.</param>
    public ForgeryCampaign(int seed, IMessageAuthentication? authentication = null, bool closeReading = false, Weakness? lax = null)
    {
        _random = new Random(seed);
        _bench = new KeyedBench(authentication, closeReading) { Lax = lax };
        _mode = closeReading ? SecurityMode.ReadingClosed : SecurityMode.Keyed;
        _requests = closeReading ? [.. Changing, .. Reading] : Changing;
    }

    /// <summary>Requests that were not the owner's, or not as the owner meant them.</summary>
    public long Sent { get; private set; }

    /// <summary>Of these, how many the board carried out.</summary>
    public long Accepted { get; private set; }

    /// <summary>The owner's own, all of which must be carried out: else the board is merely deaf.</summary>
    public long Owners { get; private set; }

    /// <summary>The first that were accepted, by kind.</summary>
    public SortedSet<string> Kinds { get; } = new(StringComparer.Ordinal);

    /// <summary>Sends until so many have been sent, or something of a kind was accepted.</summary>
    /// <param name="count">How many there are then in all.</param>
    /// <param name="until">The kind; null to go on whatever is accepted.</param>
    public void Run(long count, string? until = null)
    {
        while (Sent < count && (until is null || !Kinds.Contains(until)))
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
        if (request == LinkRequest.Provision)
        {
            Replace();
        }
        else
        {
            int before = _bench.Done;
            Assert.AreEqual(RequestStatus.Ok, _bench.Challenge());
            RequestStatus status = Say(Signed(request, data));
            Assert.AreEqual(request == Later ? RequestStatus.UnknownRequest : RequestStatus.Ok, status, $"{request} of the owner");
            bool counts = request != Later && !Reading.Any(reading => reading.Request == request);
            Assert.AreEqual(before + (counts ? 1 : 0), _bench.Done, $"{request} of the owner");
            if (request == LinkRequest.Reset)
            {
                Restart();
            }
        }

        Owners++;
        if (_heard.Count > 200)
        {
            _heard.RemoveAt(_random.Next(100));
        }
    }

    /// <summary>The owner's keys are replaced: what was signed with the ones before must be worth nothing from then on.</summary>
    private void Replace()
    {
        byte[] keys = new byte[2 * KeyedMessages.KeyLength];
        _random.NextBytes(keys);
        byte[] key = keys[..KeyedMessages.KeyLength];
        byte[] replacement = keys[KeyedMessages.KeyLength..];
        Assert.AreEqual(RequestStatus.Ok, _bench.Challenge());
        byte[] data = KeyedBench.Provision(_mode == SecurityMode.ReadingClosed, key, replacement);
        KeyedMessages.Cover(_bench.Authentication, _replacement, _bench.Nonce, data, 1);
        Assert.AreEqual(RequestStatus.Ok, Say(Signed(LinkRequest.Provision, data)), "the owner's new keys");
        (_key, _replacement) = (key, replacement);
        CollectionAssert.AreEqual(_key, _bench.Security.Keys.Key);
    }

    private RequestStatus Say(byte[] signed)
    {
        _heard.Add((signed, _bench.Bench.Session, _bench.Sequence));
        return _bench.Ask(LinkRequest.Signed, signed);
    }

    /// <summary>As the owner would sign it: keys with the replacement key, all else with the key.</summary>
    private byte[] Signed(LinkRequest request, byte[] data, int? session = null, int? sequence = null) =>
        _bench.Sign(request, data, request == LinkRequest.Provision ? _replacement : _key, session: session, sequence: sequence);

    private void Attack()
    {
        (LinkRequest request, byte[] data) = Any();
        switch (_random.Next(11))
        {
            case 0:
                _bench.Challenge();
                byte[] forged = new byte[32];
                _random.NextBytes(forged.AsSpan(0, _random.Next(33)));
                Send("forged", LinkRequest.Signed, [(byte)request, .. data, .. forged]);
                break;

            case 1:
                _bench.Challenge();
                byte[] flipped = Signed(request, data);
                flipped[_random.Next(flipped.Length)] ^= (byte)(1 << _random.Next(8));
                Send("one bit changed", LinkRequest.Signed, flipped);
                break;

            case 2:
                _bench.Challenge();
                byte[] whole = Signed(request, data);
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
                byte[] kept = Signed(request, data, sequence: (_bench.Sequence + 1) & 0xFFFF);
                _bench.Challenge();
                Send("late", LinkRequest.Signed, kept);
                break;

            case 5:
                // Two in the other order.
                _bench.Challenge();
                Send("in another order", LinkRequest.Signed, Signed(request, data, sequence: (_bench.Sequence + _random.Next(1, 9)) & 0xFFFF));
                break;

            case 9:
                _bench.Challenge();
                Send("of another session", LinkRequest.Signed, Signed(request, data, session: _bench.Bench.Session ^ _random.Next(1, 0x10000)));
                break;

            case 10:
                // The right tag by the wrong one of the owner's keys: neither does the other's work.
                _bench.Challenge();
                Send("the owner's other key", LinkRequest.Signed, _bench.Sign(request, data, request == LinkRequest.Provision ? _key : _replacement));
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
                byte[] good = Signed(request, data);
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

        // What only a right tag leads to counts as accepted too: a request that is then not known, or is in a bad form.
        bool isRefused = status is RequestStatus.NotAuthorised or RequestStatus.Locked;
        bool keysAreTheOwners = _bench.Security.Keys.Key.AsSpan().SequenceEqual(_key) && _bench.Security.Keys.Replacement.AsSpan().SequenceEqual(_replacement);
        if (!isRefused || _bench.Done != before || _bench.Security.Keys.Mode != _mode || !keysAreTheOwners)
        {
            Accepted++;
            Kinds.Add(kind);
        }

        if (!keysAreTheOwners || _bench.Security.Keys.Mode != _mode)
        {
            // It is somebody else's board by now; the owner begins again with another one.
            TakeAnother();
        }
    }

    private void TakeAnother()
    {
        _bench.Flash.Files.Clear();
        _heard.Clear();
        (_key, _replacement) = (KeyedBench.Key, KeyedBench.Replacement);
        Restart();
        Assert.AreEqual(RequestStatus.Ok, _bench.Ask(LinkRequest.Provision, KeyedBench.Provision(_mode == SecurityMode.ReadingClosed)));
        Owner();
    }

    private void Restart()
    {
        _bench.Start();
        _bench.Hello((uint)_random.Next(1, 3), 100);
    }

    private (LinkRequest Request, byte[] Data) Any()
    {
        (LinkRequest request, int length) = _requests[_random.Next(_requests.Length)];
        byte[] data = new byte[length];
        _random.NextBytes(data);
        switch (request)
        {
            case LinkRequest.Confirm:
                data[8] &= 1;
                break;

            case LinkRequest.Commit:
                data[4] &= 1;
                break;

            case LinkRequest.Provision:
                data[0] = length == 1 ? (byte)KeyedMessages.Open : (byte)_random.Next(2);
                break;

            case LinkRequest.Read:
                (data[3], data[5]) = (0, 0);
                break;

            case LinkRequest.Ask:
                // The only form that is carried out: both inputs of the board's model.
                (data[0], data[1], data[2], data[3]) = (0, 0, 2, 0);
                break;

            case LinkRequest.Answer:
            case LinkRequest.Counts:
                // Of COUNTS what is always carried out: that there are to be none.
                Array.Clear(data);
                break;
        }

        return (request, data);
    }
}
