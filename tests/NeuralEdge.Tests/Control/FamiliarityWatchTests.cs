using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;
using NeuralEdge.Tests.Familiar;

namespace NeuralEdge.Tests.Control;

/// <summary>A board says when its inputs are unlike those of the training, and goes safe when its model asks for that.</summary>
[TestClass]
public sealed class FamiliarityWatchTests
{
    private static readonly ModelFile Counts = PicturedModels.Create();
    private static readonly ModelFile Safe = PicturedModels.Create(isDoubt: true);
    private static readonly double[][] Log = SensorLogs.Soil(1, 3000);
    private static readonly double[] Usual = Log.First(row => row[0] >= 2100 && Counts.IsFamiliar(row));

    [TestMethod]
    public void OneRowOfSixteenIsLookedAtAndTheLastSixtyLooksDecide()
    {
        (Bench bench, ControlLoop loop, double[] row) = Start(Counts);
        for (int look = 1; look <= 100; look++)
        {
            // The first 12 are unfamiliar, then 30 familiar ones, then one unfamiliar, and from look 61 on the first ones are forgotten.
            row[0] = look is <= 12 or 43 ? 4000 : Usual[0];
            Look(bench, loop);
            BoardInfo info = Info(loop);
            int unfamiliar = Enumerable.Range(Math.Max(1, look - 59), Math.Min(look, 60)).Count(l => l is <= 12 or 43);
            Assert.AreEqual((uint)look, info.Looks);
            Assert.AreEqual((Math.Min(look, 60), unfamiliar), (info.WindowLooks, info.WindowUnfamiliar), $"look {look}");
            bool alarmed = look is >= 43 and < 67;
            Assert.AreEqual(alarmed ? BoardInfo.Unfamiliar : BoardInfo.Familiar, info.Familiarity, $"look {look}: {unfamiliar}");
            Assert.AreEqual(alarmed, loop.IsUnfamiliar);
            Assert.IsTrue(bench.Pins.Levels[18], "the pin follows the output all the same");
        }

        Assert.AreEqual(FaultCode.None, loop.Faults.Last);
    }

    [TestMethod]
    public void WhereAModelAsksForItTheOutputsAreSafeUntilTheInputsAreFamiliarAgain()
    {
        (Bench bench, ControlLoop loop, double[] row) = Start(Safe);
        Look(bench, loop);
        Assert.IsTrue(bench.Pins.Levels[18]);
        row[0] = 4000;
        for (int look = 0; look < 12; look++)
        {
            Look(bench, loop);
            Assert.IsTrue(bench.Pins.Levels[18], "a fifth may be chance");
        }

        for (int look = 0; look < 48; look++)
        {
            Look(bench, loop);
            Assert.IsTrue(bench.IsSafe());
            Assert.AreEqual((FaultCode.Unfamiliar, 1u), (loop.Faults.Last, loop.Faults.Count), "one fault, however long it lasts");
            Assert.IsTrue(bench.Supervisor.Check());
        }

        // 60 unfamiliar looks: 54 familiar ones leave 6.
        row[0] = Usual[0];
        for (int look = 1; look <= 54; look++)
        {
            Assert.IsTrue(bench.IsSafe(), $"look {look}");
            Look(bench, loop);
        }

        Assert.IsTrue(bench.Pins.Levels[18]);
        Assert.AreEqual(0, bench.Reset.Count);
        Assert.AreEqual(1u, loop.Faults.Count);
    }

    [TestMethod]
    public void InferencesGoOnAndAreShownWhileTheOutputsAreSafe()
    {
        (Bench bench, ControlLoop loop, double[] row) = Start(Safe);
        row[0] = 4000;
        for (int period = 0; period < 500; period++)
        {
            Assert.IsTrue(bench.Period(loop));
        }

        Assert.AreEqual(500u, loop.InferenceCount);
        Assert.AreEqual(8 * 4000, new LoopValues(loop).GetInput(0));
        Assert.AreEqual(0, new LoopValues(loop).GetPin(0));
        Assert.AreEqual(0, loop.PlausiblePeriods, "no model is confirmed on inputs that it does not know");
    }

    [TestMethod]
    public void AnotherModelForgetsWhatWasSeen()
    {
        (Bench bench, ControlLoop loop, double[] row) = Start(Safe);
        row[0] = 4000;
        for (int look = 0; look < 20; look++)
        {
            Look(bench, loop);
        }

        loop.Use(bench.Load(Safe));
        BoardInfo info = Info(loop);
        Assert.AreEqual((BoardInfo.Familiar, 0u, 0, 0u), (info.Familiarity, info.Looks, info.WindowLooks, info.HourLooks));
        loop.Stop();
        Assert.AreEqual(BoardInfo.NotLookedAt, Info(loop).Familiarity);
        Assert.IsFalse(loop.IsUnfamiliar);
    }

