using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Tests.Link;
using NeuralEdge.Tests.Storage;

namespace NeuralEdge.Tests.Control;

/// <summary>What happens between models, faults and restarts does not lift a protection, and makes no reply untrue.</summary>
[TestClass]
public sealed class InBetweenTests
{
    private const int DeadMs = 2000;

    private static readonly BoardOutput Pump = new("y0", 18, ArgMax: false, On: 3000, Off: 2500);
    private static readonly ModelFile Bridge = Bench.Identity(2, 10, DeadMs, new BoardOutput("y0", 18, true), new BoardOutput("y1", 21, true));

    private static SafePin[] Plain => [new(18, false), new(19, false), new(21, false)];

    [TestMethod]
    public void AResetWhoseLatchMeetsOneFailingWriteStillRestartsTheBoard()
    {
        Bench bench = new(_ => 4000, pins: [new SafePin(18, false).AtMost(60_000), new(19, false)]);
        ScriptedHost host = new(bench.Clock, 87);
        bench.Parts.Link = host;
        bench.Outputs.DriveSafe();
        TeachableBoard board = new(bench.Parts, bench.Settings, Bench.Identity(1, 100, Pump).Bytes);
        board.Start();
        board.RunOnce();
        Assert.IsTrue(bench.Pins.Levels[18]);
        bench.Pins.BrokenPin = 18;
        bench.Pins.Failures = 1;
        host.Enqueue(LinkRequest.Hello, LinkProtocol.Version, LinkProtocol.Version, 7, 7, 7, 7);
        host.Enqueue(LinkRequest.Reset);
        while (bench.Clock.Microseconds < 120_000_000 && bench.Reset.Count == 0)
        {
            try
            {
                board.RunOnce();
            }
            catch (InvalidOperationException)
            {
                // What Run does with it.
                board.Loop.Fail(FaultCode.Link, 0);
            }

            bench.Supervisor.Check();
        }

        Assert.IsTrue(bench.Reset.Count > 0 || !bench.Pins.Levels[18], "no restart, and the pump is on at twice its longest time");
    }

    [TestMethod]
    [DataRow("swap")]
    [DataRow("stop")]
    [DataRow("fault")]
    [DataRow("start")]
    public void TheDeadTimeOutlivesTheModelThatBeganIt(string way)
    {
        int[] counts = [4000, 1];
        Bench bench = new(channel => counts[channel], pins: Plain);
        ControlLoop loop = Loop(bench, Bridge);
        for (int period = 0; period < 300; period++)
        {
            bench.Period(loop);
        }

        Assert.IsTrue(bench.Pins.Levels[18]);
        counts = [1, 4000];
        switch (way)
        {
            case "swap":
                bench.Period(loop);
                break;
            case "stop":
                loop.Stop();
                break;
            case "fault":
                loop.Fail(FaultCode.Link, 0);
                break;
            default:
                bench.Outputs.DriveSafe();
                loop = new ControlLoop(bench.Parts, bench.Settings);
                break;
        }

        Assert.IsFalse(bench.Pins.Levels[18]);
        long off = bench.Clock.Microseconds;
        loop.Use(bench.Load(Bridge));
        while (!bench.Pins.Levels[21])
        {
            bench.Period(loop);
        }

        Assert.IsGreaterThanOrEqualTo(DeadMs * 1000L, bench.Clock.Microseconds - off);
    }

    [TestMethod]
    [DataRow(false, DisplayName = "a stop between, as in a revert without memory for both")]
    [DataRow(true, DisplayName = "a model without the pin between")]
    public void TheBoardsRestOutlivesWhateverRunsBetween(bool model)
    {
        Bench bench = new(_ => 4000, pins: [new SafePin(18, false).AtMost(1000, 600_000), new(21, false)]);
        ControlLoop loop = Loop(bench, Bench.Identity(1, 100, Pump));
        for (int period = 0; period < 50; period++)
        {
            bench.Period(loop);
        }

        Assert.IsFalse(bench.Pins.Levels[18]);
        if (model)
        {
            loop.Use(bench.Load(Bench.Identity(1, 100, Pump with { Pin = 21 })));
            bench.Period(loop);
        }
        else
        {
            loop.Stop();
        }

        loop.Use(bench.Load(Bench.Identity(1, 100, Pump)));
        bench.Period(loop);
        Assert.IsFalse(bench.Pins.Levels[18]);
    }

    [TestMethod]
    public void ALooseWireDoesNotLiftTheBoardsLimit()
    {
        // Stuck at "on", and loose for 1.2 s in each minute.
        Bench bench = null!;
        bench = new Bench(_ => bench.Clock.Microseconds % 59_000_000 > 57_800_000 ? 0 : 4000, pins: [new SafePin(18, false).AtMost(60_000, 600_000)]);
        bench.Settings.AdcChannels = [];
        ControlLoop loop = Loop(bench, Bench.Identity(1, 100, Pump));
        int on = 0;
        for (int period = 0; period < 36_000; period++)
        {
            bench.Period(loop);
            on += bench.Pins.Levels[18] ? 1 : 0;
        }

        Assert.IsLessThan(36_000 / 5, on, "a minute in eleven is what the board allows");
    }

