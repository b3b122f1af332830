using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;
using NeuralEdge.Learning.Series;
using NeuralEdge.Models;
using NeuralEdge.Tests.Features;
using NeuralEdge.Tests.Series;

namespace NeuralEdge.Tests.Evaluation;

/// <summary>That pins are counted as a board would switch them, one decision after the other.</summary>
[TestClass]
public sealed class SwitchedPinsTests
{
    // A decision each 400 ms.
    private const int PeriodMs = 100;
    private static readonly BoardOutput Pump = new("y0", 18, ArgMax: false, On: 3000, Off: 2000);

    [TestMethod]
    public void HysteresisAndShortestTimesAreKept()
    {
        Assert.AreEqual("0110", States(Pump, 1000, 3500, 2500, 1500));
        Assert.AreEqual("01100", States(Pump with { MinOnMs = 1000 }, 1000, 3500, 1500, 1500, 1500), "on for 1 s, which is over in the third hop");
        Assert.AreEqual("10001", States(Pump with { MinOffMs = 1500 }, 3500, 1500, 3500, 3500, 3500), "off for 1.5 s; but before a recording it was off for long enough");
        Assert.AreEqual("1000", States(Pump with { MaxOnMs = 700 }, 3500, 3500, 3500, 3500), "at most 0.7 s, which ends in the second hop");
    }

    [TestMethod]
    public void VotesAveragesAndQuietAreThoseOfTheBoard()
    {
        double[] knock = [1000, 3500, 1000, 1000, 3500, 3500, 3500, 1000];
        Assert.AreEqual("00000111", States(Pump, new RecentDecisions(3, 0, 0, 0), knock), "two of three");
        Assert.AreEqual("01001110", States(Pump, new RecentDecisions(1, 0, 0, 0), knock));
        Assert.AreEqual("00000000", States(Pump, new RecentDecisions(1, 3, 0, 0), knock), "an average over eight hardly moves");
        Assert.AreEqual("01000010", States(Pump, new RecentDecisions(1, 0, 0, 1700), knock), "quiet for 1.7 s after it went off");
    }

    [TestMethod]
    public void ARecordingBeginsWithAllOffAndNothingRemembered()
    {
        ModelFile file = Model(Pump, new RecentDecisions(3, 0, 0, 0), out WindowPlan plan);
        SwitchedPins pins = new(file, plan);
        bool[] Next(double value)
        {
            file.Run(file.ToRaw([value]));
            return pins.Next();
        }

        Assert.IsTrue(Next(3500)[0] || Next(3500)[0] || Next(3500)[0]);
        pins.Begin();
        Assert.IsFalse(Next(3500)[0], "one of three has voted");
    }

    private static Verdict Of(string decisions, string rule = "\"argmax\": true", Table? test = null) => Pipeline.Train(new TrainOptions(Table.Parse(Logs.Text(Logs.Loudness(12, 96)), "log.csv"), "label")
    {
        Windows = new WindowOptions(0.32) { HopSeconds = 0.08, Features = ["std"] },
        Hyperparameters = new() { Hidden = [], Starts = 1 },
        Board = BoardFile.Parse($$"""{"inputs": [{"name": "x", "adc": 0}], "outputs": [{"name": "loud1", "pin": 18, {{rule}}}]{{decisions}}}""", "board.json"),
        Test = test,
        Anyway = true,
        AcceptError = 1,
        Work = 1000,
    }).Verdict;

    [TestMethod]
    [DataRow("\"average\": 16", "An average of 16 windows needs 16 windows of a recording before the first pin may switch, and the longest that was judged has 9: no pin was ever on, and what is said of pins says nothing of the network. Take an \"average\" of at most 8 in the board file, or record longer.")]
    [DataRow("\"votes\": 11", "11 votes need 11 windows of a recording before the first pin may switch, and the longest that was judged has 9: no pin was ever on, and what is said of pins says nothing of the network. Take at most 9 \"votes\" in the board file, or record longer.")]
    [DataRow("\"average\": 2, \"votes\": 15", "An average of 2 windows and 15 votes need 16 windows of a recording before the first pin may switch, and the longest that was judged has 9: no pin was ever on, and what is said of pins says nothing of the network. Take at most 9 \"votes\" and no \"average\" in the board file, or record longer.")]
    [DataRow("\"average\": 8, \"votes\": 5", "An average of 8 windows and 5 votes need 12 windows of a recording before the first pin may switch, and the longest that was judged has 9: no pin was ever on, and what is said of pins says nothing of the network. Take an \"average\" of at most 4 in the board file, or record longer.")]
    public void AnAverageThatNoRecordingIsLongEnoughForIsSaidWithOneThatIs(string decisions, string said)
    {
        Verdict verdict = Of($$""", "decisions": { {{decisions}} }""");
        Assert.AreEqual((0, 54), (verdict.Pins.Single().WronglyOn, verdict.Pins.Single().WronglyOff));
        CollectionAssert.Contains(verdict.Warnings.ToArray(), said);
    }

