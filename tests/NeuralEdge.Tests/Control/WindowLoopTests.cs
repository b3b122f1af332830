using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;
using NeuralEdge.Tests.Documents.Format;
using NeuralEdge.Tests.Features;
using NeuralEdge.Tests.Storage;

namespace NeuralEdge.Tests.Control;

/// <summary>A loop that samples in each period and decides when a window has ended.</summary>
[TestClass]
public sealed class WindowLoopTests
{
    private const int Hop = 8;
    private const int Window = 16;

    private static readonly BoardOutput Pump = new("y0", 18, ArgMax: false, On: 3000, Off: 2500);
    private static readonly ModelFile Fast = WindowedModels.Create(10, Hop, 2, 3, ["mean"], Pump);
    private static readonly ModelFile Slow = WindowedModels.Create(100, Hop, 2, 3, ["mean"], Pump);
    private static readonly ModelFile Wide = WindowedModels.Create(100, 16, 4, 1, ["mean"], Pump);

    [TestMethod]
    public void AShortPeriodDecidesWithinAsManyPeriodsAsChannelsAndALongOneAtOnce()
    {
        foreach ((ModelFile file, int late) in new[] { (Fast, 3), (Slow, 0) })
        {
            Bench bench = new(_ => 4000);
            ControlLoop loop = Loop(bench, file);
            List<int> decided = [.. Enumerable.Range(1, 60).Where(_ => bench.Period(loop))];
            CollectionAssert.AreEqual(Enumerable.Range(0, 6).Select(k => Window + late + (k * Hop)).Where(t => t <= 60).ToArray(), decided);
            Assert.AreEqual((uint)decided.Count, loop.InferenceCount);
            Assert.IsLessThanOrEqualTo(loop.Model.PeriodsOf(4), decided[3]);
            Assert.AreEqual(decided.Count, loop.PlausiblePeriods);
        }

        Assert.AreEqual(10, Loop(new Bench(), Bench.Identity(1, 100)).Model.PeriodsOf(10));
    }

    [TestMethod]
    public void PinsAreHeldBetweenWindowsAndFollowThem()
    {
        FormatDocument.Says("Between two decisions the pins stay as they are, but for what the times of section 3 and the safeguards ask for.");
        Bench bench = new(_ => 4000);
        ControlLoop loop = Loop(bench, Slow);
        List<bool> on = [];
        for (int t = 1; t <= 48; t++)
        {
            bench.Inputs.Count = _ => t <= 16 ? 4000 : 0;
            _ = bench.Period(loop);
            on.Add(bench.Pins.Levels.GetValueOrDefault(18));
            Assert.IsTrue(bench.Supervisor.Check());
        }

        // A mean of 4000 at 16, of 2000 at 24.
        CollectionAssert.AreEqual(Enumerable.Range(1, 48).Select(t => t is >= 16 and < 24).ToArray(), on);
        Assert.AreEqual(FaultCode.None, loop.Faults.Last);
    }

    [TestMethod]
    public void TheLongestTimeOnEndsBetweenTwoWindows()
    {
        Bench bench = new(_ => 4000);
        ControlLoop loop = Loop(bench, WindowedModels.Create(100, 16, 4, 1, ["mean"], Pump with { MaxOnMs = 500, RestMs = 10_000 }));
        int[] on = [.. Enumerable.Range(1, 75).Where(t =>
        {
            _ = bench.Period(loop);
            return bench.Pins.Levels.GetValueOrDefault(18);
        })];
        CollectionAssert.AreEqual(new[] { 64, 65, 66, 67, 68 }, on);
    }

