using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Models;
using NeuralEdge.Tests.Storage;

namespace NeuralEdge.Tests.Control;

/// <summary>Decisions of a whole board: which model they are about, when they may be made, and how a test ends.</summary>
[TestClass]
public sealed class DecisionTests
{
    private const int TestMs = 900_000;
    private const int PeriodMs = 100;

    private static readonly BoardOutput Pump = new("y0", 18, ArgMax: false, On: 3000, Off: 2500);
    private static readonly byte[] First = Bench.Identity(1, PeriodMs, Pump).Bytes;
    private static readonly byte[] Second = Bench.Identity(2, PeriodMs, Pump).Bytes;

    [TestMethod]
    public void ADecisionAboutAnotherModelIsRefusedAndSaysWhichOneRuns()
    {
        TeachableBoard board = Start(new Bench());
        BoardInfo factory = board.Info();
        AssertWrong(board, ModelState.Factory, 1, factory.Digest);
        AssertWrong(board, ModelState.Factory, 0, factory.Digest + 1);
        Assert.AreEqual(RequestStatus.NothingToConfirm, board.Confirm());
        Assert.AreEqual(RequestStatus.NothingToRevert, board.Revert());

        Assert.AreEqual(RequestStatus.Ok, board.Upload(First));
        BoardInfo test = board.Info();
        AssertWrong(board, ModelState.Test, 0, factory.Digest);
        AssertWrong(board, ModelState.Test, test.Sequence, test.Digest ^ 1);
        AssertWrong(board, ModelState.Test, test.Sequence + 1, test.Digest);
        Assert.AreEqual(ModelState.Test, board.Info().State);
        Assert.AreEqual(RequestStatus.Ok, board.Confirm());
        AssertWrong(board, ModelState.Confirmed, test.Sequence + 1, test.Digest);

        // The same file again, under another number: what was decided about the first is not about the second.
        Assert.AreEqual(RequestStatus.Ok, board.Upload(First));
        AssertWrong(board, ModelState.Test, test.Sequence, test.Digest);
        Assert.AreEqual(RequestStatus.Ok, board.Revert());
        Assert.AreEqual(RequestStatus.NothingToConfirm, board.Updates.Confirm(test.Sequence, test.Digest, true), "named, but not in test");
    }

    [TestMethod]
    public void AModelCanBeConfirmedAfterTenPeriodsInARowOnPlausibleInputs()
    {
        Bench bench = new();
        TeachableBoard board = Start(bench);
        Assert.AreEqual(RequestStatus.Ok, board.Upload(First));
        for (int periods = 0; periods < 10; periods++)
        {
            Assert.AreEqual(periods, board.Info().PlausiblePeriods);
            Assert.AreEqual(RequestStatus.NotYet, board.Confirm(anyway: false));
            Assert.AreEqual((0, periods), (board.Updates.RefusalCode, board.Updates.RefusalWhere));
            board.RunOnce();
        }

        Assert.AreEqual(RequestStatus.Ok, board.Confirm(anyway: false));
        Assert.AreEqual(ModelState.Confirmed, board.Info().State);
    }

    [TestMethod]
    public void ABridgedCountBeginsTheTenPeriodsAgainAndTheRefusalNamesTheInput()
    {
        Bench bench = new();
        bench.Settings.AdcChannels = [new AdcChannelSettings(1).Plausible(0, 4000)];
        TeachableBoard board = Start(bench);
        Assert.AreEqual(RequestStatus.Ok, board.Upload(Second));
        Run(board, 9);
        bench.Inputs.Count = channel => channel == 1 ? 4095 : 2000;
        board.RunOnce();
        Assert.AreEqual(10u, board.Info().InferenceCount, "bridged: the model ran all the same");
        Assert.AreEqual(0, board.Info().PlausiblePeriods);
        Assert.AreEqual(RequestStatus.NotYet, board.Confirm(anyway: false));
        Assert.AreEqual((1, 1), (board.Updates.RefusalCode, board.Updates.RefusalWhere));

        Run(board, 10);
        Assert.AreEqual(RequestStatus.NotYet, board.Confirm(anyway: false), "a fault by now");
        Assert.AreEqual((1, 1), (board.Updates.RefusalCode, board.Updates.RefusalWhere));
        bench.Inputs.Count = _ => 2000;
        Run(board, 9);
        Assert.AreEqual(RequestStatus.NotYet, board.Confirm(anyway: false));
        Assert.AreEqual((0, 9), (board.Updates.RefusalCode, board.Updates.RefusalWhere));
        Assert.AreEqual(RequestStatus.Ok, board.Confirm(anyway: true), "on the desk");
    }

