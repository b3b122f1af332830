using NeuralEdge.Board;
using NeuralEdge.Board.Storage;

namespace NeuralEdge.Tests.Storage;

/// <summary>A flash that fails, or lies, while the power stays.</summary>
[TestClass]
public sealed class FlashFailureTests
{
    private static readonly byte[] First = StoreBoard.MakeModel(300, 1);
    private static readonly byte[] Second = StoreBoard.MakeModel(400, 2);

    [TestMethod]
    public void AConfirmationThatTheFlashStoresWronglyFails()
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        StoreBoard board = new(new WrongByte(flash));
        board.Start();
        Assert.AreEqual(RequestStatus.Ok, board.Upload(First));
        Assert.AreEqual(RequestStatus.StorageFailed, board.Transfer.Confirm());
        Assert.IsNull(new StoreBoard(flash).Start());
    }

    [TestMethod]
    public void AJournalThatCannotBeReadIsNotOverwrittenByTheOtherOne()
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        StoreBoard board = new(flash);
        board.Start();
        board.UploadAndConfirm(First);
        byte[] old = flash.Files["j0.log"];
        board.UploadAndConfirm(Second);
        flash.Files["j0.log"] = old;
        flash.Unreadable = "j1.log";
        CollectionAssert.AreEqual(First, new StoreBoard(flash).Start());
        flash.Unreadable = null;
        CollectionAssert.AreEqual(Second, new StoreBoard(flash).Start(), "the newer snapshot is still there");
    }

    [TestMethod]
    public void AHeaderThatCannotBeWrittenEndsTheTestAndWhatTheSlotHeldIsNotResumed()
    {
        FailingWrites flash = new(new FaultyFlash(FlashModel.CommitOnClose, 0));
        StoreBoard board = new(flash);
        board.Start();
        board.UploadAndConfirm(StoreBoard.MakeModel(200, 3));
        Assert.AreEqual(RequestStatus.Ok, board.Upload(First));
        flash.Fails = true;
        Assert.AreEqual(RequestStatus.StorageFailed, board.Begin(Second));
        Assert.AreEqual(RequestStatus.NothingToConfirm, board.Transfer.Confirm());
        flash.Fails = false;
        Assert.AreEqual(RequestStatus.Ok, board.Begin(First));
        Assert.AreEqual(0, board.Transfer.Received, "nobody knows what is in the slot");
        Assert.AreEqual(4u, board.Transfer.Sequence, "the number of the header that failed may be in flash");
    }

    [TestMethod]
    public void OldBytesBehindANewHeaderAreNoUpload()
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        StoreBoard board = new(new KeptTails(flash));
        board.Start();
        Assert.AreEqual(RequestStatus.Ok, board.Begin(Second));
        board.Send(Second, Second.Length);
        Assert.AreEqual(RequestStatus.Ok, board.Begin(StoreBoard.MakeModel(350, 3)), "the other slot");
        Assert.AreEqual(RequestStatus.StorageFailed, board.Begin(First));
    }

    [TestMethod]
    public void AModelEndsWhereTheJournalSaysHoweverLongItsFileHasGrown()
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        StoreBoard board = new(flash);
        board.Start();
        board.UploadAndConfirm(First);
        flash.Files["m0.nem"] = [.. flash.Files["m0.nem"], .. new byte[100]];
        ModelSlots slots = new(flash, 16384);
        slots.Start();
        byte[] buffer = new byte[500];
        Assert.AreEqual(First.Length, slots.ReadActive(0, buffer, 0, buffer.Length));
        Assert.AreEqual(10, slots.ReadActive(First.Length - 10, buffer, 0, 64));
        Assert.AreEqual(0, slots.ReadActive(First.Length, buffer, 0, 64));
    }

    [TestMethod]
    public void OfAModelThatCannotBeReadThereAreNoBytes()
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        StoreBoard board = new(flash);
        board.Start();
        board.UploadAndConfirm(First);
        byte[] buffer = new byte[2];
        Assert.AreEqual(1, board.Slots.ReadActive(0, buffer, 1, 1));
        Assert.AreEqual((0, First[0]), (buffer[0], buffer[1]));
        Assert.AreEqual(0, board.Slots.ReadActive(-1, buffer, 0, 1));
        Assert.AreEqual(0, board.Slots.ReadActive(0, buffer, 0, 0));
        flash.Unreadable = "m0.nem";
        Assert.AreEqual(0, board.Slots.ReadActive(0, buffer, 0, 1));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void ARevertLooksAgainAtTheHeaderOfTheModelItLeadsTo(int before)
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        StoreBoard board = new(flash);
        board.Start();
        for (int uploads = 0; uploads < before + 2; uploads++)
        {
            Assert.AreEqual(RequestStatus.Ok, board.UploadAndConfirm(StoreBoard.MakeModel(300, uploads)));
        }

        Assert.AreEqual(before, board.Slots.BeforeSlot);
        flash.Files[$"m{before}.nem"][4] ^= 1;
        Assert.AreEqual(RequestStatus.Ok, board.Revert());
        Assert.IsNull(board.Load(), "what it led to was rotten");
        Assert.IsNull(new StoreBoard(flash).Start());
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void ARevertTriesAgainWhatCouldNotBeReadBefore(int before)
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        StoreBoard board = new(flash);
        board.Start();
        for (int uploads = 0; uploads < before + 2; uploads++)
        {
            Assert.AreEqual(RequestStatus.Ok, board.UploadAndConfirm(StoreBoard.MakeModel(300, uploads)));
        }

        board.Slots.SkipBefore();
        Assert.AreEqual(ModelSlots.Factory, board.Slots.BeforeSlot);
        Assert.AreEqual(RequestStatus.Ok, board.Revert());
        Assert.AreEqual(before, board.Slots.ActiveSlot);
    }

    [TestMethod]
    [DataRow(-1, RequestStatus.StorageFailed, DisplayName = "nothing")]
    [DataRow(0, RequestStatus.StorageUnknown, DisplayName = "an empty file")]
    [DataRow(16, RequestStatus.StorageUnknown, DisplayName = "all of it")]
    public void AFirstRecordThatCannotBeWrittenIsRefusedForCertainOnlyIfNothingIsLeftOfIt(int left, RequestStatus expected)
    {
        TwinFile file = new(new StickyFile(new FaultyFlash(FlashModel.CommitOnClose, 0)) { Left = left }, StickyFile.Name, "second", 0x12345678, 16, tellsLost: true);
        file.Load();
        Assert.AreEqual(expected, file.Save());
        Assert.AreEqual(expected == RequestStatus.StorageUnknown, file.InDoubt);
    }

    [TestMethod]
    public void ARecordThatIsHeldTwiceIsNotWrittenAtAStart()
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        for (int saved = 0; saved < 3; saved++)
        {
            TwinFile file = new(flash, "first", "second", 0x12345678, 16, tellsLost: true);
            file.Load();
            Assert.AreEqual((saved > 0, 0), (file.IsTwice, file.Writes));
            Assert.AreEqual(RequestStatus.Ok, file.Save());
            Assert.AreEqual((true, false), (file.IsTwice, file.InDoubt));
        }
    }

    [TestMethod]
    [DataRow(-1, -1, false)]
    [DataRow(0, -1, true)]
    [DataRow(16, -1, true)]
    [DataRow(-1, 0, false)]
    [DataRow(0, 0, true)]
    public void AFileIsLeftOfARecordThatWasAndNoneOfOneThatNeverWas(int first, int second, bool isLost)
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        foreach ((string name, int length) in new[] { ("first", first), ("second", second) })
        {
            if (length >= 0)
            {
                flash.Files[name] = new byte[length];
            }
        }

        TwinFile file = new(flash, "first", "second", 0x12345678, 16, tellsLost: true);
        file.Load();
        Assert.AreEqual(isLost, file.Lost);
    }

    [TestMethod]
    public void DoubtAboutADecisionEndsWithTheNextOneThatHolds()
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        Journal journal = new(flash);
        journal.Load();
        Assert.AreEqual((RequestStatus.Ok, false), (journal.Decide(null, null), journal.InDoubt));
        flash.Unreadable = "j1.log";
        Assert.AreEqual((RequestStatus.StorageUnknown, true), (journal.Decide(null, null), journal.InDoubt));
        flash.Unreadable = null;
        Assert.AreEqual((RequestStatus.Ok, false), (journal.Decide(null, null), journal.InDoubt));
    }

    [TestMethod]
    public void AChunkThatCannotBeWrittenEndsTheUpload()
    {
        FailingWrites flash = new(new FaultyFlash(FlashModel.CommitOnClose, 0));
        StoreBoard board = new(flash);
        board.Start();
        board.Begin(First);
        board.Send(First, 100);
        flash.Fails = true;
        Assert.AreEqual(RequestStatus.StorageFailed, board.Transfer.Append(100, First, 100, 100));
        flash.Fails = false;
        Assert.AreEqual(RequestStatus.NoUpload, board.Transfer.Append(100, First, 100, 100));
        board.Begin(First);
        Assert.AreEqual(100, board.Transfer.Received);
    }

    [TestMethod]
    [DataRow(false, DisplayName = "a confirmation")]
    [DataRow(true, DisplayName = "a confirmed model taken back")]
    public void WhicheverCallsOfTheFileSystemFailTheAnswerIsTrue(bool takesBack)
    {
        HashSet<RequestStatus> answers = [];
        foreach (FailingCalls calls in FailingCalls.All())
        {
            FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
            StoreBoard board = new(calls.Of(flash));
            board.Start();
            board.UploadAndConfirm(First);
            Assert.AreEqual(RequestStatus.Ok, board.Upload(Second));
            if (takesBack)
            {
                Assert.AreEqual(RequestStatus.Ok, board.Transfer.Confirm());
            }

            calls.Begin();
            RequestStatus answer = takesBack ? board.Transfer.Revert() : board.Transfer.Confirm();
            answers.Add(answer);
            byte[]? runs = new StoreBoard(flash).Start();
            bool isDone = runs == null ? throw new AssertFailedException($"{calls}: nothing is confirmed any more") : runs.SequenceEqual(takesBack ? First : Second);
            Assert.IsTrue(answer == RequestStatus.StorageUnknown || isDone == (answer == RequestStatus.Ok), $"{calls}: {answer}, and the next start finds it {(isDone ? "" : "not ")}done");
        }

        CollectionAssert.AreEquivalent(new[] { RequestStatus.Ok, RequestStatus.StorageFailed, RequestStatus.StorageUnknown }, answers.ToArray());
    }

    /// <summary>Stores another byte of the journal than it was given, and says nothing.</summary>
    private sealed class WrongByte(IFileStore files) : PlantedFault(files)
    {
        public override void Write(string name, byte[] data, int offset, int count)
        {
            byte[] copy = data.AsSpan(offset, count).ToArray();
            copy[^1] ^= (byte)(name[0] == 'j' ? 1 : 0);
            base.Write(name, copy, 0, count);
        }
    }

    /// <summary>A file that takes another byte than it is given, and is not always gone when it was deleted.</summary>
    private sealed class StickyFile(FaultyFlash flash) : PlantedFault(flash)
    {
        public const string Name = "first";

        /// <summary>How many bytes a deletion leaves, or -1 for no file.</summary>
        public int Left { get; init; }

        public override void Write(string name, byte[] data, int offset, int count)
        {
            base.Write(name, data, offset, count);
            flash.Files[name][^1] ^= (byte)(name == Name ? 1 : 0);
        }

        public override void Delete(string name)
        {
            if (Left < 0)
            {
                base.Delete(name);
            }
            else
            {
                flash.Files[name] = flash.Files[name][..Left];
            }
        }
    }

    /// <summary>Nothing can be written.</summary>
    private sealed class FailingWrites(IFileStore files) : PlantedFault(files)
    {
        public bool Fails { get; set; }

        public override void Write(string name, byte[] data, int offset, int count)
        {
            Check();
            base.Write(name, data, offset, count);
        }

        public override void Append(string name, byte[] data, int offset, int count)
        {
            Check();
            base.Append(name, data, offset, count);
        }

        private void Check()
        {
            if (Fails)
            {
                throw new IOException("the flash is full");
            }
        }
    }

    /// <summary>A file that is written anew keeps what was behind.</summary>
    private sealed class KeptTails(FaultyFlash flash) : PlantedFault(flash)
    {
        public override void Write(string name, byte[] data, int offset, int count)
        {
            byte[] old = flash.Files.GetValueOrDefault(name, []);
            base.Write(name, data, offset, count);
            flash.Files[name] = [.. flash.Files[name], .. old.Skip(count)];
        }
    }
}
