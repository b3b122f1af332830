using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Models;
using NeuralEdge.Tests.Storage;

namespace NeuralEdge.Tests.Control;

/// <summary>A revert ends on the model that its reply names, and so does the next start; or it says that it could not.</summary>
[TestClass]
public sealed class RevertTests
{
    private static readonly BoardOutput Pump = new("y0", 18, ArgMax: false, On: 3000, Off: 2500);
    private static readonly byte[] Large = Bench.Identity(12, 100, Pump).Bytes;
    private static readonly byte[] Middle = Bench.Identity(6, 100, Pump).Bytes;
    private static readonly byte[] First = Bench.Identity(1, 100, Pump).Bytes;
    private static readonly byte[] Second = Bench.Identity(2, 100, Pump).Bytes;

    private readonly FaultyFlash _flash = new(FlashModel.CommitOnClose, 0);
    private readonly Bench _bench = new(_ => 4000);

    [TestMethod]
    public void WithoutMemoryForBothTheOldModelStopsFirstAndTheOneBeforeComesBack()
    {
        TeachableBoard board = StartTight();
        board.RunOnce();
        Assert.IsTrue(_bench.Pins.Levels[18]);

        RequestStatus status = board.BeginRevert();
        bool wasSafe = false;
        while (status == RequestStatus.Working)
        {
            status = board.Updates.Poll();
            if (board.Loop.Model == null)
            {
                wasSafe = true;
                Assert.IsTrue(_bench.IsSafe(), "while it loads");
                board.Loop.RunPeriod();
            }
        }

        Assert.AreEqual(RequestStatus.Ok, status);
        Assert.IsTrue(wasSafe);
        AssertRuns(board, Large);
        AssertRuns(Start(), Large);
    }

    [TestMethod]
    public void WithMemoryForBothThePumpRunsOn()
    {
        TeachableBoard board = Start();
        Keep(board, First);
        Keep(board, Second);
        board.RunOnce();
        int writes = _bench.Pins.Log.Count;
        Assert.AreEqual(RequestStatus.Ok, board.Revert());
        board.RunOnce();
        Assert.HasCount(writes, _bench.Pins.Log);
        AssertRuns(board, First);
        AssertRuns(Start(), First);
    }

    [TestMethod]
    [DataRow(false, DisplayName = "and stays there when the slot can be read again")]
    [DataRow(true, DisplayName = "or does not know what the next start runs, when that cannot be written")]
    public void ASlotThatFailsAfterTheOldModelHasStoppedEndsOnTheFactoryModel(bool isUnwritable)
    {
        WrittenUnseen files = new(_flash);
        TeachableBoard board = StartTight(files);
        RequestStatus status = board.BeginRevert();
        while (status == RequestStatus.Working)
        {
            status = board.Updates.Poll();
            if (board.Loop.Model == null)
            {
                _flash.Unreadable = "m0.nem";
                files.Mode = isUnwritable ? Trouble.NotWritten : Trouble.None;
            }
        }

        Assert.AreEqual(isUnwritable ? RequestStatus.StorageUnknown : RequestStatus.Ok, status);
        Assert.AreEqual(ModelState.Factory, board.Info().State);
        AssertRuns(board, FactoryModel.GetBytes());
        _flash.Unreadable = null;
        files.Mode = Trouble.None;
        if (isUnwritable)
        {
            AssertRuns(Start(), Large);
            Assert.AreEqual(RequestStatus.NothingToRevert, board.Revert(), "but what was left open is written now");
        }

        AssertRuns(Start(), FactoryModel.GetBytes());
    }

    [TestMethod]
    public void PastARottenSlotItEndsOnTheFactoryModelAlsoWhenTheSlotCanBeReadAgain()
    {
        TeachableBoard board = Start();
        Keep(board, First);
        Keep(board, Second);
        _flash.Files["m0.nem"][60] ^= 1;
        Assert.AreEqual(RequestStatus.Ok, board.Revert());
        Assert.AreEqual(ModelState.Factory, board.Info().State);
        AssertRuns(board, FactoryModel.GetBytes());
        Assert.AreEqual(FaultCode.Model, board.Loop.Faults.Last);
        _flash.Files["m0.nem"][60] ^= 1;
        AssertRuns(Start(), FactoryModel.GetBytes());
    }

    [TestMethod]
    public void ASlotThatCannotBeReadForAMomentIsNotFoundAgainByTheNextStart()
    {
        TeachableBoard board = Start();
        Keep(board, First);
        Keep(board, Second);
        _flash.Unreadable = "m0.nem";
        Assert.AreEqual(RequestStatus.Ok, board.Revert());
        AssertRuns(board, FactoryModel.GetBytes());
        _flash.Unreadable = null;
        AssertRuns(Start(), FactoryModel.GetBytes());
    }

