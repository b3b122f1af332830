using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;

namespace NeuralEdge.Tests.Series;

/// <summary>What is a copy where windows are learned from: a recording that stands in the table again, and nothing less.</summary>
[TestClass]
public sealed class RepeatedStretchTests
{
    private static readonly WindowOptions Window = new(0.32) { HopSeconds = 0.08, Features = ["std", "mean"] };

    [TestMethod]
    public void ARecordingThatWasPastedTwiceIsLearnedOnce()
    {
        (string Label, double[] Samples)[] log = [.. Logs.Loudness(6, 64)];
        DataSet once = Windows([.. log], false);
        DataSet twice = Windows([.. log, log[2]], false);
        Assert.AreEqual(once.Count, twice.Count);
        DataFinding told = twice.Findings.Single(finding => finding.Kind == DataFindingKind.Copies);
        Assert.AreEqual(64, told.Rows);
        StringAssert.Contains(told.Sentence, "64 of 448 rows stand in the table already, in the same order (lines 386 to 449 are lines 130 to 193 again), and are left out (--repeats keep has them in): a network would be judged by windows that it has learned from");
        DataSet kept = Windows([.. log, log[2]], true);
        Assert.AreEqual(once.Count + 5, kept.Count, "64 samples have 5 windows of 32");
        StringAssert.Contains(kept.Findings.Single(finding => finding.Kind == DataFindingKind.Copies).Sentence, "kept: the score flatters");
    }

    [TestMethod]
    public void SamplesThatComeAgainAreNoCopies()
    {
        // Each row twice, as of a slow sensor; and a piece that is shorter than a window.
        (string Label, double[] Samples)[] slow = [.. Logs.Loudness(6, 64).Select(r => (r.Label, r.Samples.SelectMany(x => (double[])[x, x]).ToArray()))];
        Assert.IsEmpty(Windows(slow, false).Findings.Where(finding => finding.Kind == DataFindingKind.Copies));
        (string Label, double[] Samples)[] log = [.. Logs.Loudness(6, 64)];
        Assert.IsEmpty(Windows([.. log, (log[2].Label, [.. log[2].Samples[..31], .. log[4].Samples[10..40].Reverse()])], false).Findings.Where(finding => finding.Kind == DataFindingKind.Copies));
    }

    [TestMethod]
    public void ALogThatGoesInCirclesIsKept()
    {
        (string Label, double[] Samples)[] log = [.. Logs.Loudness(2, 64)];
        DataSet circles = Windows([.. log, .. log, .. log, .. log, .. log], false);
        StringAssert.Contains(circles.Findings.Single(finding => finding.Kind == DataFindingKind.Copies).Sentence, "The log goes in circles");
        Assert.AreEqual(5 * 2 * 5, circles.Count);
    }

    [TestMethod]
    public void ATestThatWasLearnedIsToldInWindows()
    {
        Table log = Table.Parse(Logs.Text(Logs.Loudness(8, 64)), "log.csv");
        TrainOptions request = new(log, "label") { Windows = Window, Hyperparameters = new() { Hidden = [], Starts = 1, MaximumEpochs = 5 }, AcceptError = 1, Work = 1000 };
        Refusals.Expect("log.csv|every window of it is among those learned from", () => Pipeline.Train(request with { Test = log }));
        Table half = Table.Parse(Logs.Text([.. Logs.Loudness(2, 64), .. Logs.Loudness(4, 64, seed: 3)]), "half.csv");
        TrainResult result = Pipeline.Train(request with { Test = half });
        StringAssert.Contains(string.Join('\n', result.Findings.Select(finding => finding.Sentence)), "half.csv: 10 of 30 windows are among those learned from, and are left out.");
        Assert.AreEqual(20, result.HeldOut.Count);
    }

    /// <summary>Its windows lie elsewhere in the same samples, so that none is equal to one learned from.</summary>
    [TestMethod]
    public void ATestThatWasLearnedIsToldHoweverItsWindowsLie()
    {
        (string Label, double[] Samples)[] log = [.. Logs.Loudness(8, 64)];
        TrainOptions request = new(Table.Parse(Logs.Text(log), "log.csv"), "label") { Windows = Window, Hyperparameters = new() { Hidden = [], Starts = 1, MaximumEpochs = 5 }, AcceptError = 1, Work = 1000 };
        (string Label, double[] Samples)[] later = [.. log.Select(r => (r.Label, r.Samples[3..]))];
        Refusals.Expect("later.csv|every window of it is among those learned from", () => Pipeline.Train(request with { Test = Table.Parse(Logs.Text(later), "later.csv") }));
        TrainResult result = Pipeline.Train(request with { Test = Table.Parse(Logs.Text([.. later[..2], .. Logs.Loudness(4, 64, seed: 3)]), "half.csv") });
        StringAssert.Contains(string.Join('\n', result.Findings.Select(finding => finding.Sentence)), "half.csv: 8 of 28 windows are among those learned from, and are left out.");
        Assert.AreEqual(20, result.HeldOut.Count);
    }

    private static DataSet Windows((string Label, double[] Samples)[] recordings, bool keep)
    {
        TrainOptions request = new(Table.Parse(Logs.Text(recordings), "log.csv"), "label") { Windows = Window, KeepRepeats = keep };
        return TrainingWindows.Of(TrainingWindows.Samples(TrainingWindows.WithoutTimes(request), null, null), request, null, CancellationToken.None).Data;
    }
}
