using CsCheck;
using NeuralEdge.Board;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Control;

/// <summary>What a load is protected from: a wrong polarity, a stuck or broken sensor, and another load.</summary>
[TestClass]
public sealed class ProtectionTests
{
    private const int ByteMicroseconds = 87;

    private static readonly BoardOutput Pump = new("y0", 18, ArgMax: false, On: 3000, Off: 2500);

    [TestMethod]
    [DataRow(18, true)]
    [DataRow(19, false)]
    public void AModelOfAnotherPolarityThanTheBoardsIsRefusedByNameBeforeAPinMoves(int pin, bool activeLow)
    {
        Bench bench = new(_ => 4000);
        ScriptedHost host = new(bench.Clock, ByteMicroseconds);
        bench.Parts.Link = host;
        bench.Outputs.DriveSafe();
        TeachableBoard board = new(bench.Parts, bench.Settings, Bench.Identity(1, 100, Pump with { Pin = 21 }).Bytes);
        board.Start();
        ModelFile wrong = Bench.Identity(1, 100, Pump with { Pin = pin, ActiveLow = activeLow });
        host.EnqueueUpload(wrong.Bytes);
        bench.Pins.Log.Clear();
        while (!host.IsDone)
        {
            board.RunOnce();
        }

        CollectionAssert.Contains(host.Replies, RequestStatus.ModelRefused);
        CollectionAssert.AreEqual(new[] { (21, true) }, bench.Pins.Log, "only the model that runs moves its pin");
        Assert.IsNull(ModelReader.Read(wrong.Bytes, wrong.Bytes.Length, bench.Settings.Limits, out ModelError error, out int where));
        Assert.AreEqual((ModelError.Polarity, 0), (error, where));
        StringAssert.Contains(ModelErrorText.Describe(error, where), "activeLow");
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(4095)]
    public void AWireThatIsOpenOrShortedSwitchesThePumpOffInASecond(int stuck)
    {
        int count = 4000;
        Bench bench = new(_ => count);
        bench.Settings.AdcChannels = [];
        ControlLoop loop = Loop(bench, Bench.Identity(1, 100, stuck == 0 ? Pump with { On = 100, Off = 200 } : Pump));
        count = stuck == 0 ? 50 : 4000;
        bench.Period(loop);
        Assert.IsTrue(bench.Pins.Levels[18]);
        count = stuck;
        long broken = bench.Clock.Microseconds;
        while (bench.Pins.Levels[18])
        {
            bench.Period(loop);
        }

        Assert.IsLessThanOrEqualTo(1_000_000, bench.Clock.Microseconds - broken);
        Assert.AreEqual(FaultCode.Sensor, loop.Faults.Last);
    }

    // The model says a minute, the board half of it, and the other way round.
    [TestMethod]
    [DataRow(60_000, 0)]
    [DataRow(0, 60_000)]
    [DataRow(60_000, 90_000)]
    [DataRow(90_000, 60_000)]
    public void AStuckSensorKeepsThePumpOnForNoLongerThanTheSmallerLimit(int ofModel, int ofBoard)
    {
        int count = 4000;
        SafePin pin = new(18, false);
        Bench bench = new(_ => count, pins: [ofBoard > 0 ? pin.AtMost(ofBoard) : pin]);
        ControlLoop loop = Loop(bench, Bench.Identity(1, 100, Pump with { MaxOnMs = ofModel }));
        bench.Period(loop);
        long begin = bench.Clock.Microseconds;
        while (bench.Pins.Levels[18])
        {
            bench.Period(loop);
        }

        Assert.AreEqual(60_000_000, bench.Clock.Microseconds - begin);
        BoardInfo info = Report(loop);
        Assert.AreEqual((1L << 18, 1u), (info.RestingPins, info.RestCount));
        Assert.AreEqual(ofBoard > 0 ? 1L << 18 : 0, info.LimitedPins);
        for (int period = 0; period < 10_000; period++)
        {
            bench.Period(loop);
            Assert.IsFalse(bench.Pins.Levels[18], "it rests until the sensor has said something else");
            Assert.AreEqual(LinkProtocol.PinResting, new LoopValues(loop).GetPin(0));
        }

        count = 100;
        bench.Period(loop);
        Assert.AreEqual(0, Report(loop).RestingPins);
        count = 4000;
        bench.Period(loop);
        Assert.IsTrue(bench.Pins.Levels[18]);
    }

    [TestMethod]
    public void ARestOfItsOwnEndsByItselfAndTheBoardsRestIsTheLeast()
    {
        foreach ((int ofModel, int? ofBoard, int expected) in new (int, int?, int)[] { (5000, null, 5000), (5000, 9000, 9000), (5000, 2000, 5000), (5000, 0, int.MaxValue), (0, 5000, int.MaxValue) })
        {
            SafePin pin = new(18, false);
            Bench bench = new(_ => 4000, pins: [ofBoard is int rest ? pin.AtMost(1000, rest) : pin]);
            ControlLoop loop = Loop(bench, Bench.Identity(1, 100, Pump with { MaxOnMs = 1000, RestMs = ofModel }));
            List<bool> levels = [.. Enumerable.Range(0, 200).Select(_ =>
            {
                bench.Period(loop);
                return bench.Pins.Levels[18];
            })];
            int off = levels.IndexOf(false);
            int on = levels.IndexOf(true, off);
            Assert.AreEqual(expected == int.MaxValue ? -1 : off + (expected / 100), on, $"model {ofModel}, board {ofBoard}");
        }
    }

