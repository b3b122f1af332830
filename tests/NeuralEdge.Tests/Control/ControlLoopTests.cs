using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Control;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Control;

/// <summary>Sample, forward, act, and what happens when one of them fails.</summary>
[TestClass]
public sealed class ControlLoopTests
{
    private static readonly BoardOutput Pump = new("y0", 18, ArgMax: false, On: 3000, Off: 2500);
    private static readonly BoardOutput Relay = new("y0", 19, ArgMax: false, On: 3000, Off: 2500, ActiveLow: true);

    [TestMethod]
    public void PinsFollowTheSensorWithHysteresisAndActiveLow()
    {
        Bench bench = new();
        int now = 0;
        bench.Inputs.Count = _ => now;
        ControlLoop loop = Loop(bench, Bench.Identity(2, 100, Pump, Relay with { Name = "y1" }));
        foreach ((int count, bool on) in new[] { (2999, false), (3001, true), (2501, true), (2499, false), (2999, false), (4095, true) })
        {
            now = count;
            Assert.IsTrue(bench.Period(loop));
            Assert.AreEqual(on, bench.Pins.Levels.GetValueOrDefault(18), $"count {count}");
            Assert.AreEqual(!on, bench.Pins.Levels[19], $"count {count}, active low");
            Assert.AreEqual(on ? 1 : 0, new LoopValues(loop).GetPin(0));
        }
    }

    [TestMethod]
    public void ArgMaxSwitchesExactlyTheFirstOfTheLargest()
    {
        Bench bench = new();
        int[] counts = new int[3];
        bench.Inputs.Count = channel => counts[channel];
        BoardOutput[] wiring = [.. new BoardOutput[] { new("y0", 18, true), new("y1", 19, true, ActiveLow: true), new("y2", 21, true) }
            .Select(output => output with { Group = BoardOutput.NoGroup })];
        ControlLoop loop = Loop(bench, Bench.Identity(3, 100, Activation.Softmax, wiring));
        for (int pattern = 0; pattern < 27; pattern++)
        {
            counts = [pattern % 3, pattern / 3 % 3, pattern / 9];
            Assert.IsTrue(bench.Period(loop));
            int winner = Array.IndexOf(counts, counts.Max());
            for (int i = 0; i < 3; i++)
            {
                Assert.AreEqual(i == winner, bench.Pins.Levels[wiring[i].Pin] != wiring[i].ActiveLow, $"counts {string.Join(' ', counts)}, pin {wiring[i].Pin}");
            }
        }
    }

    [TestMethod]
    public void ThresholdsOfASoftmaxModelAreProbabilities()
    {
        Bench bench = new();
        int[] counts = [4095, 0];
        bench.Inputs.Count = channel => counts[channel];
        ControlLoop loop = Loop(bench, Bench.Identity(2, 100, Activation.Softmax, new BoardOutput("y0", 18, ArgMax: false, On: 0.6, Off: 0.4)));
        Assert.IsTrue(bench.Period(loop));
        Assert.IsTrue(bench.Pins.Levels[18], "probability 1");
        counts = [1000, 1000];
        Assert.IsTrue(bench.Period(loop));
        Assert.IsTrue(bench.Pins.Levels[18], "probability one half lies between off and on");
        counts = [0, 4095];
        Assert.IsTrue(bench.Period(loop));
        Assert.IsFalse(bench.Pins.Levels[18], "probability 0");
    }

    [TestMethod]
    public void AnAdcThatThrowsDrivesThePinsSafeAndIsTriedAgainAfterAPause()
    {
        Bench bench = new(_ => 4000);
        ControlLoop loop = Loop(bench, Bench.Identity(1, 100, Pump));
        Assert.IsTrue(bench.Period(loop));
        Assert.IsTrue(bench.Pins.Levels[18]);

        bench.Inputs.Count = _ => throw new TimeoutException("planted");
        Assert.IsFalse(bench.Period(loop));
        Assert.IsTrue(bench.IsSafe());
        Assert.AreEqual(FaultCode.Adc, loop.Faults.Last);

        bench.Inputs.Count = _ => 4000;
        int waited = 0;
        while (!bench.Period(loop))
        {
            Assert.IsTrue(bench.IsSafe());
            waited++;
        }

        Assert.AreEqual(9, waited, "a pause of one second is nine more periods of 100 ms");
        Assert.IsTrue(bench.Pins.Levels[18]);
        Assert.AreEqual(0, bench.Reset.Count);
    }

