using NeuralEdge.Board.Control;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Simulator.Greenhouse;
using NeuralEdge.Simulator.Sensors;
using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Simulator;

/// <summary>The README's model at the README's simulated board: what its sensors read is what the log of the example holds, however long it runs.</summary>
[TestClass]
public sealed class GreenhouseHourTests
{
    private const int PeriodMs = 100;
    private const int Hour = 3_600_000 / PeriodMs;

    // The README's network: the shape that it finds, judged by another log so that no other network is trained.
    private static readonly ModelFile Model = Pipeline.Train(new TrainOptions(Table.Read(Repository.PathOf("tools/examples/greenhouse.csv")), "water", "shade")
    {
        Hyperparameters = new() { Hidden = [16, 16] },
        Test = Table.Parse("soil,light,temperature,water,shade\n" + string.Concat(GreenhouseLog.Generate(2, 200).Select(row => $"{row.Soil},{row.Light},{row.Temperature},{row.Water},{row.Shade}\n")), "another log"),
        Anyway = true,
        Board = BoardFile.Read(Repository.PathOf("tools/examples/greenhouse-board.json")),
        Work = 1e5,
    }).Model.File;

    [TestMethod]
    [DataRow(20, 1, DisplayName = "the README's day")]
    [DataRow(60, 7, DisplayName = "the day of simulate without --day")]
    public void InAnHourNothingIsUnlikeTheTraining(int secondsPerDay, int seed)
    {
        GreenhouseSensors sensors = new(new GreenhouseBed(seed), secondsPerDay);
        (int unlike, int watered, double wettest) = Live(sensors, seed);
        Assert.AreEqual(0, unlike);
        Assert.IsGreaterThan(Hour / 200, watered, "the pump has something to do");
        Assert.IsLessThan(0.3, wettest, "and does not drown the bed");
    }

    /// <summary>What this test is there for: a pump whose day goes by as fast as the bed's.</summary>
    [TestMethod]
    public void APumpThatDrownsTheBedIsUnlikeTheTraining()
    {
        GreenhouseSensors sensors = new(new GreenhouseBed(1), secondsPerDay: 20);
        sensors.Bed.PumpFlow = new GreenhouseBed(1).PumpFlow;
        (int unlike, _, double wettest) = Live(sensors, 1);
        Assert.IsGreaterThan(Hour / 2, unlike);
        Assert.AreEqual(GreenhouseBed.Saturation, wettest, 1e-6);
    }

    // The noise of a simulated board's ADC: 4 counts, standard deviation.
    private static (int Unlike, int Watered, double Wettest) Live(GreenhouseSensors sensors, int seed)
    {
        Random random = new(seed);
        Bench bench = new(pins: [new(18, false), new(19, false)]);
        bench.Inputs.Count = channel =>
        {
            Follow();
            double gaussian = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return (int)Math.Clamp(Math.Round(sensors.ReadCount(channel, At()) + (4 * gaussian)), 0, 4095);
        };
        ControlLoop loop = new(bench.Parts, bench.Settings);
        loop.Use(Model.Model);
        int unlike = 0;
        int watered = 0;
        double wettest = 0;
        for (int period = 0; period < Hour; period++)
        {
            Assert.IsTrue(loop.RunPeriod());
            Follow();
            unlike += loop.IsUnfamiliar ? 1 : 0;
            watered += sensors.Bed.Pump ? 1 : 0;
            wettest = Math.Max(wettest, sensors.Bed.Moisture);
            bench.Clock.Microseconds += PeriodMs * 1000L;
        }

        return (unlike, watered, wettest);

        TimeSpan At() => TimeSpan.FromMicroseconds(bench.Clock.Microseconds);

        void Follow()
        {
            foreach ((int pin, bool high) in bench.Pins.Log)
            {
                sensors.PinChanged(new PinEvent(At(), 1, pin, high));
            }

            bench.Pins.Log.Clear();
        }
    }
}
