using System.Globalization;
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
    public void NothingForgedChangedCutReplayedOrReorderedIsCarriedOut()
    {
        ForgeryCampaign campaign = new(1);
        campaign.Run(Count);
        TestContext.WriteLine($"{campaign.Sent} requests that were not the owner's, accepted {campaign.Accepted}; {campaign.Owners} of the owner, all carried out");
        Assert.AreEqual(0, campaign.Accepted, string.Join(", ", campaign.Kinds));
        Assert.IsGreaterThan(Count / 100, campaign.Owners);
    }

    [TestMethod]
    public void TheCampaignFindsNoncesThatRepeat() => MustFind("replayed", new Weakened((message, code) => Begins(message, "NEURALEDGE-NONCE-1") ? new byte[32] : code));

    [TestMethod]
    public void TheCampaignFindsTagsOfOneByte() => MustFind("forged", new Weakened((message, code) => Begins(message, "NEURALEDGE-REQUEST-1") ? [code[0], .. new byte[31]] : code));

    [TestMethod]
    public void TheCampaignFindsTagsThatLeaveOutTheSequence() => MustFind("in another order", new Weakened((message, code) => code, message => WithoutSequence(message)));

    [TestMethod]
    public void TheCampaignFindsTagsThatLeaveOutTheData() =>
        MustFind("the tag of another", new Weakened((message, code) => code, message => Begins(message, "NEURALEDGE-REQUEST-1") ? message[..40] : message));

    private static void MustFind(string kind, IMessageAuthentication weakness)
    {
        ForgeryCampaign campaign = new(1, weakness);
        campaign.Run(20_000);
        Assert.IsGreaterThan(0, campaign.Accepted);
        Assert.Contains(kind, campaign.Kinds);
    }

    private static bool Begins(byte[] message, string label) => message.AsSpan().StartsWith(System.Text.Encoding.ASCII.GetBytes(label));

    private static byte[] WithoutSequence(byte[] message)
    {
        byte[] copy = [.. message];
        if (Begins(message, "NEURALEDGE-REQUEST-1"))
        {
            copy.AsSpan(36, 4).Clear();
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
