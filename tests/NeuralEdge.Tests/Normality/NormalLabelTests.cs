using System.Globalization;
using System.Text;
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
    public void OthersThatAreShorterThanAWindowAreNoReasonToRefuse()
    {
        NormalResult result = NormalTraining.Run(Options(Log("label", "normal", "dry", 300, rows: 10)));
        Assert.IsEmpty(result.Tests);
        StringAssert.Contains(string.Join('\n', result.Findings.Select(finding => finding.Sentence)), "No stretch of the rows called otherwise is as long as a window");
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
