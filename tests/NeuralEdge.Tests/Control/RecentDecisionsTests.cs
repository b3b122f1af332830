using NeuralEdge.Board.Control;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Tests.Documents.Format;

namespace NeuralEdge.Tests.Control;

/// <summary>Models that decide by their last few inferences.</summary>
[TestClass]
public sealed class RecentDecisionsTests
{
    private const int PeriodMs = 100;
    private static readonly BoardOutput Pump = new("y0", 18, ArgMax: false, On: 3000, Off: 2500);

    [TestMethod]
    public void APinFollowsAThresholdThatMoreThanHalfOfTheLastDecisionsPass()
    {
        const int Length = 8;
        foreach (int votes in new[] { 1, 3, 5 })
        {
            for (int sequence = 0; sequence < 1 << Length; sequence++)
            {
                int count = 0;
                Bench bench = new(_ => count);
                ControlLoop loop = Loop(bench, new RecentDecisions(votes, 0, 0, 0), Pump with { Off = 3000 });
                for (int t = 0; t < Length; t++)
                {
                    count = ((sequence >> t) & 1) != 0 ? 4000 : 100;
                    bench.Period(loop);
                    bool wanted = t + 1 >= votes && 2 * Enumerable.Range(t + 1 - votes, votes).Count(k => ((sequence >> k) & 1) != 0) > votes;
                    Assert.AreEqual(wanted, IsOn(bench, 18), $"{votes} votes, sequence {sequence}, decision {t}");
                }
            }
        }
    }

    [TestMethod]
    public void AClassWinsThatMoreThanHalfOfTheLastDecisionsAreFor()
    {
        const int Length = 6;
        const int Votes = 3;
        for (int sequence = 0; sequence < Math.Pow(3, Length); sequence++)
        {
            int[] winners = [.. Enumerable.Range(0, Length).Select(t => sequence / (int)Math.Pow(3, t) % 3)];
            int winner = 0;
            Bench bench = new(channel => channel == winner ? 3000 : 100, pins: [new(18, false), new(19, false), new(21, false)]);
            ControlLoop loop = Loop(bench, new RecentDecisions(Votes, 0, 0, 0), [.. new[] { 18, 19, 21 }.Select((pin, i) => new BoardOutput($"y{i}", pin, ArgMax: true))]);
            for (int t = 0; t < Length; t++)
            {
                winner = winners[t];
                bench.Period(loop);
                int[] last = winners[Math.Max(0, t + 1 - Votes)..(t + 1)];
                for (int c = 0; c < 3; c++)
                {
                    Assert.AreEqual(last.Length == Votes && 2 * last.Count(w => w == c) > Votes, IsOn(bench, new[] { 18, 19, 21 }[c]), $"sequence {sequence}, decision {t}, class {c}");
                }
            }
        }
    }

    [TestMethod]
    public void OutputsAreExponentialAveragesOfIntegers()
    {
        foreach (int shift in new[] { 1, 3, 8 })
        {
            Random random = new(Campaigns.Seed + shift);
            int count = 0;
            Bench bench = new(_ => count);
            ControlLoop loop = Loop(bench, new RecentDecisions(1, shift, 0, 0), Pump);
            ModelRange range = new(loop);
            long average = 0;
            for (int t = 0; t < 300; t++)
            {
                count = random.Next(4096);
                bench.Period(loop);
                long output = range.OutputOf(count);
                average += t < 1 << shift ? output : ((output << shift) - average) >> shift;
                Assert.AreEqual(t + 1 < 1 << shift ? output : average >> shift, new LoopValues(loop).GetOutput(0), $"shift {shift}, decision {t}");
            }
        }
    }

    [TestMethod]
    public void NoPinMovesBeforeAnAverageIsFullNotEvenAfterAFault()
    {
        foreach ((int shift, int votes) in new[] { (1, 1), (4, 1), (3, 3) })
        {
            int first = (1 << shift) + votes - 1;
            int count = 4000;
            Bench bench = new(_ => count);
            ControlLoop loop = Loop(bench, new RecentDecisions(votes, shift, 0, 0), Pump);
            for (int start = 0; start < 2; start++)
            {
                Periods(bench, loop, first - 1);
                Assert.IsFalse(IsOn(bench, 18), $"average {1 << shift}, {votes} votes, start {start}");
                Periods(bench, loop, 1);
                Assert.IsTrue(IsOn(bench, 18), $"average {1 << shift}, {votes} votes, start {start}");
                count = AnalogSampler.Implausible;
                Periods(bench, loop, 30);
                Assert.IsTrue(bench.IsSafe());
                count = 4000;
            }
        }
    }