    [TestMethod]
    public void ADecisionThatCannotBeWrittenLeavesTheModelRunning()
    {
        WrittenUnseen files = new(_flash) { Mode = Trouble.NotWritten };
        TeachableBoard board = Start(files);
        files.Mode = Trouble.None;
        Keep(board, First);
        Keep(board, Second);
        files.Mode = Trouble.NotWritten;
        Assert.AreEqual(RequestStatus.StorageFailed, board.Revert());
        AssertRuns(board, Second);
        Assert.AreEqual(ModelState.Confirmed, board.Info().State);
        AssertRuns(Start(), Second);
        files.Mode = Trouble.None;
        Assert.AreEqual(RequestStatus.Ok, board.Revert(), "and may be repeated");
        AssertRuns(Start(), First);
    }

    [TestMethod]
    public void ADecisionThatFailedButWasWrittenIsDone()
    {
        WrittenUnseen files = new(_flash);
        TeachableBoard board = Start(files);
        Keep(board, First);
        Keep(board, Second);
        files.Mode = Trouble.WrittenAllTheSame;
        Assert.AreEqual(RequestStatus.Ok, board.Revert());
        AssertRuns(board, First);
        AssertRuns(Start(), First);
    }

    [TestMethod]
    public void AConfirmationInDoubtIsTakenBackBeforeATestEnds()
    {
        foreach (string end in new[] { "revert", "begin", "time" })
        {
            _flash.Files.Clear();
            (TeachableBoard board, WrittenUnseen files) = InDoubt();
            files.Mode = Trouble.None;
            switch (end)
            {
                case "revert":
                    Assert.AreEqual(RequestStatus.Ok, board.Revert());
                    break;
                case "begin":
                    Assert.AreEqual(RequestStatus.Ok, board.Finish(board.Updates.Begin(Large.Length, StoreBoard.DigestOf(Large))));
                    break;
                default:
                    _bench.Clock.Microseconds += 901_000_000;
                    board.RunOnce();
                    break;
            }

            AssertRuns(board, First);
            AssertRuns(Start(), First);
        }
    }

    [TestMethod]
    public void AConfirmationInDoubtThatCannotBeTakenBackKeepsTheTestOrEndsItSafe()
    {
        (TeachableBoard board, WrittenUnseen files) = InDoubt();
        files.Mode = Trouble.NotWritten;
        files.IsUnreadable = false;
        Assert.AreEqual(RequestStatus.StorageUnknown, board.Revert(), "what was in doubt is there: the next start runs it");
        Assert.AreEqual(RequestStatus.StorageUnknown, board.Updates.Begin(Large.Length, StoreBoard.DigestOf(Large)));
        AssertRuns(board, Second);
        Assert.AreEqual(ModelState.Test, board.Info().State);
        Assert.IsTrue(_bench.Pins.Levels[18]);

        _bench.Clock.Microseconds += 901_000_000;
        board.RunOnce();
        Assert.IsNull(board.Loop.Model);
        Assert.IsTrue(_bench.IsSafe());
        Assert.AreEqual(1u, board.Info().EndedTests);
        Assert.AreEqual(RequestStatus.NothingToConfirm, board.Confirm(), "it does not run");
        AssertRuns(Start(), Second);

        // A minute later the flash is well again.
        files.Mode = Trouble.None;
        board.RunOnce();
        Assert.IsNull(board.Loop.Model);
        _bench.Clock.Microseconds += 61_000_000;
        board.RunOnce();
        AssertRuns(board, First);
        Assert.AreEqual(1u, board.Info().EndedTests);
        AssertRuns(Start(), First);
    }

    [TestMethod]
    public void AConfirmationInDoubtMayBeRepeated()
    {
        (TeachableBoard board, WrittenUnseen files) = InDoubt();
        files.Mode = Trouble.None;
        Assert.AreEqual(RequestStatus.Ok, board.Confirm());
        AssertRuns(Start(), Second);
    }

    [TestMethod]
    public void AfterABeginThatFailedARevertLeadsToTheModelThatIsStillThere()
    {
        WrittenUnseen files = new(_flash);
        TeachableBoard board = Start(files);
        Keep(board, First);
        Keep(board, Second);
        files.Mode = Trouble.NotWritten;
        Assert.AreEqual(RequestStatus.StorageFailed, board.Updates.Begin(Large.Length, StoreBoard.DigestOf(Large)));
        files.Mode = Trouble.None;
        Assert.AreEqual(RequestStatus.Ok, board.Revert());
        AssertRuns(board, First);
        AssertRuns(Start(), First);
    }