    [TestMethod]
    public void FiveFaultsInARowLatchThePinsAndReset()
    {
        Bench bench = new(_ => throw new TimeoutException("planted"));
        ControlLoop loop = Loop(bench, Bench.Identity(1, 100, Pump));
        long begin = bench.Clock.Microseconds;
        for (int periods = 0; bench.Reset.Count == 0 && periods < 1000; periods++)
        {
            Assert.IsFalse(bench.Period(loop));
            Assert.IsTrue(bench.Supervisor.Check(), "the supervisor leaves a loop alone that waits out a fault");
        }

        Assert.AreEqual(1, bench.Reset.Count);
        Assert.AreEqual(1 + 2 + 4 + 8, (bench.Clock.Microseconds - begin) / 1_000_000, "each pause is twice the one before");
        bench.Outputs.Switch(18, true);
        Assert.IsTrue(bench.IsSafe());
    }

    [TestMethod]
    public void FaultsWithAnInferenceBetweenThemAreNotInARow()
    {
        bool fails = false;
        Bench bench = new(_ => fails ? throw new TimeoutException("planted") : 2000);
        ControlLoop loop = Loop(bench, Bench.Identity(1, 100, Pump));
        for (int fault = 0; fault < 3 * bench.Settings.FaultsBeforeReset; fault++)
        {
            fails = true;
            Assert.IsFalse(bench.Period(loop));
            fails = false;
            long begin = bench.Clock.Microseconds;
            while (!bench.Period(loop))
            {
            }

            Assert.IsLessThanOrEqualTo(1_100_000, bench.Clock.Microseconds - begin, "the pause is that after a first fault");
        }

        Assert.AreEqual(0, bench.Reset.Count);
    }

    [TestMethod]
    public void ABrokenSensorKeepsThePinsSafeForAsLongAsItIsBrokenWithoutAReset()
    {
        Bench bench = new(_ => 4000);
        bench.Settings.AdcChannels = [new AdcChannelSettings(0).Plausible(40, 4050)];
        ControlLoop loop = Loop(bench, Bench.Identity(1, 100, Pump));
        Assert.IsTrue(bench.Period(loop));
        bench.Inputs.Count = _ => 4095;
        for (int period = 0; period < 100; period++)
        {
            Assert.AreEqual(period < 9, bench.Period(loop));
            Assert.AreEqual(period >= 9, bench.IsSafe());
            Assert.IsTrue(bench.Supervisor.Check());
        }

        Assert.AreEqual(FaultCode.Sensor, loop.Faults.Last);
        Assert.AreEqual(1u, loop.Faults.Count, "one fault, however long it lasts");
        Assert.AreEqual(0, bench.Reset.Count);
        bench.Inputs.Count = _ => 4000;
        Assert.IsTrue(bench.Period(loop));
        Assert.IsTrue(bench.Pins.Levels[18]);
    }

    [TestMethod]
    public void TheFaultOfAnotherInputIsAnotherFault()
    {
        int[] counts = [4095, 4095];
        Bench bench = new(channel => counts[channel]);
        bench.Settings.AdcChannels = [new AdcChannelSettings(0).Plausible(40, 4050), new AdcChannelSettings(1).Plausible(40, 4050)];
        ControlLoop loop = Loop(bench, Bench.Identity(2, 100, Pump));
        Assert.IsFalse(bench.Period(loop));
        Assert.AreEqual((FaultCode.Sensor, 0, 1u), (loop.Faults.Last, loop.Faults.Detail, loop.Faults.Count));
        counts[0] = 4000;
        for (int period = 0; period < 3; period++)
        {
            Assert.IsFalse(bench.Period(loop));
            Assert.AreEqual((FaultCode.Sensor, 1, 2u), (loop.Faults.Last, loop.Faults.Detail, loop.Faults.Count));
        }
    }

    [TestMethod]
    public void APinThatCannotBeDrivenSafeResetsTheBoardAndTheOtherPinsAreSafe()
    {
        Bench bench = new(_ => throw new TimeoutException("planted"));
        ControlLoop loop = Loop(bench, Bench.Identity(1, 100, Pump));
        bench.Pins.Levels.Clear();
        bench.Pins.BrokenPin = 18;
        try
        {
            bench.Period(loop);
        }
        catch (InvalidOperationException)
        {
            // On a device the reset does not return.
        }

        Assert.AreEqual(1, bench.Reset.Count);
        Assert.IsTrue(bench.Pins.Levels[19]);
        Assert.IsFalse(bench.Pins.Levels[21]);
    }

