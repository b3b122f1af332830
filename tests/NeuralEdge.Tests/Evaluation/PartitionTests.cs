using System.Globalization;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;
using NeuralEdge.Tests.Cli;

namespace NeuralEdge.Tests.Evaluation;

/// <summary>Which rows are held out, and when a table is taken for a log.</summary>
[TestClass]
public sealed class PartitionTests
{
    private static readonly DataSet Iris = DataSet.From(Table.Read(Repository.PathOf("tools/examples/iris.csv")), ["species"]);
    private static readonly DataSet Greenhouse = DataSet.From(Table.Read(Repository.PathOf("tools/examples/greenhouse.csv")), ["water", "shade"]);

    [TestMethod]
    public void AShuffledTableIsNeverTakenForALogAndALogAlwaysIs()
    {
        Assert.IsTrue(RowOrder.IsLog(RowOrder.Roughness(Greenhouse), Greenhouse.Count));
        Assert.IsFalse(RowOrder.IsLog(RowOrder.Roughness(Iris), Iris.Count), "sorted by class, but in no order within one");
        foreach (DataSet data in new[] { Iris, Greenhouse })
        {
            for (int seed = 0; seed < 20; seed++)
            {
                int[] order = [.. Enumerable.Range(0, data.Count)];
                new PortableRandom(seed).Shuffle(order);
                double roughness = RowOrder.Roughness(data.Select(order));
                Assert.IsInRange(0.8, 1.2, roughness);
                Assert.IsFalse(RowOrder.IsLog(roughness, data.Count));
            }
        }
    }

    /// <summary>Two sensors in no order, and between them one that drifts: judged at random the classes seem far apart.</summary>
    [TestMethod]
    public void OneSensorThatDriftsMakesALog()
    {
        static Table Log(bool drifts, int rows)
        {
            PortableRandom random = new(rows);
            double Noise(double size) => size * random.NextDouble();
            return Made.Rows(rows, r => (random.NextDouble() > 0.5 ? "on" : "off", [Noise(900), (drifts ? 900.0 * r / rows : Noise(900)) + Noise(400), Noise(900)]));
        }

        foreach (int rows in new[] { 100, 400 })
        {
            Assert.AreEqual(SplitKind.Blocks, Partition.Of(Made.Set(Log(drifts: true, rows))).Kind);
            Assert.AreNotEqual(SplitKind.Blocks, Partition.Of(Made.Set(Log(drifts: false, rows))).Kind);
        }
    }

    [TestMethod]
    public void WholeRecordingsAreHeldOutWhereAClockStartsAgain()
    {
        foreach ((int days, int parts) in new[] { (2, 2), (3, 3), (4, 4), (5, 5), (12, 5) })
        {
            Partition partition = Partition.Of(DataSet.From(Made.Days(1, days, 200, hasClock: true), ["label"]));
            Assert.AreEqual((SplitKind.Recordings, parts), (partition.Kind, partition.PartCount), $"{days} days");
            Assert.HasCount(parts, partition.HeldOut);
            foreach (int[] held in partition.HeldOut)
            {
                Assert.AreEqual((0, 199), (held[0] % 200, held[^1] % 200), "from the first row of a day to the last one of a day");
                Assert.HasCount(held[^1] - held[0] + 1, held);
            }
        }

        Assert.AreEqual(SplitKind.Blocks, Partition.Of(DataSet.From(Made.Days(1, 4, 200, hasClock: false), ["label"])).Kind, "nothing tells the days apart");
        Assert.AreNotEqual(SplitKind.Recordings, Partition.Of(DataSet.From(Made.Days(1, 1, 800, hasClock: true), ["label"])).Kind, "there is one");
    }

    [TestMethod]
    [DataRow("clock")]
    [DataRow("files")]
    public void MoreThanFiftyRecordingsAreHeldOutWholeToo(string by)
    {
        // 43 rows: no fifth of the table ends where a recording does.
        const int Rows = 43;
        using Scratch scratch = new();
        string[] files = [.. Enumerable.Range(0, 61).Select(day => scratch.Write($"day{day:00}.csv", "x,label\n" + string.Concat(Enumerable.Range(0, Rows).Select(r => $"{Reading((100 * day) + r)},{r / 10 % 2}\n"))))];
        DataSet data = DataSet.From(by == "clock" ? Made.Days(1, files.Length, Rows, hasClock: true) : TableFiles.Read(files, LabelSource.Column, "label", null), ["label"]);
        Partition partition = Partition.Of(data);
        Assert.AreEqual((SplitKind.Recordings, 5), (partition.Kind, partition.PartCount));
        foreach (int[] held in partition.HeldOut)
        {
            Assert.AreEqual((0, Rows - 1), (held[0] % Rows, held[^1] % Rows));
        }
    }