    [TestMethod]
    public void ASensorThatFailsMakesThePinsSafeAndNothingIsDecidedByAWindowWithAHoleInIt()
    {
        FormatDocument.Says("nothing is decided by a window with a hole in it");
        Bench bench = new(_ => 4000);
        bench.Settings.AdcChannels = [new AdcChannelSettings(1).Plausible(40, 4050)];
        ControlLoop loop = Loop(bench, Slow);
        Periods(bench, loop, 20);
        Assert.IsTrue(bench.Pins.Levels[18]);

        // Bridged for a second, so that windows go on, but none of them counts as plausible.
        bench.Inputs.Count = channel => channel == 1 ? 4095 : 4000;
        List<int> decided = [.. Enumerable.Range(1, 12).Where(_ => bench.Period(loop))];
        CollectionAssert.AreEqual(new[] { 4 }, decided);
        Assert.AreEqual(0, loop.PlausiblePeriods);
        Assert.IsTrue(bench.IsSafe());
        Assert.AreEqual((FaultCode.Sensor, 1, 1u), (loop.Faults.Last, loop.Faults.Detail, loop.Faults.Count));

        bench.Inputs.Count = _ => 4000;
        for (int t = 1; t < Window; t++)
        {
            Assert.IsFalse(bench.Period(loop));
            Assert.IsTrue(bench.IsSafe());
        }

        Assert.IsTrue(bench.Period(loop));
        Assert.IsTrue(bench.Pins.Levels[18]);
        Assert.AreEqual(1, loop.PlausiblePeriods);
    }

    [TestMethod]
    public void AnAdcThatThrowsMakesAHoleToo()
    {
        Bench bench = new(_ => 4000);
        ControlLoop loop = Loop(bench, Slow);
        Periods(bench, loop, 20);
        bench.Inputs.Count = _ => throw new TimeoutException("planted");
        Assert.IsFalse(bench.Period(loop));
        Assert.IsTrue(bench.IsSafe());
        bench.Inputs.Count = _ => 4000;
        int waited = 1;
        while (!bench.Period(loop))
        {
            Assert.IsTrue(bench.IsSafe());
            Assert.IsLessThan(1000, waited++);
        }

        Assert.AreEqual(9 + Window, waited, "a pause of one second, and a window");
    }

    [TestMethod]
    public void WithoutAWholeWindowForTwoWindowsThePinsGoSafeAndComeBack()
    {
        Bench bench = new(_ => 4000);
        ControlLoop loop = Loop(bench, Wide);
        Periods(bench, loop, 70);
        Assert.IsTrue(bench.Pins.Levels[18]);
        int periods = 6;
        while (!bench.IsSafe())
        {
            // The loop is held up: five samples of each six are missing.
            bench.Clock.Microseconds += 600_000;
            Assert.IsFalse(bench.Period(loop));
            periods += 6;
            Assert.IsLessThan(400, periods);
        }

        Assert.IsGreaterThan((2 * 64) + 16 + 1, periods);
        Assert.IsLessThanOrEqualTo((2 * 64) + 16 + 1 + 12, periods);
        Assert.AreEqual((FaultCode.Late, 0, 1u), (loop.Faults.Last, loop.Faults.Detail, loop.Faults.Count));
        Assert.AreEqual(0, loop.PlausiblePeriods);
        for (int k = 0; k < 20; k++)
        {
            bench.Clock.Microseconds += 600_000;
            Assert.IsFalse(bench.Period(loop));
            Assert.IsTrue(bench.IsSafe());
        }

        Assert.AreEqual(1u, loop.Faults.Count, "one fault, however long it lasts");
        int waited = 1;
        while (!bench.Period(loop))
        {
            Assert.IsTrue(bench.IsSafe());
            Assert.IsLessThan(1000, waited++);
        }

        Assert.AreEqual(63, waited, "the last late sample is the first of a window");
        Assert.IsTrue(bench.Pins.Levels[18]);
        Assert.AreEqual(0, bench.Reset.Count);
    }

    [TestMethod]
    public void AFewLateSamplesAreBridged()
    {
        Bench bench = new(_ => 4000);
        ControlLoop loop = Loop(bench, Wide);
        Periods(bench, loop, 30);
        bench.Clock.Microseconds += 500_000;
        Assert.IsFalse(bench.Period(loop));
        Assert.AreEqual(4u, loop.MissedPeriods);
        int waited = 1;
        while (!bench.Period(loop))
        {
            Assert.IsLessThan(1000, waited++);
        }

        Assert.AreEqual(64 - 30 - 5, waited);
    }

