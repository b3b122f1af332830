using System.Globalization;
using System.Text;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Normality;
using NeuralEdge.Learning.Series;

namespace NeuralEdge.Tests.Normality;

[TestClass]
public sealed class NormalTrainingTests
{
    [TestMethod]
    public void APumpThatRunsDryIsNoticedWithinFiveSecondsAndAQuietOneNot()
    {
        NormalResult result = NormalTraining.Run(Options(Pump(1, 600, dry: false)) with { Test = Table.Parse(Pump(2, 20, dry: true), "dry.csv") });
        Assert.AreEqual(0, result.Alarms);
        Assert.IsTrue(result.Tests[0].Seconds < 5, $"{result.Tests[0].Seconds}");

        NormalResult quiet = NormalTraining.Run(Options(Pump(1, 600, dry: false)) with { Test = Table.Parse(Pump(3, 600, dry: false), "quiet.csv") });
        Assert.IsNull(quiet.Tests[0].Seconds, "ten more minutes like those");
    }

    [TestMethod]
    public void WhatTheHoursPromiseIsTheRuleOfThree()
    {
        NormalResult result = NormalTraining.Run(Options(Pump(1, 600, dry: false)));
        Assert.AreEqual(3 * 24 / result.Judged, result.MostPerDay, 1e-9);
        Assert.AreEqual(72, result.HoursNeeded, 1e-9);
        Assert.AreEqual(600.0 / 3600, result.Learned + result.Judged, 0.01);
        Assert.AreEqual(result.Judged * 3600 / (0.005 * result.Model.File.Model.Windows.Shape.Hop), result.Scores.Count, 1e-6, "the level is of windows that were not learned from");
    }

    [TestMethod]
    public void TheFileHasTheLevelAndTheAverage()
    {
        NormalResult result = NormalTraining.Run(Options(Pump(1, 600, dry: false)));
        NeuralEdge.Models.OutputBinding load = result.Model.File.Model.Bindings.Outputs[0];
        Assert.AreEqual(NeuralEdge.Models.OutputBinding.RuleThreshold, load.Rule);
        Assert.AreEqual(result.Level, result.Model.File.Outputs[0].ToValue(load.On), 0.001);
        Assert.IsTrue(load.Off < load.On);
        Assert.AreEqual(4, result.Model.File.Model.Bindings.Decisions.AverageShift);
        Assert.IsTrue(result.Model.File.Bytes.Length < 5000, $"{result.Model.File.Bytes.Length}");
    }

    [TestMethod]
    public void NothingIsLostWhereADistanceStopsSoThatAnAlarmIsNoDoubt()
    {
        // Else a board with "onSaturation": "safe" would drop its alarm just when all is unlike.
        NormalResult result = NormalTraining.Run(Options(Pump(1, 600, dry: false)));
        NeuralEdge.Networks.Network network = result.Model.File.Model.Network;
        foreach (bool atTop in new[] { true, false })
        {
            for (int i = 0; i < network.InputCount; i++)
            {
                network.SetInput(i, atTop ? network.GetInputMaximum(i) : network.GetInputMinimum(i));
            }

            network.Forward();
            Assert.AreEqual(result.Ceiling, result.Model.File.Outputs[0].ToValue(network.Outputs[0]), 0.01);
            Assert.AreEqual(0, network.SaturatedCount);
        }
    }

    [TestMethod]
    public void LevelsOfABoardFileAreNotLeftOutWithoutAWord()
    {
        NormalResult result = NormalTraining.Run(Options(Pump(1, 600, dry: false)) with { Board = Board(", \"on\": 2, \"off\": 1") });
        StringAssert.Contains(result.Findings.Single(finding => finding.Kind == DataFindingKind.Levels).Sentence, "\"on\" and \"off\" in pump.json are not used");
        Assert.IsFalse(NormalTraining.Run(Options(Pump(1, 600, dry: false)) with { Board = Board("") }).Findings.Any(finding => finding.Kind == DataFindingKind.Levels));

        static BoardFile Board(string levels) => BoardFile.Parse($$"""{"inputs": [{"name": "current", "adc": 0}, {"name": "vibration", "adc": 3}], "outputs": [{"name": "unlike", "pin": 18{{levels}}}]}""", "pump.json");
    }

    [TestMethod]
    public void WhatCannotBeLearnedIsRefusedInOneSentence()
    {
        StringAssert.Contains(Refusal(Pump(1, 10, dry: false)), "record at least 60");
        StringAssert.Contains(Assert.ThrowsExactly<InputRefusedException>(() => NormalTraining.Run(new(Table.Parse(Pump(1, 1, dry: false), "pump.csv"), new WindowOptions(0) { IsRow = true, Rate = 200 }))).Message, "each row is a recording of its own");
        StringAssert.Contains(Refusal(Pump(1, 30, dry: false).Replace("current", "unlike", StringComparison.Ordinal)), "has a column \"unlike\"");
        BoardFile silent = BoardFile.Parse("""{"onUnfamiliar": "safe", "inputs": [{"name": "current", "adc": 0}, {"name": "vibration", "adc": 3}], "outputs": [{"name": "unlike", "pin": 18}]}""", "pump.json");
        StringAssert.Contains(Assert.ThrowsExactly<InputRefusedException>(() => NormalTraining.Run(Options(Pump(1, 600, dry: false)) with { Board = silent })).Message, "just when the alarm should be on");
    }

