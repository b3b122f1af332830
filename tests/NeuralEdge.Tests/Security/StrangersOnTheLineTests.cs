using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;
using NeuralEdge.Conversion;
using NeuralEdge.Host;
using NeuralEdge.Tests.Cli;
using NeuralEdge.Tests.Control;
using NeuralEdge.Tests.Link;
using NeuralEdge.Tests.Storage;

namespace NeuralEdge.Tests.Security;

/// <summary>What somebody who sits in the line, or only speaks on it, does not get from a keyed board or its owner.</summary>
[TestClass]
public sealed class StrangersOnTheLineTests
{
    private const int ModeOffset = 211;
    private const int NumberOffset = 224;
    private static readonly byte[] First = Examples.Convert(Examples.WorkedExample).File.Bytes;

    [TestMethod]
    public void AForgedInfoThatSaysOpenDoesNotGetTheNewKeysInTheClear()
    {
        using Scratch scratch = new();
        KeyFile old = KeyFile.Create(scratch.PathOf("old"));
        KeyFile next = KeyFile.Create(scratch.PathOf("next"));
        using VirtualBoard board = new();
        board.Connect().ProvisionFirst(old, closeReading: false);

        List<int> heard = [];
        LyingLine line = new(board) { ChangeReply = SayOpen, Heard = (type, _, _, _) => heard.Add(type) };
        foreach (KeyFile? now in new[] { old, null })
        {
            BoardLinkException e = Assert.ThrowsExactly<BoardLinkException>(() => BoardLink.Connect(line, board.Times, next).Provision(next, closeReading: false, now));
            StringAssert.Contains(e.Message, "--first");
        }

        Assert.IsNotEmpty(heard);
        Assert.DoesNotContain((int)LinkRequest.Provision, heard, "keys went over the line in the clear");

        static void SayOpen(int type, byte[] data)
        {
            if (type == (int)LinkRequest.Info)
            {
                data[ModeOffset] = 0;
            }
        }
    }

    [TestMethod]
    [DataRow(false)] // other keys: --key-file next --key-now old
    [DataRow(true)] // the same ones, to close reading: --key-file old --close-reading
    public void WhoHasStolenTheKeyCannotHaveTheNewOnesCoveredWithIt(bool same)
    {
        using Scratch scratch = new();
        KeyFile old = KeyFile.Create(scratch.PathOf("old"));
        KeyFile next = same ? old : KeyFile.Create(scratch.PathOf("next"));
        using VirtualBoard board = new();
        board.Connect().ProvisionFirst(old, closeReading: false);
        byte[] keys = [];
        LyingLine line = new(board)
        {
            ChangeReply = (type, data) =>
            {
                if (type == (int)LinkRequest.Challenge && data.Length >= 25)
                {
                    // The board's replacement key is the key for every day, it says.
                    data.AsSpan(17, 4).CopyTo(data.AsSpan(21));
                }
            },
            Heard = (type, _, _, data) =>
            {
                if (type == (int)LinkRequest.Signed && data[0] == (int)LinkRequest.Provision)
                {
                    keys = data[2..66];
                }
            },
        };
        BoardLinkException e = Assert.ThrowsExactly<BoardLinkException>(() => BoardLink.Connect(line, board.Times, next).Provision(next, closeReading: same, same ? null : old));
        StringAssert.Contains(e.Message, "replacement key is not in");
        Assert.IsEmpty(keys, "new keys were sent, covered with a key that is for every day");
    }

    [TestMethod]
    public void AForgedInfoDoesNotUseUpTheSecurityNumbers()
    {
        using Scratch scratch = new();
        KeyFile keys = KeyFile.Create(scratch.PathOf("k"));
        using VirtualBoard board = new();
        board.Connect().ProvisionFirst(keys, closeReading: false);
        LyingLine line = new(board)
        {
            ChangeReply = (type, data) =>
            {
                if (type == (int)LinkRequest.Info)
                {
                    data.AsSpan(NumberOffset, 4).Fill(0xFF);
                }
            },
        };
        BoardLink.Connect(line, board.Times, keys).Upload(First, anyway: true);
        Assert.AreEqual(0u, board.Connect().Info().SecurityNumber, "nobody said --security-number, and no model can be newer any more");
    }