    [TestMethod]
    public void AModelThatComesBackForgetsWhatItSampledBefore()
    {
        FormatDocument.Says("Windows begin anew, and all samples are forgotten, when a model takes over");
        Bench bench = new(_ => 4000);
        ControlLoop loop = Loop(bench, Slow);
        Periods(bench, loop, Window + 5);
        RunningModel windowed = loop.Running;
        RunningModel plain = loop.Prepare(bench.Load(Bench.Identity(1, 100, Pump)));

        // A model that decides at once takes the pin over; one whose window has to fill first does not hold it meanwhile.
        loop.PutToWork(plain);
        Assert.IsTrue(bench.Pins.Levels[18]);
        Assert.IsTrue(bench.Period(loop));
        Assert.AreEqual((1, 1), (new LoopValues(loop).InputCount, loop.PlausiblePeriods));
        loop.PutToWork(windowed);
        Assert.AreEqual((3, 0), (new LoopValues(loop).InputCount, loop.PlausiblePeriods));
        for (int t = 1; t < Window; t++)
        {
            Assert.IsFalse(bench.Period(loop));
            Assert.IsFalse(bench.Pins.Levels[18]);
        }

        Assert.IsTrue(bench.Period(loop));
        Assert.IsTrue(bench.Pins.Levels[18]);
    }

    [TestMethod]
    public void NothingIsAllocatedByAPeriodOrATakeOver()
    {
        Bench bench = new(channel => 1000 + channel);
        foreach (ModelFile file in (ModelFile[])[Fast, Slow])
        {
            ControlLoop loop = Loop(bench, file);
            RunningModel windowed = loop.Running;
            RunningModel plain = loop.Prepare(bench.Load(Bench.Identity(1, 100)));
            _ = Allocations.AssertNone(_ =>
            {
                Periods(bench, loop, 40);
                bench.Clock.Microseconds += 5_000_000;
                Periods(bench, loop, 40);
                loop.PutToWork(plain);
                Periods(bench, loop, 2);
                loop.PutToWork(windowed);
            });
        }
    }

    [TestMethod]
    public void ATestOfWindowsLastsAsLongAsTwiceTenDecisionsTake()
    {
        Bench bench = new(_ => 4000);
        bench.Settings.TestMs = 1000;
        bench.Outputs.DriveSafe();
        TeachableBoard board = new(bench.Parts, bench.Settings, FactoryModel.GetBytes());
        board.Start();
        Assert.AreEqual(RequestStatus.Ok, board.Upload(Slow.Bytes));
        long begin = bench.Clock.Microseconds;
        while (board.Loop.PlausiblePeriods < bench.Settings.ConfirmAfterPeriods)
        {
            board.RunOnce();
            Assert.AreEqual(Slow.Model.Digest, board.Loop.Model.Digest);
        }

        while (board.Loop.Model.Digest == Slow.Model.Digest)
        {
            board.RunOnce();
            Assert.IsLessThan(begin + 100_000_000, bench.Clock.Microseconds);
        }

        // Ten decisions take 16 + 9 * 8 + 3 periods at most.
        Assert.IsTrue((bench.Clock.Microseconds - begin) / 1000 is >= 18_200 and < 18_500, $"{bench.Clock.Microseconds - begin}");
        Assert.AreEqual(FactoryModel.GetBytes().Length, board.Loop.Model.Length);
    }

    private static ControlLoop Loop(Bench bench, ModelFile file)
    {
        ControlLoop loop = new(bench.Parts, bench.Settings);
        bench.Outputs.DriveSafe();
        loop.Use(bench.Load(file));
        return loop;
    }

    private static void Periods(Bench bench, ControlLoop loop, int count)
    {
        for (int t = 0; t < count; t++)
        {
            _ = bench.Period(loop);
        }
    }
}
