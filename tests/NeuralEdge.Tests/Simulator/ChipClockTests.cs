using NeuralEdge.Simulator.Chip;

namespace NeuralEdge.Tests.Simulator;

/// <summary>A busy computer is no fault of the board that it simulates.</summary>
[TestClass]
public sealed class ChipClockTests
{
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void AStallIsMadeUpForInStepsSmallerThanAPeriodAndTimeNeverGoesBack(bool inSleep)
    {
        long now = 4_000;
        ChipClock clock = new(() => now);
        clock.Worked();
        Assert.AreEqual(4_000, clock.Read());

        // A millisecond was wanted, or none, and the computer had other things to do for 80.
        now += 80_000;
        if (inSleep)
        {
            clock.Slept(1_000);
        }

        long last = 4_000;
        int looks = 0;
        for (long seen = clock.Read(); seen < now; seen = clock.Read())
        {
            Assert.IsGreaterThanOrEqualTo(last, seen);
            Assert.IsLessThanOrEqualTo((inSleep ? 2_000 : ChipClock.Slice) + ChipClock.Step, seen - last, "the loop sees each row's time come");
            last = seen;
            looks++;
        }

        Assert.AreEqual((inSleep ? 78_000.0 : 79_500) / ChipClock.Step, looks, 2, "and is where this computer is in the end");
    }

    [TestMethod]
    public void WhatTheProgramAndTheChipTakeIsTheirOwn()
    {
        long now = 0;
        ChipClock clock = new(() => now);
        now = 1_900;
        clock.Slept(1_000);
        Assert.AreEqual(1_900, clock.Read(), "a sleep that takes what it always takes");
        now += ChipClock.Slice;
        Assert.AreEqual(now, clock.Read(), "a slice of work");
        now += 60_000;
        clock.Worked();
        Assert.AreEqual(now, clock.Read(), "a write to flash");
    }
}
