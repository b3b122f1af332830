using System.Globalization;
using System.Text;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Normality;
using NeuralEdge.Learning.Series;

namespace NeuralEdge.Tests.Normality;

/// <summary>What --normal does with a column of labels.</summary>
[TestClass]
public sealed class NormalLabelTests
{
    [TestMethod]
    [DataRow("label", "normal", "dry")]
    [DataRow("what", "OK", "dry")]
    [DataRow("fault", "0", "1")]
    public void RowsThatAreCalledOtherwiseAreNotLearnedAndShowWhatIsNoticed(string column, string normal, string other)
    {
        List<DataFinding> told = [];
        NormalResult result = NormalTraining.Run(Options(Log(column, normal, other, 300)) with { Found = new Told(told.Add) });
        NormalResult without = NormalTraining.Run(Options(Log(column, normal, other, 300, others: false)));
        CollectionAssert.AreEqual(without.Model.File.Bytes, result.Model.File.Bytes, "what is not normal has no say");
        Assert.AreEqual(3, result.OtherRecordings);
        Assert.AreEqual(3, result.Tests[0].Noticed);
        Assert.IsLessThan(5, result.Tests[0].Seconds!.Value);
        string sentence = told.Single(finding => finding.Kind == DataFindingKind.Labels).Sentence;
        StringAssert.Contains(sentence, $"Column \"{column}\" calls 6000 of 6900 rows \"{normal}\": only they are learned from. 900 others (\"{other}\") show below whether they would be noticed.");
        Assert.IsTrue(result.Findings.Contains(told.Single(finding => finding.Kind == DataFindingKind.Labels)));
    }

    [TestMethod]
    public void WhereNoneIsCalledNormalAllAreTakenForItAndThatIsSaid()
    {
        string log = Log("label", "slow", "fast", 300);
        NormalResult result = NormalTraining.Run(Options(log));
        string sentence = result.Findings.Single(finding => finding.Kind == DataFindingKind.Labels).Sentence;
        StringAssert.Contains(sentence, "Column \"label\" says \"slow\", \"fast\", and --normal takes all rows for normal and does not look at it; call the normal ones \"normal\"");
        Assert.IsEmpty(result.Tests);
        Assert.IsEmpty(NormalTraining.Run(Options(log.Replace("slow", "fast", StringComparison.Ordinal))).Findings.Where(finding => finding.Kind == DataFindingKind.Labels), "all alike");
    }

    /// <summary>Weather is fine, and of flaws there are none: that is not what --normal asks for.</summary>
    [TestMethod]
    [DataRow("weather", "fine", "rain")]
    [DataRow("flaws", "none", "few")]
    [DataRow("light", "good", "poor")]
    public void AWordThatMayMeanSomethingElseIsNoLabelUnlessItsColumnIsNamed(string column, string normal, string other)
    {
        NormalOptions options = Options(Log(column, normal, other, 300));
        NormalResult result = NormalTraining.Run(options);
        string sentence = result.Findings.Single(finding => finding.Kind == DataFindingKind.Labels).Sentence;
        StringAssert.Contains(sentence, $"Column \"{column}\" says \"{normal}\", \"{other}\", and --normal takes all rows for normal and does not look at it; if it says which are normal, --target {column} has only those learned from.");
        Assert.IsEmpty(result.Tests);
        CollectionAssert.AreEqual(NormalTraining.Run(Options(Log(column, "a", "b", 300))).Model.File.Bytes, result.Model.File.Bytes, "all rows are learned from");
        NormalResult named = NormalTraining.Run(options with { Target = column });
        StringAssert.Contains(named.Findings.Single(finding => finding.Kind == DataFindingKind.Labels).Sentence, $"calls 6000 of 6900 rows \"{normal}\": only they are learned from.");
        Assert.AreEqual(3, named.OtherRecordings);
        Refusals.Expect("no column \"wether\"", () => NormalTraining.Run(options with { Target = "wether" }));
    }