    [TestMethod]
    public void NoiseAtTheUpperThresholdIsNoWordForOff()
    {
        int count = 3000;
        Bench bench = new(_ => count, pins: [new SafePin(18, false).AtMost(10_000)]);
        ControlLoop loop = Loop(bench, Bench.Identity(1, 100, Pump));
        int on = 0;
        for (int period = 0; period < 36_000; period++)
        {
            // Off is at or below 2500.
            count = 2998 + (period % 5);
            bench.Period(loop);
            on += bench.Pins.Levels[18] ? 1 : 0;
        }

        Assert.IsLessThanOrEqualTo(101, on);
    }

    [TestMethod]
    public void APinThatIsNamedTwiceAndALimitThatIsNoneAreErrors()
    {
        Assert.Throws<ArgumentException>(() => new SafeOutputs(new FakePins(), [new(18, false), new(18, true)]));
        Assert.Throws<ArgumentException>(() => new SafePin(18, false).AtMost(0));
        Assert.Throws<ArgumentException>(() => new SafePin(18, false).AtMost(1, -1));
    }

    [TestMethod]
    public void AThousandFaultsInARowPauseForTheLongestTime()
    {
        Bench bench = new(_ => throw new TimeoutException("planted"), pins: Plain);
        bench.Settings.FaultsBeforeReset = int.MaxValue;
        ControlLoop loop = Loop(bench, Bench.Identity(1, 100, Pump));
        for (int fault = 0; fault < 1000; fault++)
        {
            long begin = bench.Clock.Microseconds;
            uint before = loop.Faults.Count;
            loop.Fail(FaultCode.Adc, fault);
            Assert.AreEqual(before + 1, loop.Faults.Count);
            int pause = (int)Math.Min(bench.Settings.BackOffLimitMs, bench.Settings.BackOffMs * Math.Pow(2, fault));
            bench.Clock.Microseconds = begin + (pause * 1000L) - 1;
            loop.RunPeriod();
            Assert.AreEqual(before + 1, loop.Faults.Count, "still paused");
            bench.Clock.Microseconds = begin + (pause * 1000L);
        }
    }

    [TestMethod]
    public void ANewModelDoesNotWaitOutTheFaultsOfTheOneBefore()
    {
        Bench bench = new(_ => 4000, pins: Plain);
        ControlLoop loop = Loop(bench, Bench.Identity(1, 100, Pump));
        loop.Fail(FaultCode.Inference, 0);
        Assert.IsFalse(bench.Period(loop), "paused");
        loop.Use(bench.Load(Bench.Identity(1, 100, Pump)));
        Assert.IsTrue(bench.Period(loop));
        Assert.IsTrue(bench.Pins.Levels[18]);
    }

    [TestMethod]
    public void SlicesAreCountedByWhatOneTook()
    {
        SliceBudget budget = new();
        budget.Learn(999);
        CollectionAssert.AreEqual(
            new[] { 0, 0, 0, 0, 1, 1, 2, int.MaxValue },
            new[] { long.MinValue / 2, -1, 0, 999, 1000, 1999, 2000, long.MaxValue }.Select(budget.Count).ToArray());
    }

    [TestMethod]
    [DataRow(true, FaultCode.Frozen)]
    [DataRow(false, FaultCode.Sensor)]
    public void AFaultBetweenTwoInferencesIsNamedForWhatItIs(bool frozen, FaultCode expected)
    {
        int count = 4000;
        Bench bench = new(_ => count, pins: Plain);
        bench.Settings.AdcChannels = [];
        ControlLoop loop = Loop(bench, Bench.Identity(1, new BoardSpec(600_000, [new BoardInput("x0", 0, 1, FrozenMs: 5000)], [Pump]), Activation.Linear));
        bench.Period(loop);
        Assert.IsTrue(bench.Pins.Levels[18]);
        for (int look = 0; look < 30; look++)
        {
            count = frozen ? 4000 : 0;
            bench.Clock.Microseconds += 250_000;
            loop.Watch();
        }

        Assert.AreEqual((expected, 1u), (loop.Faults.Last, loop.Faults.Count));
        Assert.IsFalse(bench.Pins.Levels[18]);
    }

