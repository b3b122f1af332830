using System.Globalization;
using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;
using NeuralEdge.Host;

namespace NeuralEdge.Tests.Security;

/// <summary>The campaign of forgeries. NEURALEDGE_FORGED=N sends N requests instead of some thousands.</summary>
[TestClass]
public sealed class ForgeryTests
{
    private static long Count => long.Parse(Environment.GetEnvironmentVariable("NEURALEDGE_FORGED") ?? "20000", CultureInfo.InvariantCulture);

    public required TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void NothingForgedChangedCutReplayedOrReorderedIsCarriedOut(bool closeReading)
    {
        ForgeryCampaign campaign = new(1, closeReading: closeReading);
        campaign.Run(Count);
        string board = closeReading ? "a board closed for reading" : "a board open for reading";
        TestContext.WriteLine($"{board}: {campaign.Sent} requests that were not the owner's, accepted {campaign.Accepted}; {campaign.Owners} of the owner, all carried out");
        Assert.AreEqual(0, campaign.Accepted, string.Join(", ", campaign.Kinds));
        Assert.IsGreaterThan(Count / 100, campaign.Owners);
    }

    [TestMethod]
    public void TheCampaignFindsNoncesThatRepeat() => MustFind("replayed", new Weakened((message, code) => Begins(message, "NEURALEDGE-NONCE-1") ? new byte[32] : code));

    [TestMethod]
    public void TheCampaignFindsTagsOfOneByte() => MustFind("forged", new Weakened((message, code) => Begins(message, "NEURALEDGE-REQUEST-1") ? [code[0], .. new byte[31]] : code));

    [TestMethod]
    [DataRow("late", 20, 16)]
    [DataRow("of another session", 36, 2)]
    [DataRow("in another order", 38, 2)]
    public void TheCampaignFindsTagsThatLeaveOutNonceSessionOrSequence(string kind, int at, int count) =>
        MustFind(kind, new Weakened((message, code) => code, message => Without(message, at, count)));

    [TestMethod]
    public void TheCampaignFindsTagsThatLeaveOutTheContent() =>
        MustFind("the tag of another", new Weakened((message, code) => code, message => Begins(message, "NEURALEDGE-REQUEST-1") ? message[..40] : message));

    [TestMethod]
    public void TheCampaignFindsAGuardThatTakesATruncatedTag() => MustFind("cut", lax: (bench, request, data) =>
    {
        for (int length = 8; length < KeyedMessages.TagLength && length < data.Length; length++)
        {
            byte[] whole = Right(bench, data[..^length]);
            if (request == LinkRequest.Signed && whole.AsSpan().StartsWith(data))
            {
                return (request, whole);
            }
        }

        return (request, data);
    });

    [TestMethod]
    public void TheCampaignFindsAGuardThatLooksAtHalfATag() => MustFind("one bit changed", lax: (bench, request, data) =>
    {
        const int Half = KeyedMessages.TagLength / 2;
        bool isSigned = request == LinkRequest.Signed && data.Length > KeyedMessages.TagLength;
        byte[] whole = isSigned ? Right(bench, data[..^KeyedMessages.TagLength]) : data;
        return (request, isSigned && whole.AsSpan(0, whole.Length - Half).SequenceEqual(data.AsSpan(0, data.Length - Half)) ? whole : data);
    });

    [TestMethod]
    public void TheCampaignFindsAGuardThatTakesTheKeyWhereTheReplacementKeyIsWanted() => MustFind("the owner's other key", lax: (bench, request, data) =>
    {
        bool provisions = request == LinkRequest.Signed && data.Length > KeyedMessages.TagLength && data[0] == (byte)LinkRequest.Provision;
        return (request, provisions && data.AsSpan().SequenceEqual(Right(bench, data[..^KeyedMessages.TagLength], bench.Security.Keys.Key)) ? Right(bench, data[..^KeyedMessages.TagLength]) : data);
    });

    [TestMethod]
    [DataRow(LinkRequest.Ask)]
    [DataRow(LinkRequest.Answer)]
    [DataRow(LinkRequest.Read)]
    [DataRow(LinkRequest.Subscribe)]
    [DataRow(LinkRequest.Reset)]
    [DataRow(LinkRequest.Provision)]
    [DataRow(LinkRequest.Counts)]
    [DataRow((LinkRequest)0x3E)]
    public void TheCampaignFindsAGuardThatForgetsARequest(LinkRequest forgotten) => MustFind("without a tag", closeReading: true, lax: (bench, request, data) =>
    {
        if (request != forgotten || bench.Security.Keys.Mode == SecurityMode.Open)
        {
            return (request, data);
        }

        Assert.AreEqual(RequestStatus.Ok, bench.Challenge());
        return (LinkRequest.Signed, Right(bench, [(byte)request, .. data]));
    });

    private static void MustFind(string kind, IMessageAuthentication? weakness = null, bool closeReading = false, Weakness? lax = null)
    {
        ForgeryCampaign campaign = new(1, weakness, closeReading, lax);
        campaign.Run(20_000, until: kind);
        Assert.IsGreaterThan(0, campaign.Accepted);
        Assert.Contains(kind, campaign.Kinds);
    }

    /// <summary>A request with the tag that the board wants for it now.</summary>
    private static byte[] Right(KeyedBench bench, byte[] inner, byte[]? key = null)
    {
        BoardKeys keys = bench.Security.Keys;
        return inner.Length == 0 ? [] : bench.Sign((LinkRequest)inner[0], inner[1..], key ?? (inner[0] == (byte)LinkRequest.Provision ? keys.Replacement : keys.Key));
    }

    private static bool Begins(byte[] message, string label) => message.AsSpan().StartsWith(System.Text.Encoding.ASCII.GetBytes(label));

    private static byte[] Without(byte[] message, int at, int count)
    {
        byte[] copy = [.. message];
        if (Begins(message, "NEURALEDGE-REQUEST-1"))
        {
            copy.AsSpan(at, count).Clear();
        }

        return copy;
    }

    /// <summary>A weakness planted into the codes of both sides.</summary>
    private sealed class Weakened(Func<byte[], byte[], byte[]> code, Func<byte[], byte[]>? message = null) : IMessageAuthentication
    {
        private readonly HostHmac _hmac = new();

        public byte[] Compute(byte[] key, byte[] text) => code(text, _hmac.Compute(key, message?.Invoke(text) ?? text));
    }
}