    [TestMethod]
    [DataRow("fault", "0", "1")]
    [DataRow("verdict", "normal", "broken")]
    public void RowsOfANamedColumnThatAreCalledOtherwiseAreNeverLearnedHoweverFew(string column, string normal, string other)
    {
        string without = Log(column, normal, other, 300, others: false);
        string four = Few(column, normal, _ => other, 4);
        NormalResult few = NormalTraining.Run(Options(four) with { Target = column });
        CollectionAssert.AreEqual(new[] { "x" }, few.Model.File.Channels.Select(channel => channel.Name).ToArray());
        StringAssert.Contains(Labels(few), $"Column \"{column}\" calls 5996 of 6000 rows \"{normal}\": only they are learned from. 4 others (\"{other}\")");
        CollectionAssert.AreEqual(NormalTraining.Run(Options(four.Replace($",{other}\n", ",odd\n", StringComparison.Ordinal)) with { Target = column }).Model.File.Bytes, few.Model.File.Bytes);

        NormalResult all = NormalTraining.Run(Options(without) with { Target = column });
        CollectionAssert.AreEqual(new[] { "x" }, all.Model.File.Channels.Select(channel => channel.Name).ToArray());
        StringAssert.EndsWith(Labels(all), $"calls 6000 of 6000 rows \"{normal}\": only they are learned from.");
        Refusals.Expect($"column \"{column}\" calls no row normal", () => NormalTraining.Run(Options(Log(column, other, other, 300)) with { Target = column }));
    }

    [TestMethod]
    public void ANamedColumnMayHaveAnyNumberOfCodes()
    {
        NormalResult codes = NormalTraining.Run(Options(Few("verdict", "normal", r => $"E{r / 4}", 160)) with { Target = "verdict" });
        StringAssert.Contains(Labels(codes), "calls 5840 of 6000 rows \"normal\": only they are learned from. 160 others (\"E0\", \"E1\", \"E2\", \"E3\" and 36 more)");
    }

    [TestMethod]
    [DataRow("normal")]
    [DataRow("")]
    public void ATestWithNothingButNormalRowsHasNothingToCheckBy(string rest)
    {
        NormalOptions options = Options(Few("verdict", "normal", _ => "broken", 4)) with { Target = "verdict" };
        NormalResult result = NormalTraining.Run(options with { Test = Table.Parse(Log("verdict", "normal", rest, 60, seed: 9), "quiet.csv") });
        Assert.IsEmpty(result.Tests, "nothing that should be noticed");
        Assert.IsTrue(result.Findings.Any(finding => finding.Sentence == $"quiet.csv: column \"verdict\" calls {(rest.Length > 0 ? 2100 : 1200)} of 2100 rows \"normal\": there is nothing left to check by."));
        Refusals.Expect("some.csv: no window of 20 rows fits", () => NormalTraining.Run(options with { Test = Table.Parse(Few("verdict", "normal", _ => "broken", 4), "some.csv") }));
    }

    [TestMethod]
    public void WhatIsTakenForLabelsWithoutBeingCalledSoIsSaidWithAWayOut()
    {
        string Sentence(string column) => NormalTraining.Run(Options(Log(column, "ok", "worn", 300))).Findings.Single(finding => finding.Kind == DataFindingKind.Labels).Sentence;
        StringAssert.EndsWith(Sentence("bearing"), " If it says something else, --ignore bearing has all learned from.");
        Assert.DoesNotContain("--ignore", Sentence("state"));
        Assert.IsEmpty(NormalTraining.Run(Options(Log("bearing", "ok", "worn", 300)) with { Ignore = ["bearing"] }).Findings.Where(finding => finding.Kind == DataFindingKind.Labels));
    }

    [TestMethod]
    public void ANumberThatIsNoLabelIsAMeasurement()
    {
        NormalResult result = NormalTraining.Run(Options(Log("target", "17", "230", 300).Replace("target", "speed", StringComparison.Ordinal)));
        Assert.IsEmpty(result.Findings.Where(finding => finding.Kind == DataFindingKind.Labels));
        CollectionAssert.AreEqual(new[] { "x", "speed" }, result.Model.File.Channels.Select(channel => channel.Name).ToArray());
    }

    [TestMethod]
    public void AnotherTableChecksInPlaceOfLabels()
    {
        NormalResult result = NormalTraining.Run(Options(Log("label", "normal", "dry", 300)) with { Test = Table.Parse(Log("label", "normal", "dry", 20, others: false, seed: 9), "quiet.csv") });
        StringAssert.Contains(result.Findings.Single(finding => finding.Kind == DataFindingKind.Labels).Sentence, "are left out, because --test gives rows to check by");
        Assert.AreEqual(3, result.OtherRecordings, "three, with pauses between them");
        Assert.AreEqual(0, result.Tests[0].Noticed);
    }