    // PROTOCOL.md, section 5: where a second host looks.
    [TestMethod]
    public void WhatInfoSaysOfLoadsAndSensorsIsWhereTheDocumentHasIt()
    {
        byte[] data = new byte[InfoReply.Length + 8];
        BoardInfo info = new()
        {
            ActiveLowPins = 0x0102030405060708, LimitedPins = 0x1112131415161718, RestingPins = 0x2122232425262728, RestCount = 0x31323334,
            BadInput = 0x4142, IsInputFrozen = true,
        };
        InfoReply.Write(info, new LinkCounters { Repeats = 0x51525354 }, data, 0);
        Assert.AreEqual(0x51525354, BitConverter.ToInt32(data, 116));
        Assert.AreEqual(info.ActiveLowPins, BitConverter.ToInt64(data, 180));
        Assert.AreEqual(info.LimitedPins, BitConverter.ToInt64(data, 188));
        Assert.AreEqual(info.RestingPins, BitConverter.ToInt64(data, 196));
        Assert.AreEqual(info.RestCount, BitConverter.ToUInt32(data, 204));
        Assert.AreEqual(0x4142, BitConverter.ToUInt16(data, 208));
        Assert.AreEqual(2, data[210]);
    }

    [TestMethod]
    public void AQuestionsMemoryGoesWithItsModel()
    {
        Bench bench = new(_ => 4000, pins: Plain);
        bench.Settings.Limits = new ModelLimits(65536, 16, 512, 0, 0xFF);
        TeachableBoard board = new(bench.Parts, bench.Settings, Bench.Identity(40, 100).Bytes);
        board.Start();
        board.RunOnce();
        int Memory() => new HeapWalk(part => part.GetType().Assembly == typeof(InBetweenTests).Assembly).Measure(board);
        int before = Memory();
        Assert.AreEqual(RequestStatus.Ok, board.Questions.Set(0, 1));
        Assert.IsGreaterThan(before, Memory());
        board.Loop.Use(bench.Load(Bench.Identity(40, 100)));
        board.RunOnce();
        Assert.AreEqual(before, Memory());
    }

    [TestMethod]
    public void TheBadInputAndItsReasonBelongTogether()
    {
        int[] counts = [2000, 2000];
        Bench bench = new(channel => counts[channel], pins: Plain);
        bench.Settings.AdcChannels = [];
        ControlLoop loop = Loop(bench, Bench.Identity(2, new BoardSpec(100, [new BoardInput("x0", 0, 1, FrozenMs: 5000), new BoardInput("x1", 1, 1)], [Pump]), Activation.Linear));
        for (int period = 0; period < 55; period++)
        {
            counts[1] = period < 50 ? 2000 + (period % 2) : 0;
            bench.Period(loop);
        }

        Assert.AreEqual(loop.FirstBad == 0, loop.IsInputFrozen, $"input {loop.FirstBad}");
    }

    [TestMethod]
    public void FailuresMinutesApartAreNotInARow()
    {
        bool fails = false;
        Bench bench = new(_ => fails ? throw new TimeoutException("planted") : 2000, pins: Plain);
        ControlLoop loop = Loop(bench, Bench.Identity(1, 3_600_000, Pump));
        bench.Period(loop);
        for (int look = 0; look < 4 * 60 * 50; look++)
        {
            bench.Clock.Microseconds += 250_000;
            fails = look % (4 * 60 * 8) == 100;
            loop.Watch();
        }

        Assert.AreEqual(0, bench.Reset.Count);
    }

    [TestMethod]
    public void AGoodLookAfterAFailedOneTakesNoFailedInferenceBack()
    {
        bool fails = false;
        Bench bench = new(_ => fails ? throw new TimeoutException("planted") : 2000, pins: Plain);
        ControlLoop loop = Loop(bench, Bench.Identity(1, 3_600_000, Pump));
        for (int period = 1; period < bench.Settings.FaultsBeforeReset; period++)
        {
            fails = true;
            bench.Period(loop);
            Assert.AreEqual(0, bench.Reset.Count);

            // Of three looks between the failed inferences one fails, too.
            bench.Clock.Microseconds += 60_000_000;
            fails = period == 2;
            loop.Watch();
            bench.Clock.Microseconds += 60_000_000;
            fails = false;
            loop.Watch();
        }

        fails = true;
        bench.Period(loop);
        Assert.AreEqual(1, bench.Reset.Count, "five inferences in a row have failed");
    }

    [TestMethod]
    public void AClockThatFailsLeavesNoPinOn()
    {
        bool fails = false;
        Bench bench = new(_ => 4000, pins: Plain);
        bench.Parts.Clock = new FailingClock(bench.Clock, () => fails);
        ControlLoop loop = Loop(bench, Bench.Identity(1, 100, Pump));
        bench.Period(loop);
        Assert.IsTrue(bench.Pins.Levels[18]);
        fails = true;
        Assert.ThrowsExactly<TimeoutException>(() => loop.Fail(FaultCode.Link, 0));
        Assert.IsFalse(bench.Pins.Levels[18]);
        Assert.AreEqual(1, bench.Reset.Count);
        bench.Outputs.Switch(18, true);
        Assert.IsFalse(bench.Pins.Levels[18], "it is latched");
    }

