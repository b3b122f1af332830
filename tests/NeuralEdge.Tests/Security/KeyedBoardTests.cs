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

/// <summary>A whole keyed board and the host, on a line that is good or bad.</summary>
[TestClass]
public sealed class KeyedBoardTests
{
    private static readonly byte[] First = Examples.Convert(Examples.WorkedExample).File.Bytes;
    private static readonly byte[] Second = Bench.Identity(2, 20).Bytes;

    [TestMethod]
    public void OnlyTheOwnerTeachesAKeyedBoard()
    {
        using Scratch scratch = new();
        KeyFile keys = KeyFile.Create(scratch.PathOf("k"));
        using VirtualBoard board = new();
        using (BoardLink link = board.Connect(keys))
        {
            Assert.AreEqual(SecurityMode.Keyed, link.ProvisionFirst(keys, closeReading: false).SecurityMode);
            Assert.AreEqual(ModelState.Confirmed, link.Upload(First, anyway: true, version: new ModelVersion(3)).State);
            Assert.AreEqual(3u, link.Info().SecurityNumber);
        }

        KeyFile others = KeyFile.Create(scratch.PathOf("others"));
        using BoardLink stranger = board.Connect();
        BoardReport shown = stranger.Info();
        foreach (Action act in new Action[]
        {
            () => stranger.Upload(Second), () => stranger.Revert(shown), () => stranger.Confirm(shown), () => stranger.Reset(), () => stranger.Provision(others, closeReading: false), () => stranger.ProvisionFirst(others, closeReading: false), () => stranger.Open(others),
        })
        {
            BoardLinkException e = Assert.Throws<BoardLinkException>(act);
            Assert.IsTrue(e.Message.Contains("--key-file", StringComparison.Ordinal) || e.Message.Contains("--key-now", StringComparison.Ordinal), e.Message);
        }

        Assert.AreEqual(shown.Digest, stranger.Info().Digest);
        CollectionAssert.AreEqual(First, stranger.ReadModel(), "reading is open");

        using BoardLink wrong = board.Connect(others);
        StringAssert.Contains(Assert.ThrowsExactly<BoardLinkException>(() => wrong.Upload(Second)).Message, "has another key");
        Assert.AreEqual(ModelState.Confirmed, board.Connect(keys).Upload(Second, anyway: true).State, "a wrong key file costs no pause");
    }

    [TestMethod]
    public void ARestartKeepsABoardKeyedAndAnOldModelOut()
    {
        using Scratch scratch = new();
        KeyFile keys = KeyFile.Create(scratch.PathOf("k"));
        using VirtualBoard board = new();
        using BoardLink link = board.Connect(keys);
        link.ProvisionFirst(keys, closeReading: false);
        link.Upload(First, anyway: true, version: new ModelVersion(7));
        board.Restart();
        using BoardLink again = board.Connect(keys);
        Assert.AreEqual((SecurityMode.Keyed, 7u), (again.Info().SecurityMode, again.Info().SecurityNumber));
        BoardRefusedException e = Assert.ThrowsExactly<BoardRefusedException>(() => again.Upload(Second, version: new ModelVersion(6)));
        Assert.AreEqual((RequestStatus.OldModel, 7), (e.Status, e.Where));
        again.Upload(Second, anyway: true, version: new ModelVersion(6, Older: true));
        Assert.AreEqual(7u, again.Info().SecurityNumber, "going back once does not open the way for others");
        Assert.AreEqual(ModelState.Confirmed, again.Upload(First, anyway: true).State, "without a number a model is as new as the newest");
    }

    [TestMethod]
    public void AModelWhoseSecurityNumberCannotBeKeptIsNotConfirmed()
    {
        using Scratch scratch = new();
        KeyFile keys = KeyFile.Create(scratch.PathOf("k"));
        using VirtualBoard board = new();
        using BoardLink link = board.Connect(keys);
        link.ProvisionFirst(keys, closeReading: false);
        uint factory = link.Info().Digest;
        link.Upload(First, confirm: false, version: new ModelVersion(7));
        BoardReport tested = link.Info();
        foreach (string file in new[] { "k0.key", "k1.key" })
        {
            board.Flash.Unreadable = file;
            RequestStatus status = Assert.ThrowsExactly<BoardRefusedException>(() => link.Confirm(tested, anyway: true)).Status;
            Assert.IsTrue(status is RequestStatus.StorageFailed or RequestStatus.StorageUnknown, $"{status}");
            board.Flash.Unreadable = null;
            Assert.AreEqual(ModelState.Test, link.Info().State);
        }

        board.Restart();
        using BoardLink again = board.Connect(keys);
        Assert.AreEqual((ModelState.Factory, factory), (again.Info().State, again.Info().Digest), "a start finds no confirmation");
    }

