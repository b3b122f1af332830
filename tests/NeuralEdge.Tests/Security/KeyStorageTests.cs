using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;
using NeuralEdge.Board.Storage;
using NeuralEdge.Host;
using NeuralEdge.Tests.Storage;

namespace NeuralEdge.Tests.Security;

/// <summary>The keys in flash: power cuts at every byte, failing writes, rot.</summary>
[TestClass]
public sealed class KeyStorageTests
{
    private static readonly byte[] Next = [.. Enumerable.Range(128, 32).Select(i => (byte)i)];

    /// <summary>What is cut, each with what must be there before it.</summary>
    private static readonly (string Name, bool Keyed, Action<BoardSecurity> Do)[] Stories =
    [
        ("first keys", false, security => security.Keys.Provision(KeyedBench.Provision(), 0, KeyedMessages.ProvisionLength)),
        ("other keys", true, security => security.Keys.Provision(KeyedBench.Provision(key: KeyedBench.Replacement, replacement: Next), 0, KeyedMessages.ProvisionLength)),
        ("open again", true, security => security.Keys.Provision([KeyedMessages.Open], 0, 1)),
        ("first nonce", true, security => security.Requests.Challenge(0)),
        ("wrong tag", true, security =>
        {
            security.Requests.Challenge(0);
            security.Requests.Check(0, 1, 1, new byte[40], 0, 40, replaces: false);
        }),
        ("newer model", true, security => security.Keys.RaiseNumber(9)),
    ];

    [TestMethod]
    public void APowerCutAnywhereLeavesWhatWasOrWhatComes()
    {
        List<string> violations = [];
        long runs = Cut(files => files, violations);
        Violations.AssertNone("after a power cut", violations);
        Assert.IsGreaterThan(10_000, runs);
    }

    [TestMethod]
    public void TheCutsFindKeysThatAreKeptOnce()
    {
        List<string> violations = [];
        Cut(files => new SingleKeyFile(files), violations, onlyOne: true);
        Assert.IsNotEmpty(violations);
    }

    [TestMethod]
    public void TheCutsFindACheckThatSaysNothing()
    {
        List<string> violations = [];
        Cut(files => new KeysWithoutCrc(files), violations, onlyOne: true);
        Assert.IsNotEmpty(violations);
    }

    [TestMethod]
    public void AFailingWriteIsReportedAndLeavesWhatWas()
    {
        foreach ((string name, bool keyed, Action<BoardSecurity> act) in Stories)
        {
            for (long point = 0; ; point++)
            {
                FaultyFlash flash = Flash(FlashModel.TornPrefix, 1, keyed);
                BoardSecurity security = Start(flash);
                flash.OnlyFails = true;
                flash.CutAt = flash.Points + point;
                act(security);
                State seen = new(security);
                Assert.AreEqual(seen, new State(Start(flash)), $"{name}, failure at {point}: what the board says is what its next start finds");
                if (flash.Failures == 0)
                {
                    break;
                }
            }
        }
    }

    [TestMethod]
    public void AFlippedBitOrALostFileCostsNothing()
    {
        foreach (string name in new[] { "k0.key", "k1.key" })
        {
            State before = new(Start(Flash(FlashModel.CommitOnClose, 0, keyed: true)));
            for (int bit = -1; bit < 104 * 8; bit++)
            {
                FaultyFlash flash = Flash(FlashModel.CommitOnClose, 0, keyed: true);
                if (bit < 0)
                {
                    flash.Files.Remove(name);
                }
                else
                {
                    flash.Files[name][bit / 8] ^= (byte)(1 << (bit % 8));
                }

                Assert.AreEqual(before, new State(Start(flash)), $"{name} bit {bit}");
                CollectionAssert.AreEqual(flash.Files["k0.key"], flash.Files["k1.key"], "the copy is mended");
            }
        }
    }

