using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;
using NeuralEdge.Learning.Series;
using NeuralEdge.Tests.Cli;

namespace NeuralEdge.Tests.Series;

[TestClass]
public sealed class WindowedDataTests
{
    private static readonly WindowOptions Ends = new(0.08) { HopSeconds = 0.02, Features = ["min", "max"] };

    [TestMethod]
    public void AWindowCrossesNoLabelNoGapAndNoMissingRow()
    {
        // Every stretch has a level of its own, so that a window across two has two levels.
        (string Label, double[] Samples) Stretch(string label, double level) => (label, [.. Enumerable.Repeat(level, 21)]);
        string labels = Logs.Text([Stretch("a", 100), Stretch("b", 200), Stretch("a", 300)], pauseMs: 0);
        string gaps = Logs.Text([Stretch("a", 100), Stretch("a", 200), Stretch("b", 400)], pauseMs: 40);
        string[] missing = Logs.Text([Stretch("a", 100), Stretch("a", 200), Stretch("b", 400)], pauseMs: 0).Split('\n');
        missing[22] = missing[22].Replace("200.000", "", StringComparison.Ordinal);
        foreach (string text in new[] { labels, gaps, string.Join('\n', missing) })
        {
            Assert.IsTrue(AreAllLevel(text), text);
        }

        Assert.IsFalse(AreAllLevel(Logs.Text([Stretch("a", 100), Stretch("a", 200), Stretch("b", 400)], pauseMs: 0)), "this test sees a window across two levels");
    }

    [TestMethod]
    public void AWindowCrossesNoFile()
    {
        using Scratch scratch = new();
        (string, double[])[] Recording(string label, double level) => [(label, [.. Enumerable.Repeat(level, 21)])];
        string first = scratch.Write("1.csv", Logs.Text(Recording("a", 100)));
        string second = scratch.Write("2.csv", Logs.Text(Recording("a", 200)));
        string third = scratch.Write("3.csv", Logs.Text(Recording("b", 300)));
        Table table = TableFiles.Read([first, second, third], LabelSource.Column, "label");
        DataSet windows = Logs.Windows(table, Ends with { Rate = 100 }).Data;
        Assert.AreEqual(21, windows.Count, "seven of each file");
        Assert.IsTrue(Array.TrueForAll(windows.Inputs, row => row[0] == row[1]));
    }

    [TestMethod]
    public void AFeatureNamedTwiceIsOne() => CollectionAssert.AreEqual(
        new[] { "x std", "x min" },
        Logs.Windows(Table.Parse(Logs.Text(Logs.Loudness(2, 40)), "log.csv"), Ends with { Features = ["std", "min", "std"] }).Data.InputNames);

    [TestMethod]
    [DataRow(2, SplitKind.Blocks, DisplayName = "two recordings, of which a fifth of the log leaves enough")]
    [DataRow(6, SplitKind.LastFifths, DisplayName = "six recordings, each shorter than a fifth of the log")]
    public void HeldOutWindowsOfOneRecordingForEachClassShareNoSampleWithThoseLearnedFrom(int classes, SplitKind kind)
    {
        DataSet windows = Logs.Windows(Table.Parse(Logs.Text(Logs.Loudness(classes, 200, classes)), "log.csv"), Ends).Data;
        Partition partition = Partition.Of(windows);
        Assert.AreEqual(kind, partition.Kind);
        Assert.AreEqual(0, Shared(windows, partition));

        // The same without what is left out between them.
        DataSet unaware = Copy(windows, overlap: 0);
        Assert.IsGreaterThan(0, Shared(unaware, Partition.Of(unaware)));
    }

    [TestMethod]
    public void AFeatureNamedTwiceIsTakenOnceAndThatIsSaid()
    {
        DataSet windows = Logs.Windows(Table.Parse(Logs.Text(Logs.Loudness(4, 60)), "log.csv"), Ends with { Features = ["min", "max", "min"] }).Data;
        CollectionAssert.AreEqual(new[] { "x min", "x max" }, windows.InputNames);
        StringAssert.Contains(string.Join('\n', windows.Notes), "min is named more than once among the features, and taken once.");
    }

