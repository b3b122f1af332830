using NeuralEdge.Benchmarks.Scoring;
using NeuralEdge.Simulator.Machines;

namespace NeuralEdge.Tests.Normality;

/// <summary>A smaller version of what "scores normal" of the benchmarks measures, and the machines that its data are from.</summary>
[TestClass]
public sealed class MachineTests
{
    private const int Second = 1000 / Machine.PeriodMs;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void ABoardFindsADryPumpWithinFiveSecondsAndHasNoFalseAlarm()
    {
        MachineCase pump = MachineCase.Of(days => new CentrifugalPump(which: 7, days), days: 70, hours: 48, apartSeconds: 2400, Examples.QuickProof, CancellationToken.None);
        int[] alarms = pump.Quiet(71, 0.25, CancellationToken.None);
        double[][] found = pump.Sudden(72, 4, (machine, isDry) => ((CentrifugalPump)machine).IsDry = isDry, CancellationToken.None);
        TestContext.WriteLine($"{string.Join(", ", pump.Watchers)}: {string.Join(", ", alarms)} false alarms; dry: {string.Join("; ", found.Select(times => string.Join(", ", times)))}");
        Assert.AreEqual(0, alarms[0]);
        foreach (double[] times in found)
        {
            Assert.IsInRange(0.1, 5, times[0]);
        }
    }

    [TestMethod]
    public void ACrackIsFoundWhenItIsLargeAndNotBefore()
    {
        MachineCase fan = MachineCase.Of(days => new FanBearing(which: 7, days), days: 70, hours: 48, apartSeconds: 2400, Examples.QuickProof, CancellationToken.None);
        Assert.AreEqual(double.PositiveInfinity, fan.Growing(71, 0.25, machine => ((FanBearing)machine).Damage(0.001, 1000), CancellationToken.None)[0]);
        double[] found = fan.Growing(71, 0.25, machine => ((FanBearing)machine).Damage(0.6, 1000), CancellationToken.None);
        CollectionAssert.AreEqual(new double[fan.Watchers.Length], found, "so large a crack is in every single feature, too");
    }

    [TestMethod]
    public void ADryPumpDrawsLessAndAShutValveIsNotDry()
    {
        CentrifugalPump pump = new(which: 1, days: 1);
        double wet = MeanCurrent(pump);
        pump.IsDry = true;
        pump.Skip(0);
        _ = MeanCurrent(pump);
        double dry = MeanCurrent(pump);

        // Magnetising current and friction are left: sqrt(0.65^2 + (0.76 * 0.08)^2).
        Assert.AreEqual(0.653 * 1800, dry, 0.06 * 1800, "the voltage is within 5 %");
        Assert.IsGreaterThan(1.1 * dry, wet);
        pump.IsDry = false;
        List<double> day = [];
        for (int minute = 0; minute < 24 * 60; minute++)
        {
            day.Add(MeanCurrent(pump));
            pump.Skip(59);
        }

        Assert.IsGreaterThan(1.05 * dry, day.Min());
        Assert.IsInRange(5, 120, day.Count(current => current < 0.8 * 1800), "a valve is shut for some minutes eight times");
    }

    [TestMethod]
    public void ACrackIsHitThreeTimesATurnAndRingsLouderAsItGrows()
    {
        Assert.IsInRange(3.052, 3.054, FanBearing.HitsPerTurn);
        double sound = Spread(new FanBearing(which: 1, days: 1));
        FanBearing cracked = new(which: 1, days: 1);
        cracked.Damage(0.1, 1);
        double early = Spread(cracked);
        cracked.Skip(3600);
        Assert.AreEqual(0.1 * Math.E, cracked.Crack, 0.003, "e times as large after the hour, and the ten seconds before");
        double late = Spread(cracked);
        Assert.IsGreaterThan(sound, early);
        Assert.IsGreaterThan(1.2 * early, late);
    }

    [TestMethod]
    public void TheSameSeedsGiveTheSameSamplesAndOtherDaysTheSameMachine()
    {
        int[] Take(Machine machine)
        {
            int[] counts = new int[machine.Channels.Count];
            return [.. Enumerable.Range(0, Second).SelectMany(_ =>
            {
                machine.Sample(counts);
                return (int[])counts.Clone();
            })];
        }

        foreach (Func<int, int, Machine> make in (Func<int, int, Machine>[])[(which, days) => new FanBearing(which, days), (which, days) => new CentrifugalPump(which, days)])
        {
            CollectionAssert.AreEqual(Take(make(1, 2)), Take(make(1, 2)));
            CollectionAssert.AreNotEqual(Take(make(1, 2)), Take(make(1, 3)));
            CollectionAssert.AreNotEqual(Take(make(1, 2)), Take(make(2, 2)));
        }
    }

    // Of a second.
    private static double MeanCurrent(CentrifugalPump pump)
    {
        int[] counts = new int[2];
        double sum = 0;
        for (int k = 0; k < Second; k++)
        {
            pump.Sample(counts);
            sum += counts[0];
        }

        return sum / Second;
    }

    // Standard deviation of the steps from sample to sample, in ten seconds.
    private static double Spread(FanBearing fan)
    {
        int[] counts = new int[1];
        fan.Sample(counts);
        double sum = 0;
        for (int k = 0; k < 10 * Second; k++)
        {
            int before = counts[0];
            fan.Sample(counts);
            sum += (counts[0] - before) * (counts[0] - before);
        }

        return Math.Sqrt(sum / (10 * Second));
    }
}