    [TestMethod]
    public void ALoopThatHangsIsLatchedSafeAndResetByTheSupervisor()
    {
        Bench bench = new(_ => 4000);
        ControlLoop loop = Loop(bench, Bench.Identity(1, 100, Pump));
        for (int period = 0; period < 100; period++)
        {
            Assert.IsTrue(bench.Period(loop));
            Assert.IsTrue(bench.Supervisor.Check());
        }

        // From here on the loop hangs; the supervisor may take no more than two seconds to see it.
        Assert.IsTrue(bench.Pins.Levels[18]);
        long begin = bench.Clock.Microseconds;
        bench.Supervisor.Run();
        Assert.AreEqual(1, bench.Reset.Count);
        Assert.IsTrue(bench.IsSafe());
        Assert.IsLessThanOrEqualTo(2_200_000, bench.Clock.Microseconds - begin);
        Assert.IsGreaterThanOrEqualTo(2_000_000, bench.Clock.Microseconds - begin);

        // Should the loop wake up before the reset takes hold, it can switch nothing on.
        bench.Inputs.Count = _ => 0;
        bench.Period(loop);
        bench.Inputs.Count = _ => 4000;
        bench.Period(loop);
        Assert.IsTrue(bench.IsSafe());
    }

    [TestMethod]
    public void ANewModelKeepsPinsThatBothUseAndReleasesTheOthers()
    {
        Bench bench = new(_ => 4000);
        ControlLoop loop = Loop(bench, Bench.Identity(2, 100, Pump, new BoardOutput("y1", 21, ArgMax: false, On: 3000, Off: 2500)));
        Assert.IsTrue(bench.Period(loop));
        Assert.IsTrue(bench.Pins.Levels[18] && bench.Pins.Levels[21]);

        bench.Pins.Log.Clear();
        loop.Use(bench.Load(Bench.Identity(1, 50, Pump with { Off = 1000 })));
        Assert.IsTrue(bench.Pins.Levels[18], "a pump that both models use does not stutter");
        Assert.IsFalse(bench.Pins.Levels[21], "a pin that only the old model used goes safe");
        Assert.IsFalse(bench.Pins.Log.Contains((18, false)));
        bench.Inputs.Count = _ => 1500;
        Assert.IsTrue(bench.Period(loop));
        Assert.IsTrue(bench.Pins.Levels[18], "the state goes on under the new model's hysteresis");
        Assert.AreEqual(50_000L, loop.Period);
    }

    [TestMethod]
    public void MissedPeriodsAreCountedAndDoNotShiftTheGrid()
    {
        Bench bench = new();
        ControlLoop loop = Loop(bench, Bench.Identity(1, 100, Pump));
        long origin = bench.Clock.Microseconds;
        Assert.IsTrue(bench.Period(loop));
        bench.Clock.Microseconds += 350_000;
        Assert.IsTrue(loop.RunPeriod());
        Assert.AreEqual(2u, loop.MissedPeriods);
        Assert.AreEqual(50_000, loop.Remaining());
        Assert.AreEqual(0, (bench.Clock.Microseconds + loop.Remaining() - origin) % 100_000);
    }

    [TestMethod]
    public void AThousandPeriodsAllocateNothing()
    {
        Bench bench = new();
        int now = 0;
        bench.Inputs.Count = _ => now = (now + 997) & 4095;
        ControlLoop loop = Loop(bench, Bench.Identity(
            3, 100, Activation.Softmax, new BoardOutput("y0", 18, ArgMax: true), new BoardOutput("y1", 21, ArgMax: false, On: 0.6, Off: 0.4)));
        bench.Pins.Log.EnsureCapacity(10_000);
        for (int period = 0; period < 100; period++)
        {
            bench.Period(loop);
        }

        int rounds = Allocations.AssertNone(_ =>
        {
            for (int period = 0; period < 1000; period++)
            {
                bench.Period(loop);
            }
        });
        Assert.AreEqual(100u + (1000u * (uint)rounds), loop.InferenceCount);
    }

    private static ControlLoop Loop(Bench bench, NeuralEdge.Conversion.Files.ModelFile file)
    {
        bench.Outputs.DriveSafe();
        ControlLoop loop = new(bench.Parts, bench.Settings);
        loop.Use(bench.Load(file));
        return loop;
    }
}
