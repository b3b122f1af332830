using NeuralEdge.Conversion.Familiar;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Models;
using NeuralEdge.Numerics;

namespace NeuralEdge.Tests.Familiar;

/// <summary>A picture knows the rows it was made of and others like them, and tells those of sensors that have changed.</summary>
[TestClass]
public sealed class FamiliarLearnerTests
{
    private const int Window = 60;
    private const int AlarmAbove = 12;

    public static IEnumerable<object[]> Logs =>
    [
        ["soil", (Func<long, int, double, double[][]>)SensorLogs.Soil, 3000, 0.3],
        ["array of 8", (Func<long, int, double, double[][]>)((seed, rows, drift) => SensorLogs.Array(seed, rows, 8, drift)), 400, 0.3],
        ["array of 16", (Func<long, int, double, double[][]>)((seed, rows, drift) => SensorLogs.Array(seed, rows, 16, drift)), 400, 0.3],
    ];

    [TestMethod]
    [DynamicData(nameof(Logs))]
    public void OfTheRowsItWasMadeOfTwoInAHundredAreUnfamiliar(string name, Func<long, int, double, double[][]> log, int rows, double drift)
    {
        double[][] training = log(1, rows, 0);
        Familiarity core = Learn(training).ToCore();
        double share = training.Count(row => !core.IsFamiliar(Raw(row))) / (double)rows;
        Assert.IsLessThanOrEqualTo(0.025, share, name);
        Assert.IsGreaterThan(0, share, $"{name}, {drift}: thresholds that leave out nothing were not set by these rows");
    }

    [TestMethod]
    [DynamicData(nameof(Logs))]
    public void RowsThatItHasNotSeenAreRarelyTakenForUnfamiliar(string name, Func<long, int, double, double[][]> log, int rows, double drift)
    {
        int alarms = 0;
        int windows = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            Familiarity core = Learn(log(seed, rows, 0)).ToCore();
            foreach (bool alarm in Windows(core, log(1000 + seed, 3000, 0)))
            {
                alarms += alarm ? 1 : 0;
                windows++;
            }
        }