    [TestMethod]
    public void WithNothingToGoBackToTheModelStopsAndTheReplySaysSo()
    {
        _bench.Parts.Files = _flash;
        _bench.Outputs.DriveSafe();
        TeachableBoard board = new(_bench.Parts, _bench.Settings, []);
        board.Start();
        Assert.AreEqual(RequestStatus.Ok, board.Upload(First));
        Assert.AreEqual(RequestStatus.ModelRefused, board.Revert(), "from a test");
        Assert.IsNull(board.Loop.Model);
        Keep(board, First);
        board.RunOnce();
        Assert.IsTrue(_bench.Pins.Levels[18]);
        Assert.AreEqual(RequestStatus.ModelRefused, board.Revert());
        Assert.AreNotEqual(0, board.Updates.RefusalCode);
        Assert.IsNull(board.Loop.Model);
        Assert.IsTrue(_bench.IsSafe());
        Assert.AreEqual(ModelState.Factory, board.Info().State);
        board.RunOnce();
        Keep(board, Second);
        AssertRuns(board, Second);
    }

    [TestMethod]
    public void AModelThatOnlyRunsInPlaceOfANewerOneIsNotGoneBackFromToThatOne()
    {
        TeachableBoard board = Start();
        Keep(board, First);
        Keep(board, Second);
        _flash.Files["m1.nem"][60] ^= 1;
        board = Start();
        AssertRuns(board, First);
        _flash.Files["m1.nem"][60] ^= 1;
        Assert.AreEqual(RequestStatus.Ok, board.Revert());
        AssertRuns(board, FactoryModel.GetBytes());
        AssertRuns(Start(), FactoryModel.GetBytes());
    }

    [TestMethod]
    public void AConfirmationIsRefusedWhenTheSlotNoLongerSaysWhichModelItHolds()
    {
        TeachableBoard board = Start();
        Keep(board, First);
        Assert.AreEqual(RequestStatus.Ok, board.Upload(Second));
        _flash.Files["m1.nem"][5] ^= 1;
        Assert.AreEqual(RequestStatus.StorageFailed, board.Confirm(), "the next start would not find it");
        AssertRuns(Start(), First);
    }

    private static int Size(byte[] file) => ModelMemory.Of(Read(file));

    private static Model Read(byte[] file) => ModelReader.Read(file, file.Length, new ModelLimits(16384, 16, 512, 1L << 18, 0xFF), out _, out _);

    private static void Keep(TeachableBoard board, byte[] file)
    {
        Assert.AreEqual(RequestStatus.Ok, board.Upload(file));
        Assert.AreEqual(RequestStatus.Ok, board.Confirm());
    }

    private static void AssertRuns(TeachableBoard board, byte[] file) => Assert.AreEqual(StoreBoard.DigestOf(file), board.Loop.ModelDigest);

    /// <summary>The large model can be loaded beside the factory model, and not beside the middle one, which runs.</summary>
    private TeachableBoard StartTight(PlantedFault? files = null)
    {
        _bench.Settings.Limits = new ModelLimits(16384, 16, 512, 1L << 18, 0xFF, ModelMemory.WhileLoading(Read(Large)) + Size(Middle) - 1);
        TeachableBoard board = Start(files);
        Keep(board, Large);
        Keep(board, Middle);
        return board;
    }

    private (TeachableBoard Board, WrittenUnseen Files) InDoubt()
    {
        WrittenUnseen files = new(_flash);
        TeachableBoard board = Start(files);
        Keep(board, First);
        Assert.AreEqual(RequestStatus.Ok, board.Upload(Second));
        board.RunOnce();
        files.Mode = Trouble.WrittenAllTheSame;
        files.IsUnreadable = true;
        Assert.AreEqual(RequestStatus.StorageUnknown, board.Confirm());
        files.IsUnreadable = false;
        AssertRuns(board, Second);
        Assert.AreEqual(ModelState.Test, board.Info().State);
        return (board, files);
    }

    private TeachableBoard Start(PlantedFault? files = null)
    {
        _bench.Parts.Files = files ?? (Board.Storage.IFileStore)_flash;
        _bench.Outputs.DriveSafe();
        TeachableBoard board = new(_bench.Parts, _bench.Settings, FactoryModel.GetBytes());
        board.Start();
        return board;
    }

    private enum Trouble
    {
        None,
        NotWritten,
        WrittenAllTheSame,
    }

    /// <summary>Writes that fail before or after they have done their work, and a journal that cannot be read.</summary>
    private sealed class WrittenUnseen(Board.Storage.IFileStore files) : PlantedFault(files)
    {
        public Trouble Mode { get; set; }

        public bool IsUnreadable { get; set; }

        public override int Read(string name, int position, byte[] buffer, int offset, int count) =>
            IsUnreadable && name[0] == 'j' ? throw new IOException("planted") : base.Read(name, position, buffer, offset, count);

        public override void Write(string name, byte[] data, int offset, int count)
        {
            if (Mode != Trouble.NotWritten)
            {
                base.Write(name, data, offset, count);
            }

            if (Mode != Trouble.None)
            {
                throw new IOException("planted");
            }
        }
    }
}