    [TestMethod]
    public void ABeginThatCouldNotBeWrittenHasLeftTheTestAndTheDocumentSaysSo()
    {
        new Documents.Document("shared/NeuralEdge.Board/Link/PROTOCOL.md").MustSay("The model that ran runs on, but for one in test that BEGIN has abandoned");
        FaultyFlash flash = new(FlashModel.CommitOnClose, 0);
        Bench bench = new(_ => 4000, pins: Plain);
        bench.Parts.Files = flash;
        bench.Outputs.DriveSafe();
        TeachableBoard board = new(bench.Parts, bench.Settings, Bench.Identity(1, 100, Pump).Bytes);
        board.Start();
        Assert.AreEqual(RequestStatus.Ok, board.Upload(Bench.Identity(2, 100, Pump).Bytes));
        flash.OnlyFails = true;
        flash.CutAt = flash.Points;
        Assert.AreEqual(RequestStatus.StorageFailed, board.Updates.Begin(5000, 7));
        Assert.AreEqual(ModelState.Factory, board.Info().State);
    }

    [TestMethod]
    public void ATestThatSomebodyTookBackIsNotBegunAgain()
    {
        using VirtualBoard board = new();
        int reverts = 0;
        using BoardLink link = BoardLink.Connect(
            new Meddler(board)
            {
                Reading = () =>
                {
                    BoardInfo info = board.Board.Info();
                    if (info.State == ModelState.Test && info.PlausiblePeriods is > 2 and < 9 && reverts < 3)
                    {
                        reverts++;
                        board.Board.Revert();
                    }
                },
            },
            board.Times);
        try
        {
            link.Upload(Bench.Identity(1, 100).Bytes);
        }
        catch (BoardLinkException)
        {
        }

        Assert.AreEqual((1, ModelState.Factory), (reverts, board.Board.Info().State));
    }

    [TestMethod]
    public void AModelThatMakesTheBoardRestartIsNotTestedForEver()
    {
        using VirtualBoard board = new();
        int tests = 0;
        using CancellationTokenSource stop = new();
        using BoardLink link = BoardLink.Connect(
            new Meddler(board)
            {
                Reading = () =>
                {
                    BoardInfo info = board.Board.Info();
                    if (info.State == ModelState.Test && info.PlausiblePeriods is > 2 and < 9)
                    {
                        board.Restart();
                        if (++tests > 20)
                        {
                            stop.Cancel();
                        }
                    }
                },
            },
            board.Times);
        Assert.Throws<BoardLinkException>(() => link.Upload(Bench.Identity(1, 100).Bytes, cancellation: stop.Token));
        Assert.IsLessThanOrEqualTo(3, tests);
    }

    [TestMethod]
    public void ARevertThatWasLostIsNotDoneBecauseAnotherHostHasUploaded()
    {
        using VirtualBoard board = new();
        Meddler line = new(board);
        using BoardLink link = BoardLink.Connect(line, board.Times);
        link.Upload(Bench.Identity(1, 100).Bytes);
        BoardReport shown = link.Info();
        line.Losing = 5;
        line.Lost = () => board.Board.Upload(Bench.Identity(2, 100).Bytes);
        Assert.Throws<BoardLinkException>(() => link.Revert(shown));
    }

    private static ControlLoop Loop(Bench bench, ModelFile file)
    {
        bench.Outputs.DriveSafe();
        ControlLoop loop = new(bench.Parts, bench.Settings);
        loop.Use(bench.Load(file));
        return loop;
    }

    /// <summary>A line beside which somebody else is at work.</summary>
    private sealed class Meddler(VirtualBoard board) : IHostLine
    {
        public Action? Reading { get; init; }

        public int Losing { get; set; }

        public Action? Lost { get; set; }

        public string Name => board.Name;

        public int Read(Span<byte> buffer, TimeSpan timeout)
        {
            Reading?.Invoke();
            return ((IHostLine)board).Read(buffer, timeout);
        }

        public void Write(ReadOnlySpan<byte> data)
        {
            if (Losing > 0)
            {
                Losing--;
                Lost?.Invoke();
                Lost = null;
                return;
            }

            ((IHostLine)board).Write(data);
        }

        public void Dispose()
        {
        }
    }

    /// <summary>A clock that fails on demand.</summary>
    private sealed class FailingClock(IBoardClock clock, Func<bool> fails) : IBoardClock
    {
        public long Microseconds => fails() ? throw new TimeoutException("planted") : clock.Microseconds;

        public void Sleep(int milliseconds) => clock.Sleep(milliseconds);
    }
}
