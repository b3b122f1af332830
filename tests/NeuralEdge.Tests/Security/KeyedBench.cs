using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;
using NeuralEdge.Board.Storage;
using NeuralEdge.Host;
using NeuralEdge.Tests.Link;
using NeuralEdge.Tests.Storage;

namespace NeuralEdge.Tests.Security;

/// <summary>A keyed board that counts what it does, its owner, and whoever else is on the line.</summary>
internal sealed class KeyedBench
{
    public KeyedBench(IMessageAuthentication? authentication = null, bool closeReading = false, bool provision = true)
    {
        Authentication = authentication ?? new HostHmac();
        Start();
        Hello();
        if (provision)
        {
            Assert.AreEqual(RequestStatus.Ok, Ask(LinkRequest.Provision, Provision(closeReading)));
        }
    }

    public static byte[] Key { get; } = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public static byte[] Replacement { get; } = [.. Enumerable.Range(32, 32).Select(i => (byte)i)];

    /// <summary>The codes of both sides.</summary>
    public IMessageAuthentication Authentication { get; }

    /// <summary>A weakness planted into the board's guard; null for the guard as it is.</summary>
    public Weakness? Lax { get; init; }

    public FaultyFlash Flash { get; } = new(FlashModel.CommitOnClose, 0);

    public BoardSecurity Security { get; private set; } = null!;

    public ServerBench Bench { get; private set; } = null!;

    /// <summary>Sequence of the next request.</summary>
    public int Sequence { get; set; }

    /// <summary>The nonce of the last challenge.</summary>
    public byte[] Nonce { get; private set; } = [];

    /// <summary>The last reply.</summary>
    public byte[] Reply { get; private set; } = [];

    /// <summary>How often the board did what only its owner may have it do.</summary>
    public int Done { get; private set; }

    public static byte[] Provision(bool closeReading = false, byte[]? key = null, byte[]? replacement = null) =>
        [(byte)(closeReading ? KeyedMessages.CloseReading : 0), .. key ?? Key, .. replacement ?? Replacement, .. Enumerable.Range(64, 16).Select(i => (byte)i)];

    /// <summary>CONFIRM's data: what it says does not matter to a board that counts.</summary>
    public static byte[] Confirm(byte flags = 0) => [7, 0, 0, 0, 1, 2, 3, 4, flags];

    /// <summary>Power off and on.</summary>
    public void Start(IFileStore? files = null)
    {
        Security = new BoardSecurity(files ?? Flash, Authentication);
        Security.Start();
        Bench = new ServerBench(Security);
    }

    /// <summary>A new session: the one of the same nonce has the same number each time.</summary>
    public void Hello(uint nonce = 0x6266, int sequence = 100)
    {
        if (nonce == Bench.Session)
        {
            // Said again at once it would be a copy.
            Bench.Hello(7, 0x7777, LinkProtocol.Version, LinkProtocol.Version);
        }

        Bench.Hello(sequence, nonce, LinkProtocol.Version, LinkProtocol.Version);
        Sequence = sequence + 1;
    }

    /// <summary>Sends a request as it is.</summary>
    public RequestStatus Ask(LinkRequest request, params byte[] data)
    {
        (request, data) = Lax?.Invoke(this, request, data) ?? (request, data);
        int before = Calls();
        Reply = Bench.Ask(request, Sequence, data);
        Sequence = (Sequence + 1) & 0xFFFF;
        Done += Calls() - before;
        return Reply.Length == 0 ? RequestStatus.Working : (RequestStatus)Reply[0];
    }

    public RequestStatus Challenge()
    {
        RequestStatus status = Ask(LinkRequest.Challenge);
        if (status == RequestStatus.Ok)
        {
            Nonce = Reply[1..17];
        }

        return status;
    }

    /// <summary>The data of a SIGNED request as the next frame has it.</summary>
    public byte[] Sign(LinkRequest request, byte[] data, byte[]? key = null, byte[]? nonce = null, int? session = null, int? sequence = null)
    {
        byte[] inner = [(byte)request, .. data];
        byte[] message = KeyedMessages.OfRequest(nonce ?? Nonce, session ?? Bench.Session, sequence ?? Sequence, inner, 0, inner.Length);
        return [.. inner, .. Authentication.Compute(key ?? Key, message)];
    }

    /// <summary>A challenge and a signed request.</summary>
    public RequestStatus AskSigned(LinkRequest request, params byte[] data)
    {
        RequestStatus status = Challenge();
        return status != RequestStatus.Ok ? status : Ask(LinkRequest.Signed, Sign(request, data));
    }

    /// <summary>Waits until signed requests are taken again.</summary>
    public void WaitOut()
    {
        if (Challenge() == RequestStatus.Locked)
        {
            Bench.Wait(BitConverter.ToInt32(Reply, 2));
        }
    }

    private int Calls() =>
        Bench.Board.CallsOf("Begin") + Bench.Board.CallsOf("Commit") + Bench.Board.CallsOf("Confirm") + Bench.Board.CallsOf("Revert") + Bench.Board.CallsOf("Abort")
        + Bench.Resets;
}

/// <summary>What a guard with a weakness takes a request for: the weak board does with the request what the sound one does with this.</summary>
internal delegate (LinkRequest Request, byte[] Data) Weakness(KeyedBench bench, LinkRequest request, byte[] data);