    [TestMethod]
    public void ARestStaysCountedWhenItsModelStopsAndWhenAnotherComes()
    {
        int count = 4000;
        Bench bench = new(_ => count);
        ControlLoop loop = Loop(bench, Bench.Identity(1, 100, Pump with { MaxOnMs = 300 }));
        bench.Period(loop);
        count = 100;
        bench.Period(loop);
        Assert.IsFalse(bench.Pins.Levels[18]);
        Assert.AreEqual(0u, Report(loop).RestCount, "the sensor wanted it off");
        count = 4000;
        for (int period = 0; period < 5; period++)
        {
            bench.Period(loop);
        }

        Assert.AreEqual(1u, Report(loop).RestCount);
        RunningModel first = loop.Running;
        loop.Use(bench.Load(Bench.Identity(1, 100, Pump)));
        Assert.AreEqual(1u, Report(loop).RestCount);
        loop.PutToWork(first);
        Assert.AreEqual(1u, Report(loop).RestCount, "once, also when the first comes back");
        count = 100;
        bench.Period(loop);
        count = 4000;
        for (int period = 0; period < 5; period++)
        {
            bench.Period(loop);
        }

        Assert.AreEqual(2u, Report(loop).RestCount);
        loop.Stop();
        Assert.AreEqual(2u, Report(loop).RestCount);
    }

    [TestMethod]
    public void ARestOutlivesTheModelThatEarnedIt()
    {
        Bench bench = new(_ => 4000);
        ControlLoop loop = Loop(bench, Bench.Identity(1, 100, Pump with { MaxOnMs = 1000 }));
        for (int period = 0; period < 15; period++)
        {
            bench.Period(loop);
        }

        Assert.IsFalse(bench.Pins.Levels[18]);
        loop.Use(bench.Load(Bench.Identity(1, 100, Pump)));
        bench.Period(loop);
        Assert.IsFalse(bench.Pins.Levels[18]);
        Assert.AreEqual(1u, Report(loop).RestCount);
    }

    // Ten minutes from one inference to the next: nothing that protects may wait for it.
    [TestMethod]
    public void AModelOfTenMinutesIsWatchedInBetween()
    {
        int count = 4000;
        Bench bench = new(_ => count);
        bench.Settings.AdcChannels = [];
        bench.Outputs.DriveSafe();
        TeachableBoard board = new(bench.Parts, bench.Settings, Bench.Identity(1, 600_000, Pump with { MaxOnMs = 120_000 }).Bytes);
        board.Start();
        bench.Parts.Clock = bench.Clock;
        List<(long At, bool High)> log = Watch(bench, board, periods: 2, () => count = bench.Clock.Microseconds > 60_000_000 ? 4095 : 4000);
        (long at, bool high) = log[1];
        Assert.IsFalse(high);
        Assert.IsLessThanOrEqualTo(61_250_000, at, "a broken sensor");
        Assert.HasCount(2, log);

        // And the longest time on, which what the pump had before the fault counts for: the sensor has to ask for off in between.
        count = 100;
        board.RunOnce();
        board.Loop.Use(bench.Load(Bench.Identity(1, 600_000, Pump)));
        board.RunOnce();
        count = 4000;
        board.Loop.Use(bench.Load(Bench.Identity(1, 600_000, Pump with { MaxOnMs = 120_000 })));
        log = Watch(bench, board, periods: 2, () => count = count == 4000 ? 4001 : 4000);
        Assert.IsTrue(log[0].High);
        Assert.IsLessThanOrEqualTo(120_250_000, log[1].At - log[0].At);
        Assert.IsGreaterThanOrEqualTo(120_000_000, log[1].At - log[0].At);
    }

    [TestMethod]
    public void AFrozenSensorIsADoubtWhereTheModelSaysSo()
    {
        int count = 4000;
        Bench bench = new(_ => count);
        ModelFile file = ModelWithFrozen(5000);
        ControlLoop loop = Loop(bench, file);
        for (int period = 0; period < 51; period++)
        {
            Assert.IsTrue(bench.Period(loop));
        }

        Assert.IsFalse(bench.Period(loop));
        Assert.AreEqual((FaultCode.Frozen, 0), (loop.Faults.Last, loop.Faults.Detail));
        Assert.IsTrue(bench.IsSafe());
        Assert.IsTrue(Report(loop) is { BadInput: 0, IsInputFrozen: true });
        count = 4001;
        Assert.IsTrue(bench.Period(loop));
        Assert.IsTrue(bench.Pins.Levels[18]);
    }