    [TestMethod]
    public void AModelThatWasChangedOnItsWayIsNotEvenLookedAt()
    {
        Bench bench = new();
        bench.Parts.Authentication = new HostHmac();
        ServerBench board = new(bench);
        board.Hello(lowest: LinkProtocol.Version, highest: LinkProtocol.Version);
        Assert.AreEqual(0, board.Ask(LinkRequest.Provision, 101, KeyedBench.Provision())[0]);
        int sequence = 102;
        byte[] changed = [.. First];
        changed[100] ^= 1;
        BitConverter.TryWriteBytes(changed.AsSpan(changed.Length - 4), Numerics.Checksum.Crc32(changed, 0, changed.Length - 4));
        foreach ((byte[] sent, byte[] signed, RequestStatus expected) in new[]
        {
            (changed, First, RequestStatus.NotAuthorised), (First, changed, RequestStatus.NotAuthorised), (First, First, RequestStatus.Ok),
        })
        {
            Assert.AreEqual(RequestStatus.Ok, Signed(LinkRequest.Begin, [.. BitConverter.GetBytes(sent.Length), .. sent[^4..]]));
            for (int at = 0; at < sent.Length; at += LinkProtocol.MaxChunk)
            {
                byte[] part = sent[at..Math.Min(sent.Length, at + LinkProtocol.MaxChunk)];
                Assert.AreEqual(0, board.Ask(LinkRequest.Data, sequence++, [.. BitConverter.GetBytes(at), .. part])[0]);
            }

            Assert.AreEqual(expected, Signed(LinkRequest.Commit, Signer.Commit(signed, 1, older: false, KeyedBench.Key)));
        }

        RequestStatus Signed(LinkRequest request, byte[] data)
        {
            byte[] nonce = board.Ask(LinkRequest.Challenge, sequence++)[1..17];
            byte[] frame = Signer.Sign(KeyedBench.Key, nonce, board.Session, sequence, request, data);
            byte[] reply = board.Ask(LinkRequest.Signed, sequence++, frame);
            for (int i = 0; i < 100 && (reply.Length == 0 || reply[0] == (byte)RequestStatus.Working); i++)
            {
                reply = board.Run();
            }

            return (RequestStatus)reply[0];
        }
    }