    [TestMethod]
    [DataRow("\"average\": 8")]
    [DataRow("\"votes\": 9")]
    [DataRow("\"average\": 4, \"votes\": 5")]
    public void AnAverageThatTheLongestRecordingCompletesIsNotWarnedOf(string decisions)
    {
        Verdict verdict = Of($$""", "decisions": { {{decisions}} }""");
        Assert.IsFalse(verdict.Warnings.Any(warning => warning.Contains("before the first pin may switch", StringComparison.Ordinal)));
        Assert.IsLessThan(54, verdict.Pins.Single().WronglyOff, "a pin was on");
    }

    [TestMethod]
    public void WhatPinsHaveForFreeWhereARecordingBeginsIsSaidAndCounted()
    {
        // 12 recordings of 9 windows, in 6 of which the pin should be off.
        StringAssert.StartsWith(Of(""", "decisions": {"votes": 5}""").PinsBegin, "Each recording is of one class, so that the pins of all others begin it right for nothing: at 48 of 108 windows none can be on yet. How soon a pin goes off when one class follows another is not in these figures.");
        StringAssert.StartsWith(Of("", "\"on\": 0.6, \"off\": 0.4").PinsBegin, "Each recording is of one class, so that the pins of all others begin it right for nothing. How soon");
        StringAssert.StartsWith(Of("", "\"argmax\": true, \"minOnMs\": 1000").PinsBegin, "Each recording is of one class");
        Assert.AreEqual("", Of("").PinsBegin, "each window by itself: nothing begins");
    }

    [TestMethod]
    public void WhatIsSaidOfBeginningsIsOfRecordingsNotOfThePartsThatOneNetworkAnswers()
    {
        // Two recordings of 20 windows, judged in five parts of 8 that pins go on through.
        Verdict verdict = Of(""", "decisions": {"average": 16}""", test: Table.Parse(Logs.Text(Logs.Loudness(2, 184, seed: 9)), "test.csv"));
        Assert.AreEqual((20, 15), (verdict.Pins.Single().ShouldBeOn, verdict.Pins.Single().WronglyOff), "on from the 16th window on");
        Assert.IsFalse(verdict.Warnings.Any(warning => warning.Contains("no pin was ever on", StringComparison.Ordinal)));
        StringAssert.Contains(verdict.PinsBegin, ": at 30 of 40 windows none can be on yet.");
    }

    [TestMethod]
    public void TheVerdictCountsWhatVotesDo()
    {
        PinFigures single = Of("").Pins.Single();
        Verdict voted = Of(""", "decisions": {"votes": 5}""");
        Assert.IsTrue(voted.PinsDecideInOrder);
        Assert.AreEqual(54, single.ShouldBeOn, "6 recordings of 9 windows");
        Assert.AreEqual(0, single.WronglyOff);
        Assert.AreEqual(6 * 4, voted.Pins.Single().WronglyOff, "before five have voted no pin moves");
        Assert.AreEqual(0, voted.Pins.Single().WronglyOn);
        Assert.IsFalse(Pipeline.Train(new TrainOptions(Table.Read(Repository.PathOf("tools/examples/iris.csv")), "species") { Hyperparameters = new() { Hidden = [], Starts = 1, MaximumEpochs = 20 }, AcceptError = 1, Work = 1000 }).Verdict.PinsDecideInOrder);
    }

    private static string States(BoardOutput load, params double[] values) => States(load, null, values);

    private static string States(BoardOutput load, RecentDecisions? decisions, double[] values)
    {
        ModelFile file = Model(load, decisions, out WindowPlan plan);
        SwitchedPins pins = new(file, plan);
        return string.Concat(values.Select(value =>
        {
            file.Run(file.ToRaw([value]));
            return pins.Next()[0] ? '1' : '0';
        }));
    }

    private static ModelFile Model(BoardOutput load, RecentDecisions? decisions, out WindowPlan plan) => WindowedModels.Create(PeriodMs, 4, 1, 1, ["mean"], decisions, out plan, load);
}