    /// <summary>One cell of a log is empty, or the logger wrote its name into it.</summary>
    [TestMethod]
    [DataRow("ms", "")]
    [DataRow("when", "")]
    [DataRow("when", "reboot")]
    public void ATimeThatIsMissingOrUnreadableHidesNoRecording(string column, string cell)
    {
        // A row before each recording's end, one at its beginning, and some in the middle.
        bool IsOdd(int r) => r is 37 or 38 or 80 or 159;
        string Time(int r) => IsOdd(r) ? cell : column == "ms" ? $"{r % 80 * 10}" : $"{new DateTime(2026, 5, 1 + (r / 80), 8, 0, 0).AddSeconds(r % 80):yyyy-MM-dd HH:mm:ss}";
        Table table = Table.Parse($"{column},x,label\n" + string.Join('\n', Enumerable.Range(0, 400).Select(r => $"{Time(r)},{Reading(r)},{r / 10 % 2}")), "log.csv");
        DataSet data = DataSet.From(table, ["label"], inputs: ["x"]);
        Partition partition = Partition.Of(data);
        Assert.AreEqual((SplitKind.Recordings, 5), (partition.Kind, partition.PartCount));
        for (int day = 0; day < 5; day++)
        {
            // Row 159 has no time, and nobody knows whether it belongs to the day before.
            int[] sessions = [.. data.Sessions[(80 * day)..(80 * (day + 1))].Distinct()];
            Assert.HasCount(day == 1 ? 2 : 1, sessions);
        }

        StringAssert.Contains(string.Join('\n', DataSet.From(table, ["label"]).Notes), column == "ms" ? "goes by the same step" : cell.Length == 0 ? "\"when\" is a time stamp and" : "\"when\" is a time stamp, apart from 4 cells such as \"reboot\", and");
    }

    [TestMethod]
    [DataRow("time_s")]
    [DataRow("t")]
    [DataRow("Time")]
    public void AClockThatStartsAgainEveryTenRowsIsNoInputAndTellsRecordings(string column)
    {
        PortableRandom random = new(1);
        string Log(string name, Func<int, double> value) => $"{name},x,label\n" + string.Join('\n', Enumerable.Range(0, 400).Select(r => string.Create(CultureInfo.InvariantCulture, $"{value(r)},{Math.Round(1000 * random.NextDouble())},{r / 10 % 2}")));
        DataSet data = DataSet.From(Table.Parse(Log(column, r => r % 10 / 10.0), "log.csv"), ["label"]);
        CollectionAssert.AreEqual(new[] { "x" }, data.InputNames);
        StringAssert.Contains(string.Join('\n', data.Notes), $"Column \"{column}\" rises and starts again, like the clock of short recordings, and is not used as an input; to use it: --inputs {column},x.");
        Assert.AreEqual(39, data.Sessions[^1]);
        Assert.AreEqual(SplitKind.Recordings, Partition.Of(data).Kind);

        // What goes up and down at any height, an hour of the day, and what has another name are measurements.
        CollectionAssert.Contains(DataSet.From(Table.Parse(Log(column, r => (r % 100 * 5) + (r * 7919 % 4 == 0 ? -10 : 0)), "log.csv"), ["label"]).InputNames, column);
        CollectionAssert.Contains(DataSet.From(Table.Parse(Log("hours", r => r % 24), "log.csv"), ["label"]).InputNames, "hours");
        CollectionAssert.Contains(DataSet.From(Table.Parse(Log("ramp", r => r % 10 / 10.0), "log.csv"), ["label"]).InputNames, "ramp");
    }