    [TestMethod]
    public void WhenBothCopiesAreRottenTheBoardIsNobodysAndNotOpen()
    {
        KeyedBench bench = new();
        for (int bit = 0; bit < 104 * 8; bit++)
        {
            FaultyFlash flash = Flash(FlashModel.CommitOnClose, 0, keyed: true);
            flash.Files["k0.key"][bit / 8] ^= (byte)(1 << (bit % 8));
            flash.Files["k1.key"] = flash.Files["k1.key"][..(bit / 8)];
            Assert.AreEqual(SecurityMode.Lost, Start(flash).Keys.Mode, $"bit {bit}");
        }

        bench.Flash.Files["k0.key"][50] ^= 1;
        bench.Flash.Files["k1.key"][50] ^= 1;
        bench.Start();
        bench.Hello();
        foreach ((LinkRequest request, byte[] data) in new (LinkRequest, byte[])[]
        {
            (LinkRequest.Challenge, []), (LinkRequest.Provision, KeyedBench.Provision()), (LinkRequest.Confirm, KeyedBench.Confirm()),
            (LinkRequest.Read, [0, 0, 0, 0, 4, 0]), (LinkRequest.Reset, []), (LinkRequest.Signed, new byte[40]),
        })
        {
            Assert.AreEqual(RequestStatus.Locked, bench.Ask(request, data), $"{request}");
            Assert.AreEqual(RequestGuard.ForEver, BitConverter.ToInt32(bench.Reply, 2), $"{request}");
        }

        Assert.AreEqual(RequestStatus.Ok, bench.Ask(LinkRequest.Info));
        Assert.AreEqual(0, bench.Done);
    }

    [TestMethod]
    public void WithTheSecondCopyGoneAndTheFirstRottenTheBoardIsNobodysAndNotOpen()
    {
        for (int bit = -1; bit < 104 * 8; bit++)
        {
            FaultyFlash flash = Flash(FlashModel.CommitOnClose, 0, keyed: true);
            flash.Files.Remove("k1.key");
            flash.Files["k0.key"] = bit < 0 ? [] : bit % 2 == 0 ? flash.Files["k0.key"][..(bit / 8)] : [.. flash.Files["k0.key"]];
            if (bit > 0 && bit % 2 == 1)
            {
                flash.Files["k0.key"][bit / 8] ^= (byte)(1 << (bit % 8));
            }

            Assert.AreEqual(SecurityMode.Lost, Start(flash).Keys.Mode, $"bit {bit}");
        }
    }

    [TestMethod]
    public void WithTheFirstCopyGoneTheBoardIsOpenOnlyIfNothingIsLeftOfTheSecond()
    {
        for (int length = 0; length < 104; length++)
        {
            FaultyFlash flash = Flash(FlashModel.CommitOnClose, 0, keyed: true);
            flash.Files.Remove("k0.key");
            flash.Files["k1.key"] = flash.Files["k1.key"][..length];
            Assert.AreEqual(length < 4 ? SecurityMode.Open : SecurityMode.Lost, Start(flash).Keys.Mode, $"{length} bytes");
        }
    }

    [TestMethod]
    public void WhatOnlyOneFileHoldsIsNoNonceNoNumberAndNoKeys()
    {
        (Func<BoardSecurity, RequestStatus> Act, RequestStatus Once)[] acts =
        [
            (security => security.Requests.Challenge(0), RequestStatus.StorageFailed),
            (security => security.Keys.RaiseNumber(9), RequestStatus.StorageFailed),
            (security => security.Keys.Provision([KeyedMessages.Open], 0, 1), RequestStatus.StorageUnknown),
        ];
        foreach ((Func<BoardSecurity, RequestStatus> act, RequestStatus once) in acts)
        {
            // The second file is written first, and the first is then its copy.
            foreach (string broken in new[] { "k0.key", "k1.key" })
            {
                FaultyFlash flash = Flash(FlashModel.CommitOnClose, 0, keyed: true);
                BoardSecurity security = Start(new BrokenFile(flash) { Name = broken });
                Assert.AreEqual(broken == "k0.key" ? once : RequestStatus.StorageFailed, act(security), broken);
                Assert.AreEqual(new State(security), new State(Start(flash)));
                CollectionAssert.AreEqual(flash.Files["k0.key"], flash.Files["k1.key"], "a start that can write mends the copy");
            }
        }
    }

    [TestMethod]
    public void ANonceDoesNotComeAgainWhenTheFileThatCountedItRots()
    {
        FaultyFlash flash = Flash(FlashModel.CommitOnClose, 0, keyed: true);
        BrokenFile files = new(flash);
        HashSet<string> nonces = [];
        for (int i = 0; i < 40; i++)
        {
            BoardSecurity security = Start(files);
            files.Name = i % 3 == 0 ? "" : i % 2 == 0 ? "k0.key" : "k1.key";
            for (int attempt = 0; attempt < 3; attempt++)
            {
                if (security.Requests.Challenge(0) == RequestStatus.Ok)
                {
                    Assert.IsTrue(nonces.Add(Convert.ToHexString(security.Requests.Nonce)), $"start {i}");
                }
            }

            files.Name = "";
            flash.Files[i % 5 < 2 ? "k0.key" : "k1.key"] = [];
        }

        Assert.IsGreaterThan(30, nonces.Count);
    }