    [TestMethod]
    public void LiveValuesEndWhenReadingIsClosed()
    {
        KeyedBench bench = new(provision: false);
        Assert.AreEqual(RequestStatus.Ok, bench.Ask(LinkRequest.Subscribe, 1, 0));
        Assert.AreEqual(RequestStatus.Ok, bench.Ask(LinkRequest.Provision, KeyedBench.Provision(closeReading: true)));
        Assert.AreEqual(SecurityMode.ReadingClosed, bench.Security.Keys.Mode);
        int events = 0;
        for (int i = 0; i < 100; i++)
        {
            // A stranger's INFO every 10 s: ten times the lapse of a subscription, and far beyond.
            bench.Bench.Wait(10_000);
            Assert.AreEqual(RequestStatus.Ok, bench.Ask(LinkRequest.Info));
            bench.Bench.Board.InferenceCount++;
            bench.Bench.Run(5);
            events += bench.Bench.Type == LinkProtocol.LiveEvent ? 1 : 0;
        }

        Assert.AreEqual(0, events);
    }

    [TestMethod]
    public void AnOwnersSubscriptionOnAClosedBoardIsNotKeptAliveByStrangers()
    {
        KeyedBench bench = new(closeReading: true);
        Assert.AreEqual(RequestStatus.Ok, bench.AskSigned(LinkRequest.Subscribe, 1, 0));
        int events = 0;
        for (int i = 0; i < 5; i++)
        {
            // Somebody who has the key goes on speaking.
            bench.Bench.Wait(20_000);
            bench.Bench.Board.InferenceCount++;
            bench.Bench.Run(5);
            Assert.AreEqual(LinkProtocol.LiveEvent, bench.Bench.Type, $"event {i}");
            Assert.AreEqual(RequestStatus.Ok, bench.AskSigned(LinkRequest.Info));
        }

        for (int i = 0; i < 100; i++)
        {
            bench.Bench.Wait(10_000);
            Assert.AreEqual(RequestStatus.Ok, bench.Ask(LinkRequest.Info));
            bench.Bench.Board.InferenceCount++;
            bench.Bench.Run(5);
            events += i > 10 && bench.Bench.Type == LinkProtocol.LiveEvent ? 1 : 0;
        }

        Assert.AreEqual(0, events);
    }

    [TestMethod]
    public void AStrangerWhoDidNotHearTheRequestFindsNoStoredReplyOfAClosedBoard()
    {
        KeyedBench bench = new(closeReading: true);
        bench.Hello(0xBEEF1234, 40000);
        Assert.AreEqual(RequestStatus.Ok, bench.AskSigned(LinkRequest.Read, 0, 0, 0, 0, 16, 0));
        byte[] secret = bench.Reply;

        // The session number: any frame is refused with Session but in the right one.
        int session = -1;
        for (int s = 1; s < 0x10000 && session < 0; s++)
        {
            bench.Bench.Line.Written.Clear();
            bench.Bench.Line.Give(ServerBench.Frame((int)LinkRequest.Hello + 62, 39000, s, []));
            byte[] reply = bench.Bench.Run(3);
            session = reply.Length > 0 && reply[0] == (byte)RequestStatus.Session ? -1 : s;
        }

        // The sequence: only the last one, and the next, are answered at all.
        byte[] found = [];
        for (int q = 0; q < 0x10000 && found.Length == 0; q++)
        {
            found = bench.Bench.Ask((LinkRequest)63, q, [], session);
        }

        Assert.IsFalse(found.AsSpan().SequenceEqual(secret), "the owner's last answer was given to a stranger");
    }

    [TestMethod]
    public void APauseIsOverBeforeTheOwnersNextTry()
    {
        KeyedBench bench = new();
        int served = 0;
        for (int i = 0; i < 300; i++)
        {
            // The stranger: two frames whenever the board listens.
            if (bench.Challenge() == RequestStatus.Ok)
            {
                bench.Ask(LinkRequest.Signed, new byte[40]);
            }

            // The owner tries once in 20 s, for 100 minutes.
            bench.Bench.Wait(20_000 - (i * 7 % 13));
            if (i % 14 != 13)
            {
                RequestStatus status = bench.Challenge();
                served += status == RequestStatus.Ok ? 1 : 0;
            }
        }

        Assert.IsGreaterThan(270, served);
    }

    [TestMethod]
    public void WhatIsSaidOfAFlashThatFailsAtKeysIsAboutKeys()
    {
        foreach (LinkRequest request in new[] { LinkRequest.Provision, LinkRequest.Challenge })
        {
            foreach (RequestStatus status in new[] { RequestStatus.StorageFailed, RequestStatus.StorageUnknown })
            {
                string said = RequestStatusText.Describe(request, status, 0, 0);
                StringAssert.Contains(said, "keys");
                Assert.DoesNotContain("confirmed model", said);
                Assert.DoesNotContain("which model", said);
            }
        }
    }

