using System.Runtime.CompilerServices;
using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Models;
using NeuralEdge.Numerics;
using NeuralEdge.Tests.Storage;

namespace NeuralEdge.Tests.Control;

/// <summary>Uploads, tests and reverts of a whole board, where something goes wrong in the middle.</summary>
[TestClass]
public sealed class ModelUpdateTests
{
    private static readonly BoardOutput Pump = new("y0", 18, ArgMax: false, On: 3000, Off: 2500);
    private static readonly byte[] First = Bench.Identity(1, 100, Pump).Bytes;
    private static readonly byte[] Second = Bench.Identity(2, 100, Pump).Bytes;

    [TestMethod]
    public void ARefusedUploadIsDeleted()
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        TeachableBoard board = Start(new Bench(), flash);
        byte[] liar = [.. First];
        int end = liar.Length - ModelFormat.TrailerLength;
        liar[ModelFormat.HeaderLength + ModelFormat.SectionHeaderLength + 3] = 9;
        LittleEndian.WriteUInt32(liar, end, Checksum.Crc32(liar, 0, end));
        Assert.AreEqual(RequestStatus.ModelRefused, board.Upload(liar));
        Assert.AreEqual((int)ModelError.BadValue, board.Updates.RefusalCode);
        Assert.IsEmpty(flash.Files);
    }

    [TestMethod]
    public void GoingBackFromATestNeedsNoFlash()
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        TeachableBoard board = Start(new Bench(), flash);
        Assert.AreEqual(RequestStatus.Ok, board.Upload(First));
        Assert.AreEqual(RequestStatus.Ok, board.Confirm());
        Assert.AreEqual(RequestStatus.Ok, board.Upload(Second));
        Assert.AreEqual(StoreBoard.DigestOf(Second), board.Loop.ModelDigest);
        flash.Unreadable = "m0.nem";
        Assert.AreEqual(RequestStatus.Ok, board.BeginRevert(), "at once");
        Assert.AreEqual(StoreBoard.DigestOf(First), board.Loop.ModelDigest);
        Assert.AreEqual(0u, board.Loop.Faults.Count);
    }

    [TestMethod]
    public void ACommitWhoseHostHasLeftNeverPutsTheModelToWork()
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        TeachableBoard board = Start(new Bench(), flash);
        uint before = board.Loop.ModelDigest;
        for (int steps = 0; steps < 200; steps++)
        {
            Assert.AreEqual(RequestStatus.Working, board.BeginCommit(First));
            for (int i = 0; i < steps; i++)
            {
                if (board.Updates.Poll() != RequestStatus.Working)
                {
                    Assert.IsGreaterThan(5, steps);
                    return;
                }
            }

            board.Updates.Cancel();
            for (int i = 0; i < 300; i++)
            {
                Assert.AreEqual(RequestStatus.Ok, board.Updates.Poll());
            }

            Assert.AreEqual(before, board.Loop.ModelDigest, $"cancelled after {steps} steps");
        }

        Assert.Fail("the commit does not end");
    }

    [TestMethod]
    public void AnUploadThatCannotBeReadForAMomentIsKept()
    {
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        TeachableBoard board = Start(new Bench(), flash);
        Assert.AreEqual(RequestStatus.Working, board.BeginCommit(First));
        flash.Unreadable = "m0.nem";
        Assert.AreEqual(RequestStatus.StorageFailed, board.Finish(RequestStatus.Working));
        flash.Unreadable = null;
        Assert.AreEqual(RequestStatus.Ok, board.Finish(board.Updates.Commit()), "all bytes are still there");
        Assert.AreEqual(StoreBoard.DigestOf(First), board.Loop.ModelDigest);
    }

    [TestMethod]
    public void WithoutMemoryForTheSwapTheModelBeforeRunsOn()
    {
        Bench bench = new(_ => 4000);
        TeachableBoard board = Start(bench, new FaultyFlash(FlashModel.CommitOnClose, 0));
        uint before = board.Loop.ModelDigest;
        Assert.AreEqual(RequestStatus.Working, board.BeginCommit(First));

        // Asked for the time while what runs the model is being made.
        bench.Parts.Clock = new FullHeap();
        Assert.AreEqual(RequestStatus.ModelRefused, board.Finish(RequestStatus.Working));
        Assert.AreEqual((int)ModelError.OutOfMemory, board.Updates.RefusalCode);
        bench.Parts.Clock = bench.Clock;
        Assert.AreEqual(before, board.Loop.ModelDigest);
        board.RunOnce();
        Assert.AreEqual(1u, board.Loop.InferenceCount);
        Assert.AreEqual(RequestStatus.NothingToConfirm, board.Confirm());
    }

    [TestMethod]
    public void InfoNamesEachKindOfFaultAndTheLast()
    {
        Bench bench = new(_ => 4095);
        bench.Settings.AdcChannels = [new AdcChannelSettings(0).Plausible(0, 4000)];
        TeachableBoard board = Start(bench, new FaultyFlash(FlashModel.CommitOnClose, 0), First);
        AssertFaults(board, FaultCode.None);
        for (int i = 0; i < 5; i++)
        {
            board.RunOnce();
        }

        AssertFaults(board, FaultCode.Sensor, FaultCode.Sensor);
        bench.Inputs.Count = _ => throw new TimeoutException("planted");
        board.RunOnce();
        AssertFaults(board, FaultCode.Adc, FaultCode.Sensor, FaultCode.Adc);
        board.Loop.Fail(FaultCode.Link, 0);
        AssertFaults(board, FaultCode.Link, FaultCode.Sensor, FaultCode.Adc, FaultCode.Link);
    }

    [TestMethod]
    public void AModelThatNoLongerRunsIsNotKeptInMemory()
    {
        TeachableBoard board = Start(new Bench(), new FaultyFlash(FlashModel.CommitOnClose, 0), First);
        WeakReference before = AskAndReplace(board);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.IsFalse(before.IsAlive);
        Assert.AreEqual(StoreBoard.DigestOf(Second), board.Loop.ModelDigest);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference AskAndReplace(TeachableBoard board)
    {
        Assert.AreEqual(RequestStatus.Ok, board.Questions.Set(0, 100));
        board.Questions.Ask();
        WeakReference before = new(board.Loop.Model);
        Assert.AreEqual(RequestStatus.Ok, board.Upload(Second));
        Assert.AreEqual(RequestStatus.Ok, board.Confirm());
        return before;
    }

    private static void AssertFaults(TeachableBoard board, FaultCode last, params FaultCode[] kinds)
    {
        BoardInfo info = new();
        board.Report(info);
        Assert.AreEqual((byte)last, info.LastFault);
        Assert.AreEqual(kinds.Aggregate(0u, (flags, kind) => flags | (1u << (int)kind)), info.FaultFlags);
    }

    private static TeachableBoard Start(Bench bench, FaultyFlash flash, byte[]? factoryModel = null)
    {
        bench.Parts.Files = flash;
        bench.Outputs.DriveSafe();
        TeachableBoard board = new(bench.Parts, bench.Settings, factoryModel ?? FactoryModel.GetBytes());
        board.Start();
        return board;
    }

    /// <summary>A clock at which the heap is full.</summary>
    private sealed class FullHeap : IBoardClock
    {
        public long Microseconds => throw new InsufficientMemoryException();

        public void Sleep(int milliseconds)
        {
        }
    }
}