    /// <summary>Hours of a day, days since it rained and how long a machine has run are what a load follows.</summary>
    [TestMethod]
    [DataRow("hours", "half-hourly", true)]
    [DataRow("hours", "every 3 h", true)]
    [DataRow("hours", "6 to 20", true)]
    [DataRow("minutes", "0 to 55", true)]
    [DataRow("dry_days", "0 to 11", true)]
    [DataRow("running_s", "uneven runs", true)]
    [DataRow("time_s", "uneven steps", true)]
    [DataRow("time_s", "uneven beginnings", true)]
    [DataRow("time", "0 to 23", true)]
    [DataRow("time", "0 to 11", false)]
    [DataRow("time_s", "0 to 11", false)]
    [DataRow("time_s", "one row more or less", false)]
    [DataRow("time_s", "some missing", false)]
    public void OnlyAClockOfEvenRecordingsIsNoInput(string column, string values, bool isInput)
    {
        double[] Runs(Func<int, int> rows, Func<int, int, double> value) => [.. Enumerable.Range(0, 40).SelectMany(run => Enumerable.Range(0, rows(run)).Select(r => value(run, r)))];
        double[] numbers = values switch
        {
            "half-hourly" => Runs(_ => 48, (_, r) => r / 2.0),
            "every 3 h" => Runs(_ => 8, (_, r) => 3 * r),
            "6 to 20" => Runs(_ => 15, (_, r) => 6 + r),
            "0 to 55" => Runs(_ => 12, (_, r) => 5 * r),
            "uneven runs" => Runs(run => 8 + (run * 7 % 5), (_, r) => 10 * r),
            "uneven steps" => Runs(_ => 12, (_, r) => r + (r % 3 * 0.1)),
            "uneven beginnings" => Runs(_ => 12, (run, r) => (run % 3) + r),
            "0 to 23" => Runs(_ => 24, (_, r) => r),
            "one row more or less" => Runs(run => 12 + (run % 2), (_, r) => r),
            "some missing" => Runs(_ => 12, (run, r) => ((12 * run) + r) % 29 == 5 ? double.NaN : r),
            _ => Runs(_ => 12, (_, r) => r),
        };
        PortableRandom random = new(1);
        string log = $"{column},x,label\n" + string.Join('\n', numbers.Select((value, r) => string.Create(CultureInfo.InvariantCulture, $"{(double.IsNaN(value) ? "" : value)},{Math.Round(1000 * random.NextDouble())},{r / 10 % 2}")));
        Assert.AreEqual(isInput, DataSet.From(Table.Parse(log, "log.csv"), ["label"]).InputNames.Contains(column));
    }

    [TestMethod]
    public void ARecordingThatNothingCouldBeLearnedWithoutIsNotHeldOutWhole()
    {
        string[] lines = [.. Enumerable.Range(0, 400).Select(r => $"{(r < 320 ? r : r - 320) * 10},{r},{(r / 10) % 2}")];
        Partition longOne = Partition.Of(DataSet.From(Table.Parse("ms,x,label\n" + string.Join('\n', lines), "log.csv"), ["label"], inputs: ["x"]));
        Assert.AreEqual(SplitKind.Blocks, longOne.Kind, "four fifths in one recording");
        string[] apart = [.. Enumerable.Range(0, 400).Select(r => $"{r % 200 * 10},{r},{r / 200}")];
        Partition each = Partition.Of(DataSet.From(Table.Parse("ms,x,label\n" + string.Join('\n', apart), "log.csv"), ["label"], inputs: ["x"]));
        Assert.AreEqual(SplitKind.Blocks, each.Kind, "each class in a recording of its own");
        Assert.IsTrue(each.EachClassOnce);
    }

    [TestMethod]
    public void APauseOfAClockBeginsARecordingAsAnotherFileDoes()
    {
        string Log(int pause) => "ms,x,label\n" + string.Join('\n', Enumerable.Range(0, 400).Select(r => $"{(r * 10) + (r < 200 ? 0 : pause)},{r},{r / 10 % 2}"));
        SplitKind Kind(int pause) => Partition.Of(DataSet.From(Table.Parse(Log(pause), "log.csv"), ["label"], inputs: ["x"])).Kind;
        Assert.AreEqual((SplitKind.Blocks, SplitKind.Recordings), (Kind(900), Kind(1100)));

        string Stamps(int night) => "when,x,label\n" + string.Join('\n', Enumerable.Range(0, 400).Select(r => $"{new DateTime(2026, 5, 1, 8, 0, 0).AddMinutes(r + (r / 100 * night)):yyyy-MM-dd HH:mm:ss},{r},{r / 10 % 2}"));
        Partition OfStamps(int night) => Partition.Of(DataSet.From(Table.Parse(Stamps(night), "log.csv"), ["label"], inputs: ["x"]));
        Assert.AreEqual(SplitKind.Blocks, OfStamps(60).Kind);
        Assert.AreEqual((SplitKind.Recordings, 4), (OfStamps(840).Kind, OfStamps(840).PartCount), "each day is one");
    }

