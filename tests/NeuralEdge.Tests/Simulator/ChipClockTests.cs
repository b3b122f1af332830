using NeuralEdge.Simulator.Chip;

namespace NeuralEdge.Tests.Simulator;

/// <summary>A busy computer is no fault of the board that it simulates.</summary>
[TestClass]
public sealed class ChipClockTests
{
    [TestMethod]
    public void AStallIsMadeUpForInStepsSmallerThanAPeriodAndTimeNeverGoesBack()
    {
        long now = 5_000;
        ChipClock clock = new(() => now);
        Assert.AreEqual(5_000, clock.Read());

        // A millisecond was wanted, and the computer had other things to do for 80.
        now += 80_000;
        clock.Slept(1_000, 80_000);
        long last = 5_000;
        long longest = 0;
        int looks = 0;
        while (clock.Read() < now)
        {
            now += 1;
            long seen = clock.Read();
            longest = Math.Max(longest, seen - last);
            Assert.IsGreaterThanOrEqualTo(last, seen);
            last = seen;
            looks++;
        }

        Assert.IsLessThan(3_000, longest, "the loop sees each row's time come");
        Assert.AreEqual(78_000.0 / (2 * ChipClock.Step), looks, 2);
        now += 4_000;
        Assert.AreEqual(now, clock.Read(), "what the program itself takes is its own");
    }

    [TestMethod]
    public void ASleepThatTakesWhatItAlwaysTakesChangesNothing()
    {
        long now = 0;
        ChipClock clock = new(() => now);
        now = 1_900;
        clock.Slept(1_000, 1_900);
        Assert.AreEqual(1_900, clock.Read());
    }
}
