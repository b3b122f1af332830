using System.Security.Cryptography;
using System.Text;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;
using NeuralEdge.Host;
using NeuralEdge.Tests.Link;
using NeuralEdge.Tests.Storage;

namespace NeuralEdge.Tests.Security;

/// <summary>PROTOCOL.md, section 9, and what the code computes.</summary>
[TestClass]
public sealed class KeyedDocumentTests
{
    private static readonly byte[] Key = KeyedBench.Key;
    private static readonly byte[] Replacement = KeyedBench.Replacement;
    private static readonly byte[] Salt = [.. Enumerable.Range(0x40, 16).Select(i => (byte)i)];
    private static readonly byte[] File = [.. Enumerable.Range(0, 684).Select(i => (byte)(7 * i))];

    [TestMethod]
    public void TheVectorsFollowFromWhatTheDocumentSays()
    {
        // With nothing but the layouts as they are written down there.
        byte[] nonce = Code(Key, "NEURALEDGE-NONCE-1", Salt, U32(3), U32(1))[..16];
        byte[] confirm = [6, .. U32(7), .. U32(0xD1D2D3D4), 0];
        byte[] keys = [.. Enumerable.Range(0x80, 64).Select(i => (byte)i)];
        byte[] cover = [.. Code(Replacement, "NEURALEDGE-COVER-1", nonce, [0]), .. Code(Replacement, "NEURALEDGE-COVER-1", nonce, [1])];
        Says(Code(Key, "NEURALEDGE-KEY-1")[..4], Code(Replacement, "NEURALEDGE-KEY-1")[..4]);
        Says(nonce);
        Says(Code(Key, "NEURALEDGE-REQUEST-1", nonce, [0x66, 0x62], [0x66, 0x00], confirm));
        Says(Code(Key, "NEURALEDGE-MODEL-1", U32(5), [0], U32(684), HMACSHA256.HashData(Key, File)));
        Says(Code(Key, "NEURALEDGE-MODEL-1", U32(0), [2], U32(684), HMACSHA256.HashData(Key, File)));
        byte[] covered = [.. keys.Zip(cover, (a, b) => (byte)(a ^ b))];
        Says(covered[..32], covered[32..]);
    }

    [TestMethod]
    public void TheBoardGivesTheVectors()
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        BoardSecurity security = new(flash, new HostHmac());
        security.Start();
        security.Keys.Provision(KeyedBench.Provision(), 0, KeyedMessages.ProvisionLength);
        for (int start = 0; start < 3; start++)
        {
            security = new(flash, new HostHmac());
            security.Start();
            security.Requests.Challenge(0);
        }

        Says(security.Requests.Nonce);
        Says(security.Keys.Ids[..4], security.Keys.Ids[4..]);
        byte[] keys = [.. Enumerable.Range(0x80, 64).Select(i => (byte)i)];
        KeyedMessages.Cover(new HostHmac(), Replacement, security.Requests.Nonce, keys, 0);
        Says(keys[..32], keys[32..]);
        byte[] signed = Signer.Sign(Key, security.Requests.Nonce, 0x6266, 0x0066, LinkRequest.Confirm, [.. U32(7), .. U32(0xD1D2D3D4), 0]);
        Says(signed[^32..]);
        Assert.AreEqual(Board.RequestStatus.Ok, security.Requests.Check(0, 0x6266, 0x0066, signed, 0, signed.Length, replaces: false));
        foreach (uint? number in new uint?[] { 5, null })
        {
            byte[] commit = Signer.Commit(File, number, older: false, Key);
            Says(commit[5..]);
            Assert.AreEqual(Board.RequestStatus.Ok, security.Models.Expect(commit, 0, commit.Length));
            Assert.IsTrue(security.Models.Accepts(File));
        }
    }

    [TestMethod]
    public void TheNumbersOfTheSectionAreThoseOfTheCode()
    {
        ProtocolText.Says($"for {RequestGuard.FirstPauseMs / 1000} s; each further one in a row doubles that, up to {RequestGuard.LongestPauseMs / 1000} s.");
        ProtocolText.Says($"At most {LinkProtocol.MaxData - LinkProtocol.SignedOverhead} bytes of data fit inside, and so {LinkProtocol.MaxSignedAskInputs} inputs of ASK.");
        ProtocolText.Says($"for one SIGNED, right or wrong, and for {RequestGuard.NonceMs / 1000} s.");
        Assert.AreEqual(10, RequestGuard.MostFailures);
        ProtocolText.Says("From the tenth on they are not counted any further.");
        ProtocolText.Says("(`k0.key`, `k1.key`, 104 bytes each)");
        Assert.HasCount(104, new KeyedBench().Flash.Files["k0.key"]);
        foreach (LinkRequest request in Enum.GetValues<LinkRequest>().Where(r => r != LinkRequest.Signed))
        {
            string row = !KeyedRequests.NeedTag(request, SecurityMode.ReadingClosed) ? "HELLO, INFO, DATA, CHALLENGE"
                : KeyedRequests.NeedTag(request, SecurityMode.Keyed) ? "BEGIN, COMMIT, CONFIRM, REVERT, RESET, ABORT, PROVISION, NAME, CORRECT"
                : "READ, ASK, ANSWER, SUBSCRIBE, COUNTS, CORRECTION";
            ProtocolText.Says($"| {row} |");
            Assert.Contains(request.ToString().ToUpperInvariant(), row.Split(", "));
            Assert.AreEqual(KeyedRequests.NeedTag(request, SecurityMode.ReadingClosed), KeyedRequests.NeedTag(request, SecurityMode.Lost));
            Assert.IsFalse(KeyedRequests.NeedTag(request, SecurityMode.Open));
        }

        ProtocolText.Says("| any type that is not in this table | inside SIGNED only |");
        Assert.IsTrue(KeyedRequests.NeedTag((LinkRequest)0x3E, SecurityMode.Keyed), "what a later version adds is not free by itself");
    }

    private static byte[] Code(byte[] key, string label, params byte[][] parts) => HMACSHA256.HashData(key, (byte[])[.. Encoding.ASCII.GetBytes(label), .. parts.SelectMany(part => part)]);

    private static byte[] U32(uint number) => BitConverter.GetBytes(number);

    private static void Says(params byte[][] bytes) => ProtocolText.Says(string.Join(' ', bytes.Select(b => $"`{Convert.ToHexString(b)}`")));
}