    [TestMethod]
    public void AKnockAfterAStartIsOneOfManyAndNoAlarm()
    {
        int count = 4000;
        Bench bench = new(_ => count);
        ControlLoop loop = Loop(bench, new RecentDecisions(1, 3, 0, 0), Pump);
        Periods(bench, loop, 1);
        count = 100;
        Periods(bench, loop, 50);
        Assert.IsFalse(bench.Pins.Log.Any(change => change is { Pin: 18, High: true }), "one of eight is no average above 3000");
    }

    [TestMethod]
    public void AFaultForgetsAllDecisions()
    {
        int count = 4000;
        Bench bench = new(_ => count);
        ControlLoop loop = Loop(bench, new RecentDecisions(3, 0, 0, 0), Pump);
        Periods(bench, loop, 3);
        Assert.IsTrue(IsOn(bench, 18));
        count = AnalogSampler.Implausible;
        Periods(bench, loop, 30);
        Assert.IsTrue(bench.IsSafe());
        count = 4000;
        Periods(bench, loop, 2);
        Assert.IsFalse(IsOn(bench, 18), "two decisions are no three");
        Periods(bench, loop, 1);
        Assert.IsTrue(IsOn(bench, 18));
    }

    [TestMethod]
    public void AfterAnOutputWentOffNothingGoesOnForTheQuietTime()
    {
        int first = 4000;
        int second = 100;
        Bench bench = new(channel => channel == 0 ? first : second, pins: [new(18, false), new(21, false)]);
        ControlLoop loop = Loop(bench, new RecentDecisions(1, 0, 0, 10 * PeriodMs), Pump, Pump with { Name = "y1", Pin = 21 });
        Periods(bench, loop, 1);
        Assert.IsTrue(IsOn(bench, 18));
        (first, second) = (100, 4000);
        Periods(bench, loop, 1);
        Assert.IsFalse(IsOn(bench, 18));
        Periods(bench, loop, 9);
        Assert.IsFalse(IsOn(bench, 21), "quiet");
        Periods(bench, loop, 2);
        Assert.IsTrue(IsOn(bench, 21));
    }

    [TestMethod]
    [DataRow("on")]
    [DataRow("off")]
    [DataRow("stopped")]
    public void AQuietTimeIsKeptByTheModelThatTakesOver(string before)
    {
        FormatDocument.Says("also where it was the takeover by this model that switched it off, or the model before");
        int count = 4000;
        Bench bench = new(_ => count);
        RecentDecisions quiet = new(1, 0, 0, 10 * PeriodMs);
        ControlLoop loop = Loop(bench, quiet, Pump);
        Periods(bench, loop, 1);
        Assert.IsTrue(IsOn(bench, 18));
        if (before == "stopped")
        {
            // For a moment no model runs, as where there is no memory for two.
            loop.Stop();
        }
        else if (before == "off")
        {
            // Off by itself a moment before the next model comes.
            count = 100;
            Periods(bench, loop, 1);
            count = 4000;
        }

        loop.Use(bench.Load(Model(quiet, Pump)));
        Assert.IsFalse(IsOn(bench, 18));
        Periods(bench, loop, 9);
        Assert.IsFalse(IsOn(bench, 18), "quiet");
        Periods(bench, loop, 2);
        Assert.IsTrue(IsOn(bench, 18));
    }

    [TestMethod]
    public void AFaultBeginsAQuietTimeAndAStartDoesNot()
    {
        FormatDocument.Says("Making outputs safe begins it too, whether one was on or not; a start of the board does not.");
        int count = 4000;
        Bench bench = new(_ => count);
        ControlLoop loop = Loop(bench, new RecentDecisions(1, 0, 0, 50 * PeriodMs), Pump);
        Periods(bench, loop, 1);
        Assert.IsTrue(IsOn(bench, 18), "a start is no begin");
        count = AnalogSampler.Implausible;
        Periods(bench, loop, 30);
        Assert.IsTrue(bench.IsSafe());
        count = 4000;
        Periods(bench, loop, 10);
        Assert.IsFalse(IsOn(bench, 18), "quiet");
        Periods(bench, loop, 50);
        Assert.IsTrue(IsOn(bench, 18));
    }

