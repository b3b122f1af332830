using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Simulator;
using NeuralEdge.Simulator.Greenhouse;
using NeuralEdge.Simulator.Sensors;

namespace NeuralEdge.Tests.Simulator;

/// <summary>The greenhouse is a place that could be: its formulas give what is published, its days look like days.</summary>
[TestClass]
public sealed class GreenhouseTests
{
    [TestMethod]
    public void TheSunStandsWhereAlmanacsSay()
    {
        // Noon elevation is 90 - latitude + declination: 68.45 degrees at 45 north on 21 June, 45 at the equinox.
        Assert.AreEqual(68.45, Degrees(Sun.SineOfElevation(45, 172, 12)), 0.05);
        Assert.AreEqual(21.55, Degrees(Sun.SineOfElevation(45, 355, 12)), 0.05);
        Assert.AreEqual(45, Degrees(Sun.SineOfElevation(45, 81, 12)), 0.3);
        Assert.AreEqual(0, Degrees(Sun.SineOfElevation(45, 81, 6)), 0.3);

        // Midsummer's day at 45 north is about 15.5 hours long.
        int minutes = Enumerable.Range(0, 1440).Count(minute => Sun.SineOfElevation(45, 172, minute / 60.0) > 0);
        Assert.AreEqual(15.4, minutes / 60.0, 0.1);

        Assert.AreEqual(0, Sun.ClearSky(-0.1));
        Assert.AreEqual(1037, Sun.ClearSky(1), 1.0);
        Assert.AreEqual(1, Sun.CloudFactor(0));
        Assert.AreEqual(0.25, Sun.CloudFactor(1), 1e-12);
    }

    [TestMethod]
    public void TransducersGiveWhatTheirDataSheetsSayAndNoCountTwice()
    {
        Assert.AreEqual(2047.5, Transducers.ThermistorCount(25), 1e-9);

        // 32.65 kohm at 0 degrees is the table value of a 10 kohm bead; beta alone comes within 5 %.
        Assert.AreEqual(4095 * 32.65 / 42.65, Transducers.ThermistorCount(0), 40);
        Assert.AreEqual(4095.0 / 16, Transducers.PhotoresistorCount(10), 1e-9);
        AssertSteady(Transducers.ThermistorCount, -10, 60, rises: false);
        AssertSteady(Transducers.PhotoresistorCount, 1, 100_000, rises: true);
        AssertSteady(Transducers.SoilProbeCount, 0, 0.5, rises: false);
    }

    [TestMethod]
    public void WithoutWaterTheBedDriesAndNeverBelowWhatPlantsCanTake()
    {
        GreenhouseBed bed = new(5);
        double before = bed.Moisture;
        for (int day = 0; day < 30; day++)
        {
            bed.Advance(86_400);
            Assert.IsLessThanOrEqualTo(before, bed.Moisture);
            before = bed.Moisture;
        }

        Assert.IsTrue(bed.Moisture is > 0.12 and < 0.17, $"{bed.Moisture}");
    }

    [TestMethod]
    public void ThePumpWetsTheSoilAndTheShadeCools()
    {
        GreenhouseBed watered = new(5) { Pump = true };
        watered.Advance(600);

        // 20 mm of water in 200 mm of soil is a tenth of the volume.
        Assert.AreEqual(0.36, watered.Moisture, 0.005);
        GreenhouseBed open = new(5);
        GreenhouseBed shaded = new(5) { ShadeClosed = true };
        open.Advance(14 * 3600);
        shaded.Advance(14 * 3600);
        Assert.IsGreaterThan(shaded.Temperature + 2, open.Temperature);
        Assert.AreEqual(open.Lux, shaded.Lux, "the sensor sits above the shade");
    }