    [TestMethod]
    public void AStrangersDataInAnUploadDoesNotKeepTheOwnerFromTeachingForEver()
    {
        using Scratch scratch = new();
        KeyFile keys = KeyFile.Create(scratch.PathOf("k"));
        using VirtualBoard board = new();
        BoardLink link = board.Connect(keys);
        link.ProvisionFirst(keys, closeReading: false);
        link.Upload(First, anyway: true);
        uint digest = link.Info().Digest;
        byte[] second = Bench.Identity(2, 20).Bytes;
        string told = "";
        int spoilt = 0;
        IHostLine inner = new SpoilingLine(board, () => spoilt++);
        try
        {
            BoardLink.Connect(inner, board.Times, keys).Upload(second, anyway: true);
        }
        catch (BoardLinkException e)
        {
            told = e.Message;
        }

        Assert.IsGreaterThan(0, spoilt);
        StringAssert.Contains(told, "another model than the one that was signed");
        Assert.AreEqual(digest, board.Connect().Info().Digest, "the model that ran still runs");
        Assert.AreEqual(ModelState.Confirmed, board.Connect(keys).Upload(second, anyway: true).State, "after the stranger has gone");
    }

    [TestMethod]
    public void EveryBitOfASignedRequestMatters()
    {
        int carried = 0;
        byte[] data = KeyedBench.Provision(closeReading: false, key: KeyedBench.Replacement, replacement: [.. Enumerable.Range(128, 32).Select(i => (byte)i)]);
        for (int bit = 0; bit < (1 + data.Length + 32) * 8; bit += 3)
        {
            KeyedBench bench = new();
            bench.Challenge();
            byte[] covered = [.. data];
            KeyedMessages.Cover(new HostHmac(), KeyedBench.Replacement, bench.Nonce, covered, 1);
            byte[] signed = bench.Sign(LinkRequest.Provision, covered, KeyedBench.Replacement);
            signed[bit / 8] ^= (byte)(1 << (bit % 8));
            byte[] before = [.. bench.Flash.Files["k0.key"].AsSpan(20)];
            RequestStatus status = bench.Ask(LinkRequest.Signed, signed);
            carried += status == RequestStatus.Ok || !before.AsSpan(16, 64).SequenceEqual(bench.Flash.Files["k0.key"].AsSpan(36, 64)) ? 1 : 0;
        }

        Assert.AreEqual(0, carried);
    }

    [TestMethod]
    [DoNotParallelize]
    public void AVariableInTheEnvironmentDoesNotChangeWhatNewKeyMakes()
    {
        using Scratch scratch = new();
        KeyFile boardA = KeyFile.Create(scratch.PathOf("a.key"));
        Environment.SetEnvironmentVariable("NEURALEDGE_KEY_FILE", boardA.Path);
        try
        {
            scratch.Run("provision", "--new-key", "b.key").MustSucceed();
            KeyFile boardB = KeyFile.Load(scratch.PathOf("b.key"));
            Assert.IsFalse(boardB.Key.AsSpan().SequenceEqual(boardA.Replacement), "the everyday key of b is the replacement key of a, and nobody said so");
        }
        finally
        {
            Environment.SetEnvironmentVariable("NEURALEDGE_KEY_FILE", null);
        }
    }

    /// <summary>Before each of the owner's DATA frames, changes one byte of it (somebody in the line; on the line it is a DATA of their own).</summary>
    private sealed class SpoilingLine(IHostLine inner, Action spoilt) : IHostLine
    {
        private readonly FrameReader _reader = new(new LinkCounters(), 4096);
        private readonly FakeLine _in = new();

        public string Name => "line";

        public int Read(Span<byte> buffer, TimeSpan timeout) => inner.Read(buffer, timeout);

        public void Write(ReadOnlySpan<byte> data)
        {
            _in.Give(data.ToArray());
            while (_in.Available > 0)
            {
                if (_reader.Read(_in, 0))
                {
                    byte[] frame = _reader.Frame.AsSpan(LinkProtocol.HeaderLength, _reader.DataLength).ToArray();
                    if (_reader.Type == (int)LinkRequest.Data)
                    {
                        frame[^1] ^= 0x55;
                        spoilt();
                    }

                    inner.Write(ServerBench.Frame(_reader.Type, _reader.Sequence, _reader.Session, frame));
                }
            }
        }

        public void Dispose()
        {
        }
    }
}