    [TestMethod]
    public void AFaultAndAnotherModelBeginTheTenPeriodsAgain()
    {
        Bench bench = new();
        TeachableBoard board = Start(bench);
        Assert.AreEqual(RequestStatus.Ok, board.Upload(First));
        Run(board, 5);
        board.Loop.Fail(FaultCode.Link, 0);
        Assert.AreEqual(0, board.Loop.PlausiblePeriods);
        bench.Clock.Microseconds += 10_000_000;
        Run(board, 5);
        Assert.AreEqual(5, board.Loop.PlausiblePeriods);
        bench.Inputs.Count = _ => throw new TimeoutException("planted");
        board.RunOnce();
        Assert.AreEqual(0, board.Loop.PlausiblePeriods);
        bench.Inputs.Count = _ => 2000;
        bench.Clock.Microseconds += 10_000_000;
        Run(board, 5);
        Assert.AreEqual(RequestStatus.Ok, board.Upload(Second));
        Assert.AreEqual(0, board.Loop.PlausiblePeriods);
    }

    [TestMethod]
    public void ATestThatNobodyConfirmsEndsInTimeAndIsCounted()
    {
        Bench bench = new(_ => 4000);
        TeachableBoard board = Start(bench);
        Assert.AreEqual(RequestStatus.Ok, board.Upload(First));
        Assert.AreEqual(RequestStatus.Ok, board.Confirm());
        Assert.AreEqual(0u, board.Info().TestLeftMs);
        long begin = bench.Clock.Microseconds;
        Assert.AreEqual(RequestStatus.Ok, board.Upload(Second));
        Assert.AreEqual((uint)TestMs, board.Info().TestLeftMs);
        bench.Clock.Microseconds = begin + ((TestMs - 1000) * 1000L);
        board.RunOnce();
        Assert.AreEqual(ModelState.Test, board.Info().State);
        Assert.IsLessThanOrEqualTo(1000u, board.Info().TestLeftMs);
        bench.Clock.Microseconds = begin + (TestMs * 1000L);
        board.RunOnce();
        Assert.AreEqual(ModelState.Confirmed, board.Info().State);
        Assert.AreEqual(StoreBoard.DigestOf(First), board.Loop.ModelDigest);
        Assert.AreEqual((0u, 1u), (board.Info().TestLeftMs, board.Info().EndedTests));
        Assert.AreEqual(RequestStatus.WrongModel, board.Updates.Confirm(2, StoreBoard.DigestOf(Second), true), "too late");
    }

    [TestMethod]
    public void ASlowModelHasTwiceTheTimeOfItsTenPeriodsAndABoardMayNeverEndATest()
    {
        Bench bench = new();
        TeachableBoard board = Start(bench);
        Assert.AreEqual(RequestStatus.Ok, board.Upload(Bench.Identity(1, 600_000).Bytes));
        Assert.AreEqual(20u * 600_000u, board.Info().TestLeftMs);

        bench.Settings.TestMs = 0;
        board = Start(bench);
        Assert.AreEqual(RequestStatus.Ok, board.Upload(First));
        Assert.AreEqual(0u, board.Info().TestLeftMs);
        bench.Clock.Microseconds += 1_000_000_000_000;
        board.RunOnce();
        Assert.AreEqual(ModelState.Test, board.Info().State);
    }