    /// <summary>Of 64 inputs, most of them 0 as those of pictures, the smoothest is no drift.</summary>
    [TestMethod]
    [DataRow(40)]
    [DataRow(300)]
    public void OfManyInputsInNoOrderNoneIsTakenForADrift(int rows)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            PortableRandom random = new(seed);
            DataSet data = Made.Set(Made.Rows(rows, r => ($"k{r % 3}", [.. Enumerable.Range(0, 64).Select(i => Math.Max(0, Math.Floor(20 * random.NextDouble()) - 12 + (i / 8)))])));
            Assert.IsFalse(RowOrder.IsLog(RowOrder.Roughness(data), data.Count));
        }
    }

    /// <summary>Forty rows are too few to be taken for a log, but each class is in one run of them.</summary>
    [TestMethod]
    public void EachClassRecordedOnceIsSaidOfAShortRecordingToo()
    {
        Table table = Made.Rows(40, r => (r < 20 ? "dry" : "wet", [(r < 20 ? 2600 : 1500) + (r * 7919 % 97), 300 + (r * 31 % 50)]));
        Partition partition = Partition.Of(Made.Set(table));
        Assert.AreEqual(SplitKind.Folds, partition.Kind);
        Assert.IsTrue(partition.EachClassOnce);
        TrainResult result = Pipeline.Train(new TrainOptions(table, "label") { Hyperparameters = new() { Hidden = [], Starts = 1, MaximumEpochs = 60 }, Work = 1e4 });
        Assert.AreEqual(1, result.Verdict.Warnings.Count(remark => remark.StartsWith("Each class comes in one go: unless the rows were sorted by class", StringComparison.Ordinal)));
        Assert.IsFalse(Partition.Of(Made.Set(Made.Rows(40, r => (r % 20 < 10 ? "dry" : "wet", [r * 7919 % 97])))).EachClassOnce);
    }

    [TestMethod]
    public void RoughnessIsTheRatioOfVonNeumann()
    {
        // Ranks 0 1 2 3: squares of the differences sum up to 3, the variance is 1.25.
        DataSet up = DataSet.From(Table.Parse("x,y\n10,1\n20,2\n30,3\n70,4\n", "t"), ["y"]);
        Assert.AreEqual(3 / (2.0 * 3 * 1.25), RowOrder.Roughness(up), 1e-12);

        // Equal values share a rank: 0.5 0.5 2 3.
        DataSet tied = DataSet.From(Table.Parse("x,y\n1,1\n1,2\n5,3\n6,4\n", "t"), ["y"]);
        Assert.AreEqual((2.25 + 1) / (2 * 3 * 1.125), RowOrder.Roughness(tied), 1e-12);
    }

    [TestMethod]
    public void NoRowIsHeldOutTwiceOrLearnedFromMeanwhile()
    {
        DataSet[] tables =
        [
            Iris,
            Greenhouse,
            Made.Set(Made.Noise(10, 1)),
            Made.Set(Made.Noise(301, 2, 3)),
            Made.Set(Made.Rows(500, r => (r < 100 ? "a" : r < 200 ? "b" : r < 300 ? "c" : r < 400 ? "d" : "e", [r % 100, 3 * r]))),
        ];
        SplitKind[] kinds = [SplitKind.Folds, SplitKind.Blocks, SplitKind.Folds, SplitKind.RandomFifth, SplitKind.LastFifths];
        for (int t = 0; t < tables.Length; t++)
        {
            Partition partition = Partition.Of(tables[t]);
            Assert.AreEqual(kinds[t], partition.Kind);
            int[] held = [.. partition.HeldOut.SelectMany(rows => rows)];
            CollectionAssert.AreEquivalent(partition.Rows.ToArray(), held);
            CollectionAssert.AllItemsAreUnique(held);
            for (int k = 0; k < partition.HeldOut.Count; k++)
            {
                CollectionAssert.AreEquivalent(Enumerable.Range(0, tables[t].Count).ToArray(), partition.HeldOut[k].Concat(partition.TrainingRows(k, tables[t].Count)).ToArray());
            }
        }
    }

    [TestMethod]
    public void ALogIsHeldOutInStretches()
    {
        Partition partition = Partition.Of(Greenhouse);
        Assert.HasCount(5, partition.HeldOut);
        foreach (int[] block in partition.HeldOut)
        {
            Assert.AreEqual(block.Length - 1, block.Max() - block.Min());
            Assert.HasCount(400, block);
        }
    }

    [TestMethod]
    public void ClassesThatComeOneAfterTheOtherAreHeldOutAtTheirEnds()
    {
        Partition partition = Partition.Of(Made.Set(Made.Rows(500, r => ($"k{r / 100}", [r % 100, 3 * r]))));
        Assert.IsTrue(partition.EachClassOnce);
        CollectionAssert.AreEqual(Enumerable.Range(0, 500).Where(r => r % 100 >= 80).ToArray(), partition.Rows.ToArray());
    }

    [TestMethod]
    public void LabelsThatFlickerAtTheEdgesOfAStretchDoNotHideThatThereIsOne()
    {
        // "dry", then "wet", and in between some rows of each in turn.
        static Table Log(Func<int, bool> flips) => Made.Rows(400, r => (r < 200 ^ flips(r) ? "dry" : "wet", [r % 200, 900 * Math.Sin(r / 40.0)]));
        Partition partition = Partition.Of(Made.Set(Log(r => r is 195 or 198 or 201 or 202 or 206)));
        Assert.IsTrue(partition.EachClassOnce);
        Assert.IsFalse(Partition.Of(Made.Set(Log(r => r is >= 20 and < 50))).EachClassOnce, "thirty rows are a stretch");

        // Events of a row each are no flickers: nothing else is known of their class.
        Assert.IsFalse(Partition.Of(Made.Set(Made.Rows(400, r => (r % 40 == 7 ? "event" : "calm", [r, 900 * Math.Sin(r / 40.0)])))).EachClassOnce);

        TrainOptions options = new(Log(r => r is 195 or 198 or 201), "label") { Hyperparameters = new() { Hidden = [], Starts = 1, MaximumEpochs = 20 }, Work = 1e4 };
        StringAssert.Contains(Pipeline.Train(options).Verdict.Warnings.Single(), "instead of the class, which the score cannot show.");
        StringAssert.Contains(Pipeline.Train(options with { Test = Log(_ => false) }).Verdict.Warnings.Single(), "the time of recording instead of the class. Record");
    }

    [TestMethod]
    public void AnEventThatHappenedOnceInALogIsNamed()
    {
        static Table Log(params int[] starts) => Made.Rows(500, r => (Array.Exists(starts, start => r >= start && r < start + 30) ? "event" : "calm", [r, 900 * Math.Sin(r / 40.0)]));
        CollectionAssert.AreEqual(new[] { "event" }, Partition.Of(Made.Set(Log(230))).ClassesOnce.ToArray());
        Assert.IsEmpty(Partition.Of(Made.Set(Log(130, 330))).ClassesOnce);
        TrainResult result = Pipeline.Train(new TrainOptions(Log(230), "label") { Hyperparameters = new() { Hidden = [], Starts = 1, MaximumEpochs = 20 }, Work = 1e4 });
        Assert.AreEqual(1, result.Verdict.Warnings.Count(remark => remark.StartsWith("'event' comes in one stretch of the log: the network may have learned the time of recording", StringComparison.Ordinal)));

        // Where all do, another sentence says it.
        Assert.IsEmpty(Partition.Of(Made.Set(Made.Rows(500, r => ($"k{r / 100}", [r % 100, 3 * r])))).ClassesOnce);
    }

    [TestMethod]
    public void TheOnlyRowOfAClassIsNotHeldOut()
    {
        DataSet data = Made.Set(Made.Rows(40, r => (r == 7 ? "rare" : $"k{r % 2}", [r * 7919 % 97])));
        Assert.IsFalse(Partition.Of(data).Rows.Contains(7));
    }

    [TestMethod]
    public void WithFewRowsNothingIsHeldOut()
    {
        Assert.AreEqual(SplitKind.None, Partition.Of(Made.Set(Made.Noise(9, 3))).Kind);
        Assert.AreEqual(SplitKind.None, Partition.Of(Made.Set(Made.Rows(12, r => ($"k{r}", [r * 7919 % 97])))).Kind, "every class once");
    }

    [TestMethod]
    public void AnIntervalOfWilsonIsTheTextbooks()
    {
        // 8 of 10 at 90 %, by his formula.
        (double low, double high) = Wilson.Interval(0.8, 10);
        Assert.AreEqual(0.5408, low, 1e-4);
        Assert.AreEqual(0.9314, high, 1e-4);
        Assert.AreEqual(1.0, Wilson.Interval(1, 20).High, 1e-12);
        Assert.IsLessThan(1.0, Wilson.Interval(1, 20).Low);
    }

    // In no order, and never the same for long.
    private static int Reading(int r) => ((r * 7919) + (r * r * 13)) % 4001;
}