    [TestMethod]
    public void AClosedBoardAnswersItsOwnerAlsoWithManyInputs()
    {
        using Scratch scratch = new();
        KeyFile keys = KeyFile.Create(scratch.PathOf("k"));
        byte[] wide = Bench.Identity(130, 20).Bytes;
        using VirtualBoard board = new();
        using BoardLink link = board.Connect(keys);
        link.Upload(wide, anyway: true);
        int[] inputs = new int[130];
        int[] before = link.Ask(inputs).Outputs;
        link.ProvisionFirst(keys, closeReading: true);
        CollectionAssert.AreEqual(before, link.Ask(inputs).Outputs);
        CollectionAssert.AreEqual(wide, link.ReadModel());
        using BoardLink stranger = board.Connect();
        Assert.AreEqual(SecurityMode.ReadingClosed, stranger.Info().SecurityMode);
        Assert.AreEqual(RequestStatus.NotAuthorised, Assert.ThrowsExactly<BoardRefusedException>(() => stranger.ReadModel()).Status);
        Assert.AreEqual(RequestStatus.NotAuthorised, Assert.ThrowsExactly<BoardRefusedException>(() => stranger.Ask(inputs)).Status);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void LiveValuesOfAClosedBoardGoOnForItsOwner(bool disturbed)
    {
        using Scratch scratch = new();
        KeyFile keys = KeyFile.Create(scratch.PathOf("k"));
        using VirtualBoard board = new();
        long start = long.MaxValue;
        int locked = 0;
        LyingLine line = new(board)
        {
            // As if somebody sent wrong tags for longer than a subscription lives.
            ChangeReply = (type, data) =>
            {
                if (disturbed && type == (int)LinkRequest.Challenge && board.Now - start is > 10_000_000 and < 70_000_000)
                {
                    locked++;
                    data[0] = (byte)RequestStatus.Locked;
                    BitConverter.TryWriteBytes(data.AsSpan(2), 8000);
                }
            },
        };
        using BoardLink link = BoardLink.Connect(line, board.Times, keys);
        link.ProvisionFirst(keys, closeReading: true);
        link.Upload(First, anyway: true);
        link.Subscribe(1);
        start = board.Now;
        int early = 0;
        int late = 0;
        while (board.Now - start < 120_000_000)
        {
            bool came = link.ReadLive(TimeSpan.FromSeconds(1)) is not null;
            early += came && board.Now - start < 35_000_000 ? 1 : 0;
            late += came && board.Now - start > 85_000_000 ? 1 : 0;
        }

        Assert.IsGreaterThan(30, early);
        Assert.IsGreaterThan(30, late, "it lives longer than a subscription without its owner, and begins again");
        Assert.AreEqual(disturbed, locked > 0);
    }

    [TestMethod]
    public void KeysAreReplacedAndTakenOut()
    {
        using Scratch scratch = new();
        KeyFile old = KeyFile.Create(scratch.PathOf("old"));
        KeyFile next = KeyFile.Create(scratch.PathOf("next"));
        KeyFile foreign = KeyFile.Create(scratch.PathOf("foreign"));
        File.WriteAllLines(scratch.PathOf("daily"), File.ReadAllLines(old.Path)[..1]);
        KeyFile daily = KeyFile.Load(scratch.PathOf("daily"));
        using VirtualBoard board = new();
        using BoardLink link = board.Connect();
        StringAssert.Contains(Assert.ThrowsExactly<BoardLinkException>(() => link.Provision(old, closeReading: false)).Message, "give --first on your own desk");
        link.ProvisionFirst(old, closeReading: false);
        Assert.AreEqual(ModelState.Confirmed, board.Connect(daily).Upload(First, anyway: true).State, "one line is enough for every day");
        Assert.ThrowsExactly<BoardLinkException>(() => link.Provision(foreign, closeReading: false), "but not for other keys");
        Assert.ThrowsExactly<BoardLinkException>(() => link.Provision(foreign, closeReading: false, daily));
        Assert.ThrowsExactly<BoardLinkException>(() => link.Provision(next, closeReading: false), "nor without what it has now");
        link.Provision(next, closeReading: true, old);
        Assert.ThrowsExactly<BoardLinkException>(() => board.Connect(daily).Revert(link.Info()));
        link.Provision(foreign, closeReading: false, next);
        Assert.ThrowsExactly<BoardLinkException>(() => link.Open(next));
        Assert.AreEqual(SecurityMode.Open, link.Open(foreign).SecurityMode);
        Assert.AreEqual(ModelState.Confirmed, link.Upload(Second, anyway: true).State);
    }

    [TestMethod]
    public void ABadLineLosesNoRequestOfTheOwner()
    {
        using Scratch scratch = new();
        KeyFile keys = KeyFile.Create(scratch.PathOf("k"));
        for (int seed = 0; seed < 30; seed++)
        {
            using VirtualBoard board = new(seed, new LineFaults(Drop: 30, Repeat: 30, Corrupt: 20, Delay: 30));
            try
            {
                using BoardLink link = board.Connect(keys);
                link.ProvisionFirst(keys, closeReading: seed % 2 == 0);
                Assert.AreEqual(ModelState.Confirmed, link.Upload(First, anyway: true, version: new ModelVersion((uint)seed)).State);
                CollectionAssert.AreEqual(First, link.ReadModel());
            }
            catch (BoardLinkException e) when (e is LinkLostException)
            {
                // A line this bad may be given up; what must not happen is a pause or a refusal.
            }
        }
    }

    [TestMethod]
    public void AnUploadGoesOnAfterARestartInTheMiddle()
    {
        using Scratch scratch = new();
        KeyFile keys = KeyFile.Create(scratch.PathOf("k"));
        for (int cut = 0; cut < 40; cut++)
        {
            using VirtualBoard board = new(cut);
            using BoardLink link = board.Connect(keys);
            link.ProvisionFirst(keys, closeReading: false);
            board.RestartAt = board.Now + 20_000 + (cut * 11_000);
            Assert.AreEqual(ModelState.Confirmed, link.Upload(First, anyway: true, version: new ModelVersion(2)).State, $"cut {cut}");
            Assert.AreEqual((SecurityMode.Keyed, 2u), (link.Info().SecurityMode, link.Info().SecurityNumber), $"cut {cut}");
        }
    }

    [TestMethod]
    public void AKeyFileThatIsNoneIsRefusedWithoutWhatIsInIt()
    {
        using Scratch scratch = new();
        string key = new string('A', 63) + "B";
        foreach ((string text, string says) in new[]
        {
            ("", "no key file"), (key[1..], "no key file"), (key + "\n" + key, "the same"), (key + "\n" + key[1..] + "C\n" + key, "no key file"), (key[1..] + "G", "no key file"),
            (new string('0', 64), "no key file"), (new string('x', 2000), "no key file"),
        })
        {
            InputRefusedException e = Assert.ThrowsExactly<InputRefusedException>(() => KeyFile.Load(scratch.Write("k", text)));
            StringAssert.Contains(e.Message, says);
            Assert.DoesNotContain("AAAA", e.ToString());
        }

        StringAssert.Contains(Assert.ThrowsExactly<InputRefusedException>(() => KeyFile.Create(scratch.PathOf("k"))).Message, "already");
        Assert.ThrowsExactly<InputRefusedException>(() => KeyFile.Load(scratch.PathOf("nothing")));
        if (!OperatingSystem.IsWindows())
        {
            KeyFile made = KeyFile.Create(scratch.PathOf("made"));
            Assert.IsFalse(made.IsOpenToOthers);
            File.SetUnixFileMode(made.Path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.IsTrue(made.IsOpenToOthers);
        }
    }
}