    [TestMethod]
    public void GoingBackFromATestAllocatesNothingAndKeepsWhatBothModelsDoWithAPin()
    {
        Bench bench = new(_ => 4000);
        TeachableBoard board = Start(bench);
        Assert.AreEqual(RequestStatus.Ok, board.Upload(First));
        Assert.AreEqual(RequestStatus.Ok, board.Confirm());
        board.RunOnce();
        Assert.IsTrue(bench.Pins.Levels[18]);
        long least = long.MaxValue;
        for (int round = 0; round < 4; round++)
        {
            Assert.AreEqual(RequestStatus.Ok, board.Upload(Second));
            board.RunOnce();
            BoardInfo shown = board.Info();
            int writes = bench.Pins.Log.Count;
            long before = GC.GetAllocatedBytesForCurrentThread();
            RequestStatus status = board.Updates.Revert(shown.Sequence, shown.Digest);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.AreEqual(RequestStatus.Ok, status);
            Assert.HasCount(writes, bench.Pins.Log, "the pump runs on");
        }

        Assert.AreEqual(0L, least);
        Assert.AreEqual(StoreBoard.DigestOf(First), board.Loop.ModelDigest);
    }

    [TestMethod]
    public void AfterATestOnOtherPinsTheModelBeforeBeginsAnewWithItsPinsOff()
    {
        Bench bench = new(_ => 4000);
        TeachableBoard board = Start(bench);
        Assert.AreEqual(RequestStatus.Ok, board.Upload(Bench.Identity(1, PeriodMs, Pump with { MinOffMs = 1000 }).Bytes));
        Assert.AreEqual(RequestStatus.Ok, board.Confirm());
        Run(board, 12);
        Assert.IsTrue(bench.Pins.Levels[18]);
        Assert.AreEqual(RequestStatus.Ok, board.Upload(Bench.Identity(1, PeriodMs, Pump with { Pin = 21 }).Bytes));
        Run(board, 30);
        Assert.IsFalse(bench.Pins.Levels[18]);
        Assert.IsTrue(bench.Pins.Levels[21]);
        Assert.AreEqual(RequestStatus.Ok, board.Revert());
        Assert.IsFalse(bench.Pins.Levels[21]);
        Run(board, 9);
        Assert.IsFalse(bench.Pins.Levels[18], "off for a second from now on, whatever it was before the test");
        Run(board, 3);
        Assert.IsTrue(bench.Pins.Levels[18]);
    }

    [TestMethod]
    public void AfterATestNoCountOfBeforeItIsBridged()
    {
        Bench bench = new(_ => 4000);
        bench.Settings.AdcChannels = [new AdcChannelSettings(0).Plausible(0, 4050)];
        TeachableBoard board = Start(bench);
        Assert.AreEqual(RequestStatus.Ok, board.Upload(First));
        Assert.AreEqual(RequestStatus.Ok, board.Confirm());
        Run(board, 3);
        Assert.AreEqual(RequestStatus.Ok, board.Upload(Second));
        Run(board, 3);
        Assert.AreEqual(RequestStatus.Ok, board.Revert());
        uint inferences = board.Loop.InferenceCount;
        bench.Inputs.Count = _ => 4095;
        board.RunOnce();
        Assert.AreEqual(inferences, board.Loop.InferenceCount, "the last good value is as old as the test is long");
        Assert.AreEqual(FaultCode.Sensor, board.Loop.Faults.Last);
    }

    private static void AssertWrong(TeachableBoard board, ModelState state, uint sequence, uint digest)
    {
        BoardInfo before = board.Info();
        Assert.AreEqual(RequestStatus.WrongModel, board.Updates.Confirm(sequence, digest, true));
        Assert.AreEqual(((int)state, (int)before.Sequence), (board.Updates.RefusalCode, board.Updates.RefusalWhere));
        Assert.AreEqual(RequestStatus.WrongModel, board.Updates.Revert(sequence, digest));
        Assert.AreEqual(((int)state, (int)before.Sequence), (board.Updates.RefusalCode, board.Updates.RefusalWhere));
        Assert.AreEqual((before.State, before.Digest), (board.Info().State, board.Info().Digest));
    }

    private static void Run(TeachableBoard board, int periods)
    {
        for (int i = 0; i < periods; i++)
        {
            board.RunOnce();
        }
    }

    private static TeachableBoard Start(Bench bench)
    {
        bench.Outputs.DriveSafe();
        TeachableBoard board = new(bench.Parts, bench.Settings, FactoryModel.GetBytes());
        board.Start();
        return board;
    }
}