    [TestMethod]
    public void RecordingsAreHeldOutWhole()
    {
        DataSet windows = Logs.Windows(Table.Parse(Logs.Text(Logs.Loudness(12, 60)), "log.csv"), Ends).Data;
        Partition partition = Partition.Of(windows);
        Assert.AreEqual(SplitKind.Recordings, partition.Kind);
        Assert.HasCount(windows.Count, partition.Rows, "each window is judged once");
        foreach (int[] held in partition.HeldOut)
        {
            int[] recordings = [.. held.Select(r => windows.Recordings[r]).Distinct()];
            Assert.HasCount(held.Length, Enumerable.Range(0, windows.Count).Where(r => recordings.Contains(windows.Recordings[r])));
            Assert.HasCount(2, recordings.Select(r => windows.Classes[Array.IndexOf(windows.Recordings, r)]).Distinct(), "both classes are among those held out");
        }
    }

    [TestMethod]
    public void WhatAMissingRowOrALabelThatFlickersCutsIsOneRecording()
    {
        // Six recordings of 60 rows, each with a level of its own that says more of it than any class does.
        string[] whole = Logs.Text(Logs.Loudness(6, 60)).Split('\n');
        int[] middles = [.. Enumerable.Range(0, 6).Select(r => (60 * r) + 31)];
        string Changed(Func<string, string?> change) => string.Join('\n', whole.Select((line, i) => middles.Contains(i) ? change(line) : line).Where(line => line is not null));
        DataSet Of(string text) => Logs.Windows(Table.Parse(text, "log.csv"), Ends).Data;
        DataSet uncut = Of(Changed(line => line));
        Assert.AreEqual(6, uncut.Recordings.Distinct().Count());
        foreach (string cut in new[]
        {
            Changed(_ => null),
            Changed(line => $"{line.Split(',')[0]},,{line.Split(',')[2]}"),
            Changed(line => line.EndsWith('0') ? line[..^1] + '1' : line[..^1] + '0'),
        })
        {
            DataSet data = Of(cut);
            Assert.IsLessThan(uncut.Count, data.Count, "it was cut");
            Assert.AreEqual(6, data.Recordings.Distinct().Count());
        }

        double[] other = [.. Enumerable.Range(0, 60).Select(i => 1500.0 + (i * 7 % 50))];
        Assert.AreEqual(6, Of(Logs.Text(Logs.Loudness(6, 60, classes: 1).Append(("other", other)), pauseMs: 1000)).Recordings.Distinct().Count() - 1, "after a pause of a second, which is twelve windows, somebody has begun again");
        Assert.AreEqual(1, Of(Logs.Text(Logs.Loudness(6, 60, classes: 1).Append(("other", other)), pauseMs: 500)).Recordings.Distinct().Count() - 1);
    }

    [TestMethod]
    public void ARateDoesNotContradictTheTimesNorHideTheirPauses()
    {
        (string, double[]) Stretch(string label, double level) => (label, [.. Enumerable.Repeat(level, 21)]);
        string text = Logs.Text([Stretch("a", 100), Stretch("a", 200), Stretch("b", 400)], pauseMs: 40);
        Assert.IsTrue(Array.TrueForAll(Logs.Windows(Table.Parse(text, "log.csv"), Ends with { Rate = 100 }).Data.Inputs, row => row[0] == row[1]), "no window goes across the pause");
        Refusals.Expect("--rate 50|20 ms|\"time_ms\" of log.csv|10 ms|leave --rate out", () => Logs.Windows(Table.Parse(text, "log.csv"), Ends with { Rate = 50 }));
        Logs.Windows(Table.Parse(text, "log.csv"), Ends with { Rate = 99 });

        // Times of 10 ms at 125 Hz: steps of 10, and now and then one of 0. The usual step is not the mean, which is right.
        string[] coarse = [.. Logs.Text(Logs.Loudness(4, 100), pauseMs: 10_000).Split('\n').Select((line, i) => i == 0 || line.Length == 0 ? line : $"{(i - 1) * 8 / 10 * 10},{string.Join(',', line.Split(',')[1..])}")];
        Assert.AreEqual(4, Logs.Windows(Table.Parse(string.Join('\n', coarse), "log.csv"), Ends with { Rate = 125 }).Data.Recordings.Distinct().Count());
    }