    [TestMethod]
    public void AClassBelowTheLeastConfidenceIsNone()
    {
        int count = 2000;
        Bench bench = new(channel => channel == 0 ? count : 0, pins: [new(18, false), new(19, false)]);
        BoardOutput[] loads = [new("y0", 18, ArgMax: true), new("y1", 19, ArgMax: true)];
        ControlLoop loop = new(bench.Parts, bench.Settings);
        loop.Use(bench.Load(Bench.Identity(2, new BoardSpec(PeriodMs, [new("x0", 0, 1), new("x1", 1, 1)], loads, DeadTimeMs: 0) { Decisions = new RecentDecisions(1, 0, 24576, 0) }, Activation.Softmax)));
        Periods(bench, loop, 1);
        Assert.IsTrue(IsOn(bench, 18), "e^2000 to one");
        count = 1;
        Periods(bench, loop, 1);
        Assert.IsFalse(IsOn(bench, 18) || IsOn(bench, 19), "e to one is 73 %, and 75 % are asked for");
        count = 2;
        Periods(bench, loop, 1);
        Assert.IsTrue(IsOn(bench, 18), "88 %");
    }

    [TestMethod]
    public void APinThatIsOnIsNotHeldUntilAModelHasDecided()
    {
        Bench bench = new(_ => 4000);
        ControlLoop loop = Loop(bench, null, Pump);
        Periods(bench, loop, 1);
        Assert.IsTrue(IsOn(bench, 18));
        loop.Use(bench.Load(Model(new RecentDecisions(3, 0, 0, 0), Pump)));
        Assert.IsFalse(IsOn(bench, 18));
        Periods(bench, loop, 3);
        Assert.IsTrue(IsOn(bench, 18));
    }

    [TestMethod]
    public void WhatIsNoDecisionIsRefusedWhereItStands()
    {
        byte[] file = Model(new RecentDecisions(3, 2, 0, 100), Pump).Bytes;
        int at = Models.ModelBytes.Find(file, ModelFormat.DecisionsSection);
        foreach ((int offset, byte value) in new (int, byte)[] { (0, 0), (0, 16), (1, 9), (2, 1), (3, 1), (7, 1), (7, 0x80) })
        {
            byte[] wrong = [.. file];
            wrong[at + offset] = value;
            Models.ModelBytes.Seal(wrong);
            Assert.AreEqual((ModelError.BadValue, at), Models.ModelBytes.Read(wrong, new ModelLimits(16384, 16, 512, -1L >>> 1, 0xFF)), $"{value} at {offset}");
        }
    }

    private static ControlLoop Loop(Bench bench, RecentDecisions? decisions, params BoardOutput[] loads)
    {
        ControlLoop loop = new(bench.Parts, bench.Settings);
        loop.Use(bench.Load(Model(decisions, loads)));
        return loop;
    }

    private static NeuralEdge.Conversion.Files.ModelFile Model(RecentDecisions? decisions, params BoardOutput[] loads) => Bench.Identity(
        loads.Length, new BoardSpec(PeriodMs, [.. loads.Select((_, i) => new BoardInput($"x{i}", i, 1))], loads, DeadTimeMs: 0) { Decisions = decisions }, Activation.Linear);

    private static void Periods(Bench bench, ControlLoop loop, int count)
    {
        for (int t = 0; t < count; t++)
        {
            bench.Period(loop);
        }
    }

    private static bool IsOn(Bench bench, int pin) => bench.Pins.Levels.TryGetValue(pin, out bool level) && level;

    // What a network without averages gives.
    private sealed class ModelRange(ControlLoop loop)
    {
        private readonly Network _network = ModelReader.Read(Model(null, Pump).Bytes, Model(null, Pump).Bytes.Length, new ModelLimits(16384, 16, 512, -1L >>> 1, 0xFF), out _, out _).Network;

        internal int OutputOf(int count)
        {
            Assert.AreEqual(_network.InputCount, new LoopValues(loop).InputCount);
            _network.SetInputs([count], 0);
            _network.Forward();
            return _network.Outputs[0];
        }
    }
}