    [TestMethod]
    public void AnAlarmBeginsAsLowAsQuietHoursAllow()
    {
        double[] scores = [1, 2, 1, 3, 1, 2.5, 1];
        Assert.AreEqual(3.75, AlarmLevel.Of(scores, 0), 1e-9);
        Assert.AreEqual(3, AlarmLevel.Of(scores, 1));
        Assert.AreEqual(2.5, AlarmLevel.Of(scores, 2));
        Assert.AreEqual(2, AlarmLevel.Alarms([1, 2, 1.85, 2, 1, 2], 2), "1.85 is no end of an alarm at 2");
    }

    [TestMethod]
    [DataRow(0, 3.0)]
    [DataRow(1, 6.2958)]
    [DataRow(3, 9.1535)]
    [DataRow(9, 16.9622)]
    [DataRow(1000, 1054.6)]
    public void SoManyAlarmsAreToBeExpectedAtMost(int seen, double most) => Assert.AreEqual(most, AlarmLevel.MostExpected(seen), most * 1e-4 * (seen > 100 ? 10 : 1));

    [TestMethod]
    public void NoMoreAlarmsAreAllowedThanTheHoursPromise()
    {
        Assert.AreEqual(0, AlarmLevel.Allowed(hours: 24, perDay: 1));
        Assert.AreEqual(0, AlarmLevel.Allowed(hours: 72, perDay: 1));
        Assert.AreEqual(3, AlarmLevel.Allowed(hours: 0.5, perDay: 480));
        foreach (double perDay in new[] { 150.0, 480, 1920, 10000 })
        {
            int allowed = AlarmLevel.Allowed(0.5, perDay);
            Assert.IsLessThanOrEqualTo(perDay, AlarmLevel.MostExpected(allowed) * 48);
            Assert.IsGreaterThan(perDay, AlarmLevel.MostExpected(allowed + 1) * 48);
        }
    }

    [TestMethod]
    public void FreshNormalRowsRaiseNoMoreAlarmsThanPromised()
    {
        // Scores of windows that look like nothing else: at the level for so many alarms an hour, the next hours have fewer than promised.
        int broken = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            Random random = new(seed);
            double[] scores = [.. Enumerable.Range(0, 40_000).Select(_ => -Math.Log(1 - random.NextDouble()))];
            int allowed = AlarmLevel.Allowed(hours: 1, perDay: 480);
            double level = AlarmLevel.Of(scores[..4000], allowed);
            broken += AlarmLevel.Alarms(scores[4000..], level) / 9.0 > AlarmLevel.MostExpected(AlarmLevel.Alarms(scores[..4000], level)) ? 1 : 0;
        }

        Assert.IsLessThanOrEqualTo(10, broken, "5 of 100 are to be expected");
    }

    [TestMethod]
    public void AKnockIsNoAlarmThoughTheHoursWereTooFewToHaveHadOne()
    {
        // In windows of four hops a knock lies in five: of the first sixteen, whose mean an average begins with, 5/16.
        double[] quiet = [.. Enumerable.Repeat(1.0, 200)];
        const double Share = 5 / 16.0;
        Assert.AreEqual(1.05 * (1 + (8 * Share)), AlarmLevel.Of(quiet, 0, 9, 4, 4), 1e-9);
        Assert.AreEqual(1.25, AlarmLevel.Of(quiet, 0, 1, 4, 4), 1e-9, "a knock is no higher where a score stops there");
        Assert.AreEqual(AlarmLevel.Highest(9), AlarmLevel.Of(quiet, 0, 9, 0, 4), 1e-9, "without an average every knock is an alarm");
        Assert.AreEqual(1, AlarmLevel.Of(quiet, 1, 9, 4, 4), 1e-9, "hours in which an alarm may be false have had their knocks");
    }

    [TestMethod]
    public void AScoreHasRoomAboveTheRarerOfTwoThingsThatAMachineDoes()
    {
        double[] one = [.. Enumerable.Range(0, 1000).Select(i => 2 * (i % 2 + 0.5))];
        Assert.AreEqual((3.0, 9.0), Distance.ScaleOf(one));
        double[] two = [.. one[..970], .. Enumerable.Repeat(30.0, 30)];
        Assert.AreEqual((3.0, 30.0), Distance.ScaleOf(two));
        double[] knock = [.. one[..995], .. Enumerable.Repeat(30.0, 5)];
        Assert.AreEqual((3.0, 9.0), Distance.ScaleOf(knock));
    }

    private static NormalOptions Options(string rows) => new(Table.Parse(rows, "pump.csv"), new WindowOptions(1)) { Work = Examples.QuickProof };

    private static string Refusal(string rows) => Assert.ThrowsExactly<InputRefusedException>(() => NormalTraining.Run(Options(rows))).Message;

    // Current and vibration of a pump at 200 Hz, in counts: mains and throttle wander; dry, it draws less and shakes more.
    private static string Pump(int seed, int seconds, bool dry)
    {
        Random random = new(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        StringBuilder text = new("time_ms,current,vibration\n");
        for (int t = 0; t < 200 * seconds; t++)
        {
            double mains = 1 + (0.03 * Math.Sin(2 * Math.PI * t / (200 * 47)));
            double current = (dry ? 1350 : 1800) * mains + (25 * Math.Sin(2 * Math.PI * 0.25 * t)) + ((dry ? 18 : 12) * Normal());
            double vibration = 2048 + ((dry ? 42 : 60) * Math.Sin(2 * Math.PI * 24.7 * t / 200)) + ((dry ? 26 : 15) * Normal());
            text.Append(CultureInfo.InvariantCulture, $"{5 * t},{Math.Round(current)},{Math.Round(vibration)}\n");
        }

        return text.ToString();
    }
}