    [TestMethod]
    public void AFirstProvisionLeavesABoardThatIsOpenOrKeyedWhateverFails()
    {
        foreach (FlashModel model in FlashModels.ThatCommit)
        {
            for (int seed = 0; seed < 3000; seed++)
            {
                FaultyFlash flash = new(model, seed);
                LyingFlash lying = new(flash, new Random(seed)) { IllFor = seed % 14 };
                BoardSecurity security = Start(lying);
                flash.CutAt = seed % 3 == 0 ? flash.Points + (seed / 3 % 350) : long.MaxValue;
                RequestStatus status = security.Keys.Provision(KeyedBench.Provision(), 0, KeyedMessages.ProvisionLength);
                bool isCut = flash.Dead;
                lying.IllFor = 0;
                flash.PowerOn();
                SecurityMode mode = Start(lying).Keys.Mode;
                Assert.IsTrue(
                    isCut || status == RequestStatus.StorageUnknown ? mode is SecurityMode.Open or SecurityMode.Keyed : mode == (status == RequestStatus.Ok ? SecurityMode.Keyed : SecurityMode.Open),
                    $"{model}, seed {seed}: {status}, {mode}");
                Assert.AreNotEqual(RequestStatus.StorageFailed, Start(lying).Keys.Provision(KeyedBench.Provision(), 0, KeyedMessages.ProvisionLength), "and can be repeated");
            }
        }
    }

    [TestMethod]
    public void WhicheverCallsOfTheFileSystemFailTheAnswerIsTrue()
    {
        (string Name, bool Keyed, byte[] Data)[] requests =
        [
            ("first keys", false, KeyedBench.Provision()),
            ("other keys", true, KeyedBench.Provision(key: KeyedBench.Replacement, replacement: Next)),
            ("open again", true, [KeyedMessages.Open]),
        ];
        HashSet<RequestStatus> answers = [];
        foreach ((string name, bool keyed, byte[] data) in requests)
        {
            BoardSecurity whole = Start(Flash(FlashModel.CommitOnClose, 0, keyed));
            State before = new(whole);
            Assert.AreEqual(RequestStatus.Ok, whole.Keys.Provision([.. data], 0, data.Length));
            State after = new(whole);
            foreach (FailingCalls calls in FailingCalls.All())
            {
                FaultyFlash flash = Flash(FlashModel.CommitOnClose, 0, keyed);
                BoardSecurity security = Start(calls.Of(flash));
                calls.Begin();
                RequestStatus answer = security.Keys.Provision([.. data], 0, data.Length);
                answers.Add(answer);
                State now = new(Start(flash));
                Assert.IsTrue(
                    (answer != RequestStatus.StorageFailed && now == after) || (answer != RequestStatus.Ok && now == before),
                    $"{name}, {calls}: {answer}, but the next start finds {now}");
            }
        }

        CollectionAssert.AreEquivalent(new[] { RequestStatus.Ok, RequestStatus.StorageFailed, RequestStatus.StorageUnknown }, answers.ToArray());
    }

    [TestMethod]
    public void AMarkWithWhateverBehindItIsOneOfABoardThatNeverHadKeys()
    {
        for (int more = 0; more < 300; more++)
        {
            FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
            flash.Files["k1.key"] = [.. "NEW!"u8, .. Enumerable.Repeat((byte)0xA5, more)];
            BoardSecurity security = Start(flash);
            Assert.AreEqual(SecurityMode.Open, security.Keys.Mode, $"{more} bytes");
            Assert.AreEqual(RequestStatus.Ok, security.Keys.Provision(KeyedBench.Provision(), 0, KeyedMessages.ProvisionLength));
            Assert.AreEqual(SecurityMode.Keyed, Start(flash).Keys.Mode);
        }
    }