    [TestMethod]
    public void TemperaturesAndLightStayWithinWhatAGreenhouseSees()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            GreenhouseBed bed = new(seed, dayOfYear: 100);
            for (int hour = 0; hour < 100 * 24; hour++)
            {
                bed.Advance(3600);
                Assert.IsTrue(bed.Temperature is > -5 and < 55, $"seed {seed} hour {hour}: {bed.Temperature}");
                Assert.IsTrue(bed.Lux is >= 0 and < 90_000, $"{bed.Lux}");
                Assert.IsTrue(bed.Moisture is >= 0.05 and <= 0.45);
            }
        }
    }

    [TestMethod]
    public void TheLogIsTheSameForASeedAndHoldsEnoughOfEachDecision()
    {
        GreenhouseRow[] rows = [.. GreenhouseLog.Generate(1, 6000)];
        CollectionAssert.AreEqual(rows, GreenhouseLog.Generate(1, 6000).ToArray());
        CollectionAssert.AreNotEqual(rows, GreenhouseLog.Generate(2, 6000).ToArray());
        double water = rows.Average(row => row.Water);
        double shade = rows.Average(row => row.Shade);
        Console.WriteLine($"water {water:P1}, shade {shade:P1}");
        Assert.IsTrue(water is > 0.08 and < 0.5, $"water {water}");
        Assert.IsTrue(shade is > 0.05 and < 0.5, $"shade {shade}");
        Assert.IsTrue(rows.All(row => row.Soil is > 500 and < 4095 && row.Light is >= 0 and < 4095 && row.Temperature is > 300 and < 4000));

        // The soil alone does not decide: the same probe reading is watered in some weather and not in other.
        Assert.IsGreaterThan(10, rows.GroupBy(row => row.Soil / 20).Count(group => group.Any(r => r.Water == 1) && group.Any(r => r.Water == 0)));
    }

    [TestMethod]
    public void TheBoardsPinsActOnTheBedAndAPinNobodyDrivesDoesNot()
    {
        GreenhouseSensors sensors = new(new GreenhouseBed(5), secondsPerDay: 86_400);
        double dry = sensors.ReadCount(0, TimeSpan.Zero);
        sensors.PinChanged(new PinEvent(TimeSpan.Zero, 1, 18, true));
        double wet = sensors.ReadCount(0, TimeSpan.FromSeconds(300));
        Assert.IsLessThan(dry - 100, wet, "the probe's counts fall as it gets wetter");
        sensors.PinChanged(new PinEvent(TimeSpan.FromSeconds(300), 1, 18, null));
        Assert.IsFalse(sensors.Bed.Pump);
        Assert.IsTrue(double.IsNaN(sensors.ReadCount(5, TimeSpan.FromSeconds(300))));
    }

    [TestMethod]
    public void RecordedRowsReachTheirChannelsInTheirTime()
    {
        string[] names = ["soil", "adc6", "light"];
        List<double[]> rows = [[10, 20, 30], [11, 21, 31], [12, 22, 32]];
        RecordedSensors loop = new(names, rows, RecordedSensors.MapByName(names), TimeSpan.FromSeconds(1), loop: true);
        RecordedSensors once = new(names, rows, [new SensorColumn("SOIL", 2, Scale: 0.5, Offset: 2)], TimeSpan.FromSeconds(1), loop: false);
        for (int second = 0; second < 7; second++)
        {
            TimeSpan at = TimeSpan.FromSeconds(second + 0.5);
            Assert.AreEqual(10 + (second % 3), loop.ReadCount(0, at), "soil, the first free channel");
            Assert.AreEqual(20 + (second % 3), loop.ReadCount(6, at), "named by its channel");
            Assert.AreEqual(30 + (second % 3), loop.ReadCount(3, at), "light, the next free channel");
            Assert.AreEqual((10 + Math.Min(second, 2) - 2) / 0.5, once.ReadCount(2, at));
        }

        ArgumentException missing = Assert.ThrowsExactly<ArgumentException>(
            () => new RecordedSensors(names, rows, [new SensorColumn("rain", 2)], TimeSpan.FromSeconds(1), loop: true));
        Assert.Contains("'rain'", missing.Message);
    }

    private static double Degrees(double sine) => Math.Asin(sine) * 180 / Math.PI;

    // A count tells one value only, and is one that the ADC can give.
    private static void AssertSteady(Func<double, double> counts, double from, double to, bool rises)
    {
        double before = counts(from);
        for (int i = 1; i <= 100; i++)
        {
            double count = counts(from + ((to - from) * i / 100));
            Assert.IsTrue(count is > 0 and < 4095);
            Assert.AreEqual(rises, count > before);
            Assert.AreNotEqual(before, count);
            before = count;
        }
    }
}