        Assert.IsLessThanOrEqualTo(0.03, alarms / (double)windows, $"{name}, {drift}: {alarms} of {windows} windows");
    }

    [TestMethod]
    [DynamicData(nameof(Logs))]
    public void ADriftingSensorIsFlaggedInEveryLog(string name, Func<long, int, double, double[][]> log, int rows, double drift)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Familiarity core = Learn(log(seed, rows, 0)).ToCore();
            Assert.IsTrue(Windows(core, log(2000 + seed, 3000, drift)).Any(alarm => alarm), $"{name}, seed {seed}");
        }
    }

    // Within the range of the one sensor, so that only all of them together tell.
    [TestMethod]
    public void AShiftedSensorIsFlaggedAlthoughEachValueIsUsual()
    {
        double[][] training = SensorLogs.Array(1, 400, 8);
        Familiarity core = Learn(training).ToCore();
        double deviation = Math.Sqrt(training.Average(row => Math.Pow(row[3] - training.Average(r => r[3]), 2)));
        double least = training.Min(row => row[3]);
        double most = training.Max(row => row[3]);
        double[][] shifted = [.. SensorLogs.Array(2, 2000, 8).Select(row => row.Select((value, i) => i == 3 ? value + deviation : value).ToArray()).Where(row => row[3] >= least && row[3] <= most)];
        Assert.IsGreaterThan(1000, shifted.Length);
        Assert.IsGreaterThan(0.9, Windows(core, shifted).Average(alarm => alarm ? 1.0 : 0));
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(4095.0)]
    public void ASensorThatIsStuckAtAnEndIsFlagged(double end)
    {
        Familiarity core = Learn(SensorLogs.Soil(1, 3000)).ToCore();
        double[][] stuck = [.. SensorLogs.Soil(2, 600).Select(row => new[] { end, row[1], row[2] })];
        Assert.IsTrue(Windows(core, stuck).All(alarm => alarm));
    }

    // One of several that go together: the others move on, and it does not.
    [TestMethod]
    public void ASensorOfAnArrayThatIsStuckInTheMiddleIsFlagged()
    {
        double[][] training = SensorLogs.Array(1, 400, 8);
        Familiarity core = Learn(training).ToCore();
        double middle = training.Select(row => row[2]).Order().ElementAt(200);
        double[][] stuck = [.. SensorLogs.Array(2, 2000, 8).Select(row => row.Select((value, i) => i == 2 ? middle : value).ToArray())];
        Assert.IsGreaterThan(0.9, Windows(core, stuck).Average(alarm => alarm ? 1.0 : 0));
    }

    [TestMethod]
    public void HostileRowsMakeAPictureThatABoardAccepts()
    {
        PortableRandom random = new(38);
        for (int k = 0; k < 300; k++)
        {
            int inputs = 1 + random.Next(Familiarity.MaxInputs);
            int kind = random.Next(6);
            double[][] rows = [.. Enumerable.Range(0, FamiliarLearner.FewestRows + random.Next(100)).Select(r => Enumerable.Range(0, inputs).Select(i => kind switch
            {
                0 => 5.0,
                1 => r == 0 ? 1e9 : 0,
                2 => random.Next(2) == 0 ? -1e9 : 1e9,
                3 => i == 0 ? random.NextDouble() * 4095 : r,
                4 => Math.Pow(10, random.NextDouble() * 9),
                _ => random.NextDouble() * 1e-6,
            }).ToArray())];
            RawInput[] scales = [.. Enumerable.Range(0, inputs).Select(_ => new RawInput(kind is 2 or 4 ? -ModelFormat.MaxRawInput : 0, ModelFormat.MaxRawInput, 1, 0))];
            Familiarity core = FamiliarLearner.Learn(scales, rows)!.ToCore();
            int unfamiliar = rows.Count(row => !core.IsFamiliar([.. row.Select(value => (int)Math.Floor(value + 0.5))]));
            Assert.IsLessThanOrEqualTo(0.05 * rows.Length, unfamiliar, $"kind {kind}, {inputs} inputs, {rows.Length} rows");
        }
    }

    [TestMethod]
    public void TheSameRowsGiveTheSameBytesOnEveryMachine()
    {
        // A log that is made without functions that machines round in their own way.
        Assert.AreEqual("0C7EF591", Checksum(Learn(SensorLogs.Array(1, 400, 3))), "array of 3");
        Assert.AreEqual("34738EC9", Checksum(Learn(SensorLogs.Array(1, 400, 16))), "array of 16");

        static string Checksum(FamiliarInputs picture)
        {
            byte[] payload = picture.Write(isDoubt: false);
            return Numerics.Checksum.Crc32(payload, 0, payload.Length).ToString("X8");
        }
    }

    [TestMethod]
    public void TooFewRowsOrTooManyInputsMakeNoPicture()
    {
        double[][] rows = SensorLogs.Soil(1, FamiliarLearner.FewestRows);
        Assert.IsNotNull(FamiliarLearner.Learn(Scales(3), rows));
        Assert.IsNull(FamiliarLearner.Learn(Scales(3), rows[1..]));
        Assert.IsNotNull(FamiliarLearner.Learn(Scales(32), SensorLogs.Array(1, 100, 32)));
        Assert.IsNull(FamiliarLearner.Learn(Scales(33), SensorLogs.Array(1, 100, 33)));
    }

    private static FamiliarInputs Learn(double[][] rows) => FamiliarLearner.Learn(Scales(rows[0].Length), rows)!;

    // As an ADC of 16 conversions has them.
    private static RawInput[] Scales(int inputs) => [.. Enumerable.Repeat(new RawInput(0, 8 * 4095, 0.125, 0), inputs)];

    private static int[] Raw(double[] row) => System.Array.ConvertAll(row, value => (int)(8 * value));

    private static IEnumerable<bool> Windows(Familiarity core, double[][] rows)
    {
        bool[] unfamiliar = System.Array.ConvertAll(rows, row => !core.IsFamiliar(Raw(row)));
        return Enumerable.Range(0, rows.Length - Window + 1).Select(at => unfamiliar.AsSpan(at, Window).Count(true) > AlarmAbove);
    }
}