    [TestMethod]
    public void TimesThatOnlyJitterAreToldAndARateTakesThemForEven()
    {
        Random random = new(1);
        string jitter = string.Join('\n', Logs.Text(Logs.Loudness(4, 100)).Split('\n').Select(line => long.TryParse(line.Split(',')[0], out long ms) ? $"{ms + random.Next(-4, 5) + 10},{line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..]}" : line));
        Table log = Table.Parse(jitter, "log.csv");
        WindowOptions long_ = new(0.8) { HopSeconds = 0.2, Features = ["std"] };
        Refusals.Expect("log.csv|column \"time_ms\"|one and a half of its usual 10 ms|--rate 100", () => Logs.Windows(log, long_));
        Assert.AreEqual(4, Logs.Windows(log, long_ with { Rate = 100 }).Data.Recordings.Distinct().Count());
    }

    [TestMethod]
    public void TimesAreNoChannelEvenWhereTheyDoNotLookLikeAClock()
    {
        // Each recording begins at another time.
        string[] lines = Logs.Text(Logs.Loudness(20, 30)).Split('\n');
        Table log = Table.Parse(string.Join('\n', lines.Select((line, i) => i == 0 || line.Length == 0 ? line : $"{((i - 1) % 30 * 10) + ((i - 1) / 30 % 3 * 100)},{line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..]}")), "log.csv");
        CollectionAssert.Contains(DataSet.From(log, ["label"]).InputNames, "time_ms", "this test needs a clock that is taken for a measurement");
        TrainOptions request = TrainingWindows.WithoutTimes(new TrainOptions(log, "label") { Windows = Ends });
        CollectionAssert.AreEqual(new[] { "time_ms" }, request.Ignore.ToArray());
        WindowedData windows = TrainingWindows.Of(DataSet.From(log, ["label"], ignore: request.Ignore, keepRepeats: true), request, null, CancellationToken.None);
        CollectionAssert.AreEqual(new[] { "x min", "x max" }, windows.Data.InputNames);
        Assert.AreEqual(20, windows.Data.Recordings.Distinct().Count());
    }

    [TestMethod]
    public void AClassWithoutAWindowIsToldAndOneClassIsNotLearned()
    {
        (string, double[]) Of(string label, int rows) => (label, [.. Enumerable.Range(0, rows).Select(r => (double)(r * 7 % 50))]);
        WindowedData two = Logs.Windows(Table.Parse(Logs.Text([Of("a", 60), Of("b", 60), Of("short", 5)]), "log.csv"), Ends);
        StringAssert.Contains(string.Join(' ', two.Data.Findings.Where(finding => finding.Kind == DataFindingKind.RareLabel).Select(finding => finding.Sentence)), "No stretch of \"short\" is as long as a window");
        Refusals.Expect("log.csv|only \"a\"|nothing to tell apart|--window", () => Logs.Windows(Table.Parse(Logs.Text([Of("a", 60), Of("short", 5)]), "log.csv"), Ends));
    }

    [TestMethod]
    public void TheSameLogGivesTheSameFile()
    {
        Table table = Table.Parse(Logs.Text(Logs.Loudness(12, 60)), "log.csv");
        byte[] Train() => Pipeline.Train(new TrainOptions(table, "label") { Windows = new WindowOptions(0.16) { Features = ["std", "octave1"] }, Hyperparameters = new() { Hidden = [2], Starts = 1, MaximumEpochs = 5 }, AcceptError = 1, Work = 1000 }).Model.File.Bytes;
        CollectionAssert.AreEqual(Train(), Train());
    }