    // Off before on, a dead time between, and never two at once: from the pin log, for any counts, times and periods.
    [TestMethod]
    public void ClassesThatExcludeEachOtherNeverOverlapWhateverTheirMinimumTimes()
    {
        Gen.Select(Gen.Int[0, 3000].Array[3].Array[60], Gen.Int[0, 5000], Gen.Int[0, 500], Gen.Int[10, 400], Gen.Int[0, 300], Gen.Bool).Sample(
            (rows, minOn, minOff, period, dead, fault) =>
            {
                int row = 0;
                Bench bench = new(channel => fault && row % 17 == 5 ? throw new TimeoutException("planted") : rows[row % rows.Length][channel], pins: [new(18, false), new(19, false), new(21, false)]);
                BoardOutput[] wiring = [.. new[] { 18, 19, 21 }.Select((pin, i) => new BoardOutput($"y{i}", pin, true, MinOnMs: minOn, MinOffMs: minOff))];
                ControlLoop loop = Loop(bench, Bench.Identity(3, period, dead, wiring));
                long[] wentOff = [-1, -1, -1];
                Dictionary<int, bool> levels = new(bench.Pins.Levels);
                int read = bench.Pins.Log.Count;
                for (row = 0; row < 200; row++)
                {
                    bench.Period(loop);
                    for (; read < bench.Pins.Log.Count; read++)
                    {
                        (int pin, bool high) = bench.Pins.Log[read];
                        int index = Array.FindIndex(wiring, output => output.Pin == pin);
                        if (!high && levels[pin])
                        {
                            wentOff[index] = bench.Clock.Microseconds;
                        }

                        levels[pin] = high;
                        Assert.IsLessThanOrEqualTo(1, levels.Values.Count(level => level), "two at once");
                        for (int other = 0; high && other < 3; other++)
                        {
                            Assert.IsTrue(
                                other == index || wentOff[other] < 0 || bench.Clock.Microseconds - wentOff[other] >= dead * 1000L,
                                $"{bench.Clock.Microseconds - wentOff[other]} us after GPIO {wiring[other].Pin}, dead time {dead} ms");
                        }
                    }
                }
            },
            iter: 200);
    }

    [TestMethod]
    public void WithoutAWordTheClassesOfAnArgMaxAreAGroupAHundredMillisecondsApart()
    {
        int[] counts = [4000, 0];
        Bench bench = new(channel => counts[channel]);
        ModelFile file = Bench.Identity(2, 40, Activation.Softmax, new BoardOutput("y0", 18, true), new BoardOutput("y1", 21, true));
        Assert.IsFalse(file.Sections.ContainsKey(ModelFormat.SafeguardsSection), "nothing to say");
        ControlLoop loop = Loop(bench, file);
        bench.Period(loop);
        Assert.IsTrue(bench.Pins.Levels[18]);
        counts = [0, 4000];
        bool[] seen = [.. Enumerable.Range(0, 4).Select(_ =>
        {
            bench.Period(loop);
            Assert.IsFalse(bench.Pins.Levels[18]);
            return bench.Pins.Levels[21];
        })];
        CollectionAssert.AreEqual(new[] { false, false, false, true }, seen, "off at 0 ms, on in the first period from 100 ms on");
    }

    [TestMethod]
    public void APinOfTheModelBeforeCountsForTheDeadTimeToo()
    {
        Bench bench = new(_ => 4000);
        ControlLoop loop = Loop(bench, Bench.Identity(1, 10, Pump));
        bench.Period(loop);
        Assert.IsTrue(bench.Pins.Levels[18]);
        loop.Use(bench.Load(Bench.Identity(1, 10, new BoardOutput("y0", 21, true))));
        Assert.IsFalse(bench.Pins.Levels[18]);
        long swapped = bench.Clock.Microseconds;
        while (!bench.Pins.Levels[21])
        {
            bench.Period(loop);
        }

        Assert.AreEqual(100_000, bench.Clock.Microseconds - swapped);
    }

    // A second after the start: that counts for dead times too.
    private static ControlLoop Loop(Bench bench, ModelFile file)
    {
        bench.Clock.Microseconds += 1_000_000;
        bench.Outputs.DriveSafe();
        ControlLoop loop = new(bench.Parts, bench.Settings);
        loop.Use(bench.Load(file));
        return loop;
    }

    private static BoardInfo Report(ControlLoop loop)
    {
        BoardInfo info = new();
        loop.Report(info);
        return info;
    }

    /// <summary>When the pump's pin changed, while a board runs for some periods.</summary>
    private static List<(long At, bool High)> Watch(Bench bench, TeachableBoard board, int periods, Action between)
    {
        List<(long, bool)> log = [];
        bench.Clock.Slept = () =>
        {
            between();
            if (log.Count == 0 || log[^1].Item2 != bench.Pins.Levels[18])
            {
                log.Add((bench.Clock.Microseconds, bench.Pins.Levels[18]));
            }
        };
        for (int period = 0; period < periods; period++)
        {
            board.RunOnce();
        }

        bench.Clock.Slept = null;
        return log[0].Item2 ? log : log[1..];
    }

    private static ModelFile ModelWithFrozen(int ms)
    {
        BoardSpec board = new(100, [new BoardInput("x0", 0, 1, FrozenMs: ms)], [Pump]);
        return Bench.Identity(1, board, Activation.Linear);
    }
}