    [TestMethod]
    public void AModelWithoutAPictureOrWithAnInputThatNoSensorFeedsIsNotLookedAt()
    {
        foreach (ModelFile file in (ModelFile[])[Bench.Identity(3, 100), PicturedModels.Create(wired: 2), PicturedModels.Create(rows: 49)])
        {
            (Bench bench, ControlLoop loop, double[] row) = Start(file);
            row[0] = 4000;
            for (int look = 0; look < 20; look++)
            {
                Look(bench, loop);
            }

            BoardInfo info = Info(loop);
            Assert.AreEqual((BoardInfo.NotLookedAt, 0u, 0, 0u), (info.Familiarity, info.Looks, info.WindowLooks, info.HourLooks));
        }
    }

    [TestMethod]
    public void TheLastHourIsCountedInPartsOfFiveMinutes()
    {
        (Bench bench, ControlLoop loop, double[] row) = Start(PicturedModels.Create(periodMs: 1000));
        List<(long At, bool Unfamiliar)> looks = [];
        for (int look = 0; look < 600; look++)
        {
            // 16 seconds each: 600 looks are 2 hours and 40 minutes.
            row[0] = look / 50 % 2 == 0 ? Usual[0] : 4000;
            looks.Add((bench.Clock.Microseconds + Math.Max(0, loop.Remaining()), row[0] == 4000));
            Look(bench, loop);
            BoardInfo info = Info(loop);
            long part = 300_000_000;
            long from = Math.Max(0, (bench.Clock.Microseconds / part) - 11) * part;
            Assert.AreEqual((uint)looks.Count(l => l.At >= from), info.HourLooks, $"look {look}");
            Assert.AreEqual((uint)looks.Count(l => l.At >= from && l.Unfamiliar), info.HourUnfamiliar, $"look {look}");
        }

        Assert.IsGreaterThan(200u, Info(loop).HourLooks);
        bench.Clock.Microseconds += 3_600_000_000;
        Assert.AreEqual((0u, 0u), (Info(loop).HourLooks, Info(loop).HourUnfamiliar), "nothing was looked at in this hour");
        Assert.AreEqual(600u, Info(loop).Looks);
        bench.Clock.Microseconds += 400L * 86_400_000_000;
        Assert.AreEqual(0u, Info(loop).HourLooks);
        Look(bench, loop);
        Assert.AreEqual(1u, Info(loop).HourLooks);
    }

    [TestMethod]
    public void ABoardFindsInItsCountsWhatThePcFindsInTheRows()
    {
        (Bench bench, ControlLoop loop, double[] row) = Start(Counts);
        double[][] rows = [.. SensorLogs.Soil(7, 2000, drift: 0.3).Where((_, r) => r % 4 == 0)];
        uint unfamiliar = 0;
        for (int look = 0; look < rows.Length; look++)
        {
            rows[look].CopyTo(row, 0);
            Look(bench, loop);
            unfamiliar += Counts.IsFamiliar(rows[look]) ? 0u : 1u;
            Assert.AreEqual((uint)look + 1, Info(loop).Looks);
            Assert.AreEqual(unfamiliar, Info(loop).HourUnfamiliar, $"look {look}");
        }

        Assert.IsTrue(loop.IsUnfamiliar, "the soil's sensor has drifted");
    }

    [TestMethod]
    public void APeriodWithALookAllocatesNothing()
    {
        (Bench bench, ControlLoop loop, double[] row) = Start(Safe);
        row[0] = 4000;
        for (int look = 0; look < 20; look++)
        {
            Look(bench, loop);
        }

        Allocations.AssertNone(_ => Look(bench, loop));
    }

    private static (Bench Bench, ControlLoop Loop, double[] Row) Start(ModelFile file)
    {
        double[] row = [.. Usual];
        Bench bench = new(channel => (int)row[channel]);
        ControlLoop loop = new(bench.Parts, bench.Settings);
        bench.Outputs.DriveSafe();
        loop.Use(bench.Load(file));
        return (bench, loop, row);
    }

    // The row of the first of these periods is looked at.
    private static void Look(Bench bench, ControlLoop loop)
    {
        for (int period = 0; period < FamiliarityWatch.Every; period++)
        {
            bench.Period(loop);
        }
    }

    private static BoardInfo Info(ControlLoop loop)
    {
        BoardInfo info = new();
        loop.Report(info);
        return info;
    }
}