    [TestMethod]
    public void ATestThatWasLearnedShowsNothingAndThatIsAWarning()
    {
        NormalOptions options = Options(Log("label", "normal", "dry", 300, others: false));
        NormalResult same = NormalTraining.Run(options with { Test = options.Data });
        DataFinding told = same.Findings.Single(finding => finding.Kind == DataFindingKind.Copies);
        StringAssert.Contains(told.Sentence, "log.csv: every window of it is among those learned from, so that nobody knows whether what is not normal would be noticed; give --test another recording.");
        Assert.IsTrue(told.IsWarning);
        Assert.IsEmpty(same.Tests);

        // The last minute again, from a row on at which no window begins, and then something else.
        string[] lines = [.. Log("label", "normal", "dry", 300, others: false).TrimEnd().Split('\n')];
        string[] others = [.. Log("label", "normal", "dry", 60, seed: 9).Split('\n').Where(line => line.EndsWith("dry", StringComparison.Ordinal))];
        string both = string.Join('\n', [lines[0], .. lines[^1203..], .. others.Select((line, r) => $"{400_000 + (50 * r)},{line.Split(',')[1]},dry")]).Replace("dry", "normal", StringComparison.Ordinal);
        NormalResult half = NormalTraining.Run(options with { Test = Table.Parse(both, "half.csv") });
        StringAssert.Matches(half.Findings.Single(finding => finding.Kind == DataFindingKind.Copies).Sentence, new(@"^half.csv: \d+ of \d+ windows are among those learned from, and are left out.$"));
        NormalResult alone = NormalTraining.Run(options with { Test = Table.Parse(string.Join('\n', both.Split('\n').Where((_, r) => r is 0 or > 1203)), "alone.csv") });
        CollectionAssert.AreEqual(alone.OtherScores.ToArray(), half.OtherScores.ToArray());
    }

    [TestMethod]
    public void OthersThatAreShorterThanAWindowAreNoReasonToRefuse()
    {
        NormalResult result = NormalTraining.Run(Options(Log("label", "normal", "dry", 300, rows: 10)));
        Assert.IsEmpty(result.Tests);
        StringAssert.Contains(string.Join('\n', result.Findings.Select(finding => finding.Sentence)), "No stretch of the rows called otherwise is as long as a window");
    }

    [TestMethod]
    public void NormalRowsOfATestAreNotWhatShouldBeNoticed()
    {
        NormalResult result = NormalTraining.Run(Options(Log("label", "normal", "dry", 300, others: false)) with { Test = Table.Parse(Log("label", "normal", "dry", 60, seed: 9), "test.csv") });
        NormalResult alone = NormalTraining.Run(Options(Log("label", "normal", "dry", 300, others: false)) with { Test = Table.Parse(Log("label", "normal", "dry", 60, seed: 9), "test.csv").Where("label", "dry", has: true) });
        CollectionAssert.AreEqual(alone.OtherScores.ToArray(), result.OtherScores.ToArray());
        Assert.IsLessThan(5, result.Tests[0].Seconds!.Value, "from its own beginning on");
        StringAssert.Contains(result.Findings.Single(finding => finding.Kind == DataFindingKind.Labels).Sentence, "test.csv: column \"label\" calls 1200 of 2100 rows \"normal\": by them nothing is checked");
    }

    [TestMethod]
    public void AMisspeltLabelDoesNotMakeFaultsNormal()
    {
        string log = Log("label", "normal", "dry", 300);
        int at = log.LastIndexOf("dry", StringComparison.Ordinal);
        NormalResult result = NormalTraining.Run(Options(log[..at] + "dyr" + log[(at + 3)..]));
        StringAssert.Contains(result.Findings.Single(finding => finding.Kind == DataFindingKind.Labels).Sentence, "900 others (\"dry\", \"dyr\")");
    }

    [TestMethod]
    public void WhereMostAreCalledNormalRowsWithoutALabelAreNotLearned()
    {
        NormalResult result = NormalTraining.Run(Options(Log("label", "normal", "", 300)));
        CollectionAssert.AreEqual(NormalTraining.Run(Options(Log("label", "normal", "dry", 300, others: false))).Model.File.Bytes, result.Model.File.Bytes);
        StringAssert.Contains(result.Findings.Single(finding => finding.Kind == DataFindingKind.Labels).Sentence, "calls 6000 of 6900 rows \"normal\": only they are learned from; 900 without a label are left out.");
        Assert.IsEmpty(result.Tests);
    }