    [TestMethod]
    public void AStepThatABoardDoesNotKeepExactlyIsTold()
    {
        Table log = Table.Parse(Logs.Text(Logs.Loudness(4, 60)).Replace("time_ms", "n", StringComparison.Ordinal), "log.csv");
        StringAssert.Contains(string.Join(' ', Logs.Windows(log, new WindowOptions(0.2) { Rate = 60 }).Data.Notes), "Rows are 16.67 ms apart; a board samples every 17 ms");
        Assert.DoesNotContain("Rows are", string.Join(' ', Logs.Windows(log, new WindowOptions(0.2) { Rate = 50 }).Data.Notes));
    }

    [TestMethod]
    public void WhatCannotBeCutIsRefusedInASentence()
    {
        string text = Logs.Text(Logs.Loudness(4, 60));
        Table log = Table.Parse(text, "log.csv");
        Table untimed = Table.Parse(text.Replace("time_ms", "n", StringComparison.Ordinal), "log.csv");
        Refusals.Expect("log.csv|--rate|time_ms", () => Logs.Windows(untimed, Ends));
        Refusals.Expect("--rate 300|3.33|whole milliseconds", () => Logs.Windows(untimed, Ends with { Rate = 300 }));
        Refusals.Expect("0.02 s has 2 rows|10 ms apart|4 to 4096|--window", () => Logs.Windows(log, new WindowOptions(0.02)));
        Refusals.Expect("hops of|--hop", () => Logs.Windows(log, new WindowOptions(0.09) { HopSeconds = 0.03 }));
        Refusals.Expect("log.csv|no window of 416 rows|60 rows|shorter --window", () => Logs.Windows(log, new WindowOptions(4)));
        Refusals.Expect("\"kurtosis\" is no feature|octave", () => Logs.Windows(log, Ends with { Features = ["std", "kurtosis"] }));
        Refusals.Expect("\"band1-9\" is no feature|at most 8", () => Logs.Windows(log, Ends with { Features = ["band1-9"] }));
        Refusals.Expect("octave3|multiple of 8|--features", () => Logs.Windows(log, Ends with { Features = ["octave3"] }));
        Refusals.Expect("band5|half the rate|bins 1 to 3", () => Logs.Windows(log, Ends with { Features = ["band5"] }));
        Refusals.Expect("4 channels are too many|1 row|--hop|--inputs", () => Logs.Windows(Table.Read(Repository.PathOf("tools/examples/iris.csv")), new WindowOptions(4) { Rate = 1 }, "species"));
        Refusals.Expect("median|made-up", () => TrainingWindows.Of(DataSet.From(log, ["label"]), new TrainOptions(log, "label") { Windows = Ends, Missing = MissingRule.Median }, null, CancellationToken.None));
    }

    private static bool AreAllLevel(string text) => Array.TrueForAll(Logs.Windows(Table.Parse(text, "log.csv"), Ends).Data.Inputs, row => row[0] == row[1]);

    // Windows end in the line that they have, and are 8 samples long.
    private static int Shared(DataSet windows, Partition partition) => Enumerable.Range(0, partition.HeldOut.Count).Sum(training =>
    {
        int[] held = [.. partition.HeldOut[training].Select(r => windows.Lines[r])];
        return partition.TrainingRows(training, windows.Count).Count(r => Array.Exists(held, line => Math.Abs(line - windows.Lines[r]) < 8));
    });

    private static DataSet Copy(DataSet data, int overlap) => new()
    {
        Task = data.Task,
        InputNames = data.InputNames,
        InputUnits = data.InputUnits,
        TargetNames = data.TargetNames,
        TargetUnits = data.TargetUnits,
        ClassNames = data.ClassNames,
        Inputs = data.Inputs,
        Targets = data.Targets,
        Classes = data.Classes,
        Lines = data.Lines,
        Files = data.Files,
        Findings = data.Findings,
        Recordings = data.Recordings,
        Overlap = overlap,
    };
}