    [TestMethod]
    public void TwoRecordsOfOneGenerationThatDifferAreNotHeldTwice()
    {
        FaultyFlash one = Flash(FlashModel.CommitOnClose, 0, keyed: true);
        FaultyFlash other = Flash(FlashModel.CommitOnClose, 0, keyed: false);
        BoardSecurity elsewhere = Start(other);
        elsewhere.Keys.Provision(KeyedBench.Provision(key: Next), 0, KeyedMessages.ProvisionLength);
        elsewhere.Keys.RaiseNumber(3);
        one.Files["k1.key"] = other.Files["k1.key"];
        State found = new(Start(one));
        CollectionAssert.AreEqual(one.Files["k0.key"], one.Files["k1.key"], "whichever holds, both files say it");
        Assert.AreEqual(found, new State(Start(one)));
    }

    [TestMethod]
    public void AFileThatCannotBeReadKeepsEverybodyOutUntilItCan()
    {
        FaultyFlash flash = Flash(FlashModel.CommitOnClose, 0, keyed: true);
        flash.Unreadable = "k1.key";
        BoardSecurity security = Start(flash);
        Assert.AreEqual(SecurityMode.Lost, security.Keys.Mode);
        flash.Unreadable = null;
        Assert.AreEqual(SecurityMode.Keyed, Start(flash).Keys.Mode);
    }

    private static BoardSecurity Start(IFileStore files)
    {
        BoardSecurity security = new(files, new HostHmac());
        security.Start();
        return security;
    }

    private static FaultyFlash Flash(FlashModel model, int seed, bool keyed)
    {
        FaultyFlash flash = new(model, seed);
        if (keyed)
        {
            BoardSecurity security = Start(flash);
            Assert.AreEqual(RequestStatus.Ok, security.Keys.Provision(KeyedBench.Provision(), 0, KeyedMessages.ProvisionLength));
            security.Keys.RaiseNumber(3);
        }

        return flash;
    }

    private static long Cut(Func<IFileStore, IFileStore> plant, List<string> violations, bool onlyOne = false)
    {
        long runs = 0;
        foreach ((string name, bool keyed, Action<BoardSecurity> act) in Stories)
        {
            // What the whole act, done without a cut, leads to.
            BoardSecurity whole = Start(Flash(FlashModel.CommitOnClose, 0, keyed));
            act(whole);
            State after = new(whole);
            foreach (FlashModel model in FlashModels.ThatCommit)
            {
                for (int seed = 0; seed < 2; seed++)
                {
                    bool again = true;
                    for (long cut = 0; again; cut++)
                    {
                        for (long second = -1; second < 40; second += 7)
                        {
                            again = One(name, keyed, act, after, model, (seed * 10_007) + (int)cut, cut, second);
                            runs++;
                            if (onlyOne && violations.Count > 0)
                            {
                                return runs;
                            }
                        }
                    }
                }
            }
        }

        return runs;

        bool One(string name, bool keyed, Action<BoardSecurity> act, State after, FlashModel model, int seed, long cut, long second)
        {
            FaultyFlash flash = Flash(model, seed, keyed: false);
            IFileStore files = plant(flash);
            BoardSecurity security = Start(files);
            if (keyed)
            {
                security.Keys.Provision(KeyedBench.Provision(), 0, KeyedMessages.ProvisionLength);
                security.Keys.RaiseNumber(3);
            }

            State before = new(security);
            flash.CutAt = flash.Points + cut;
            act(security);
            bool happened = flash.Dead;

            // Power goes once more while the copies are mended.
            flash.PowerOn(second < 0 ? long.MaxValue : second);
            Start(files);
            flash.PowerOn();
            State now = new(Start(files));

            if (now != before && now != after && now with { Failures = 0 } != after with { Failures = 0 })
            {
                violations.Add($"{name}, {model}, cuts {cut} and {second}: {now} is neither {before} nor {after}");
            }

            return happened;
        }
    }

    /// <summary>One file cannot be written.</summary>
    private sealed class BrokenFile(IFileStore files) : PlantedFault(files)
    {
        public string Name { get; set; } = "";

        public override void Write(string name, byte[] data, int offset, int count)
        {
            if (name == Name)
            {
                throw new IOException("the flash failed");
            }

            base.Write(name, data, offset, count);
        }
    }

    /// <summary>What a start finds.</summary>
    private sealed record State(SecurityMode Mode, string Keys, uint Number, int Failures)
    {
        public State(BoardSecurity security)
            : this(
                security.Keys.Mode,
                security.Keys.Mode == SecurityMode.Open ? "" : Convert.ToHexString([.. security.Keys.Key, .. security.Keys.Replacement]),
                security.Keys.SecurityNumber,
                security.Keys.Failures)
        {
        }
    }
}