    [TestMethod]
    public void WhereHalfAreNotNoticedNoTimeIsPromised()
    {
        string[] lines = Log("label", "normal", "dry", 300).Split('\n');
        int[] others = [.. Enumerable.Range(0, lines.Length).Where(r => lines[r].EndsWith("dry", StringComparison.Ordinal))];
        foreach (int r in others.Take(300))
        {
            lines[r] = $"{lines[r].Split(',')[0]},{1000 + (r * 7919 % 100)},dry";
        }

        // The last third is not there: one of two is as usual.
        NormalResult result = NormalTraining.Run(Options(string.Join('\n', lines.Where((_, r) => Array.IndexOf(others, r) < 600))));
        Assert.AreEqual((2, 1), (result.OtherRecordings, result.Tests[0].Noticed));
        Assert.IsNull(result.Tests[0].Seconds);
    }

    [TestMethod]
    public void RowsThatStandTwiceAreLearnedFromOnceUnlessTheyAreKept()
    {
        string[] lines = [.. Log("label", "normal", "dry", 100, others: false).TrimEnd().Split('\n').Select((line, r) => r == 0 ? "x" : line.Split(',')[1])];
        NormalOptions options = new(Table.Parse(string.Join('\n', [.. lines, .. lines.Skip(1)]), "log.csv"), new WindowOptions(1) { Rate = 20 }) { Work = Examples.QuickProof };
        NormalResult once = NormalTraining.Run(options);
        StringAssert.Contains(once.Findings.Single(finding => finding.Kind == DataFindingKind.Copies).Sentence, "--repeats keep has them in");
        Assert.IsGreaterThan(1.9 * once.Learned, NormalTraining.Run(options with { KeepRepeats = true }).Learned);
    }

    [TestMethod]
    public void VotesOfABoardFileDelayWhatIsNoticed()
    {
        NormalOptions options = Options(Log("label", "normal", "dry", 300));
        BoardFile Board(int votes) => BoardFile.Parse($"{{\"decisions\":{{\"average\":16,\"votes\":{votes}}}}}", "board.json");
        double Seconds(int votes) => NormalTraining.Run(options with { Board = Board(votes) }).Tests[0].Seconds!.Value;
        Assert.AreEqual(Seconds(1) + (4 * 0.25), Seconds(9), 1e-9, "five of nine must agree");
    }

    [TestMethod]
    public void WhatIsRefusedIsRefusedBeforeFindingsAreTold()
    {
        List<DataFinding> told = [];
        NormalOptions options = Options(Log("label", "normal", "dry", 300)) with { Found = new Told(told.Add) };
        Refusals.Expect("15 windows|record at least 60", () => NormalTraining.Run(options with { Data = Table.Parse(Log("label", "normal", "dry", 6, rows: 20), "log.csv") }));
        Refusals.Expect("other.csv|no column \"x\"|its columns are a, b.", () => NormalTraining.Run(options with { Test = Table.Parse("a,b\n1,2\n", "other.csv") }));
        Assert.IsEmpty(told);
    }

    private static string Labels(NormalResult result) => result.Findings.First(finding => finding.Kind == DataFindingKind.Labels).Sentence;

    // Five minutes in which only so many rows, from the middle on, are called otherwise.
    private static string Few(string column, string normal, Func<int, string> other, int rows)
    {
        string[] lines = Log(column, normal, "", 300, others: false).Split('\n');
        for (int r = 0; r < rows; r++)
        {
            string[] cells = lines[3001 + r].Split(',');
            lines[3001 + r] = $"{cells[0]},{cells[1]},{other(r)}";
        }

        return string.Join('\n', lines);
    }

    private static NormalOptions Options(string rows) => new(Table.Parse(rows, "log.csv"), new WindowOptions(1)) { Work = Examples.QuickProof };

    // Noise at 20 rows a second; three times something louder, for so many rows.
    private static string Log(string column, string normal, string other, int seconds, bool others = true, int rows = 300, int seed = 1)
    {
        Random random = new(seed);
        Random loud = new(seed + 1);
        StringBuilder text = new($"time_ms,x,{column}\n");
        int at = 0;
        for (int t = 0; t < 20 * seconds; t++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{at},{1000 + random.Next(100)},{normal}\n");
            at += 50;
            for (int k = 0; (t + 1) % (20 * seconds / 3) == 0 && k < rows; k++)
            {
                string row = string.Create(CultureInfo.InvariantCulture, $"{at},{800 + loud.Next(500)},{other}\n");
                text.Append(others ? row : "");
                at += 50;
            }
        }

        return text.ToString();
    }

    private sealed class Told(Action<DataFinding> told) : IProgress<DataFinding>
    {
        public void Report(DataFinding value) => told(value);
    }
}
