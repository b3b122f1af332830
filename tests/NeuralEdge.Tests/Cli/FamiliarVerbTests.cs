using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NeuralEdge.Tests.Familiar;

namespace NeuralEdge.Tests.Cli;

/// <summary>What the verbs say of rows and boards whose inputs are unlike those of the training.</summary>
[TestClass]
public sealed class FamiliarVerbTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [TestMethod]
    public void RowsThatAModelWasNotMadeForAreWarnedOfInTheFirstLines()
    {
        using Scratch scratch = new();
        scratch.Write("training.csv", Log(SensorLogs.Soil(1, 600)));
        scratch.Write("usual.csv", Log(SensorLogs.Soil(2, 300)));
        scratch.Write("drifted.csv", Log([.. SensorLogs.Soil(2, 300).Select(row => new[] { row[0] + 900, row[1], row[2] })]));
        string usual = Train(scratch, "usual.csv").MustSucceed().Output;
        Assert.DoesNotContain("unlike those it was trained on", usual);
        string drifted = Train(scratch, "drifted.csv").MustSucceed().Output;
        int warning = drifted.IndexOf("of 300 rows it was judged by are unlike those it was trained on", StringComparison.Ordinal);
        int outside = drifted.IndexOf("warning: adc0 is outside the range ", StringComparison.Ordinal);
        Assert.IsGreaterThanOrEqualTo(0, outside);
        Assert.IsGreaterThan(outside, warning);
        Assert.IsLessThanOrEqualTo(6, drifted[..warning].Count(letter => letter == '\n'), drifted);

        JsonElement heldOut = Train(scratch, "drifted.csv", "--json").Json().GetProperty("heldOut");
        Assert.IsGreaterThan(200, heldOut.GetProperty("unlikeTraining").GetInt32());
        Assert.AreEqual("adc0", heldOut.GetProperty("outside")[0].GetProperty("name").GetString());
        Assert.IsGreaterThan(100, heldOut.GetProperty("outside")[0].GetProperty("rows").GetInt32());
        Assert.AreEqual(0, heldOut.GetProperty("outside")[1].GetProperty("rows").GetInt32());

        StringAssert.Matches(scratch.Run("run", "m.nedge", "--input", "drifted.csv", "--output", "o.csv").MustSucceed().Error, new(@"drifted.csv: 2\d\d of 300 rows are unlike those the model was trained on"));
        Assert.DoesNotContain("unlike", scratch.Run("run", "m.nedge", "--input", "usual.csv", "--output", "o.csv").MustSucceed().Error);
    }

    // The real network beyond the ranges is something that no board computes.
    [TestMethod]
    public void RealNumbersAndIntegersAreComparedAtTheSameLimitedInputs()
    {
        using Scratch scratch = new();
        scratch.Write("training.csv", Log(SensorLogs.Soil(1, 600)));
        scratch.Write("far.csv", Log([.. SensorLogs.Soil(2, 300).Select(row => new[] { row[0] * 100, row[1], row[2] })], 100));
        JsonElement report = Train(scratch, "far.csv", "--json").Json();
        double real = report.GetProperty("floatScores").GetProperty("rmse")[0].GetDouble();
        double integers = report.GetProperty("fixedScores").GetProperty("rmse")[0].GetDouble();
        Assert.AreEqual(real, integers, 0.002 * real);
    }

    [TestMethod]
    public void ABoardWithADriftedSensorSaysSoInWordsAndGoesSafeWhereItsModelAsksForIt()
    {
        using Scratch scratch = new();
        scratch.Write("training.csv", Log(SensorLogs.Soil(1, 600)));
        scratch.Write("drifted.csv", Log([.. SensorLogs.Soil(2, 600).Select(row => new[] { row[0] + 900, row[1], row[2] })]));
        scratch.Write("board.json", """{"periodMs":10,"onUnfamiliar":"safe","outputs":[{"name":"dry","pin":18,"on":0.6,"off":0.4,"maxOnMs":60000}]}""");
        scratch.Write("usual.csv", Log(SensorLogs.Soil(3, 300)));
        Train(scratch, "usual.csv", "--board", "board.json").MustSucceed();
        using BoardProcess board = new(scratch.Folder, "--sensors", "drifted.csv");
        scratch.Run("upload", "m.nedge", "--port", board.Address, "--no-confirm").MustSucceed();
        Stopwatch waited = Stopwatch.StartNew();
        JsonElement info;
        do
        {
            Assert.IsLessThan(Patience, waited.Elapsed);
            info = scratch.Run("info", "--port", board.Address, "--json").Json();
        }
        while (info.GetProperty("familiar").ValueKind == JsonValueKind.Null || !info.GetProperty("familiar").GetProperty("unfamiliar").GetBoolean());

        Assert.AreEqual("Unfamiliar", info.GetProperty("lastFault").GetString());
        string text = scratch.Run("info", "--port", board.Address).MustSucceed().Output;
        StringAssert.Matches(text, new(@"training +inputs unlike those it was trained on: \d+ of the last \d+ looks; \d+ of \d+ in the last hour"));
        StringAssert.Matches(text, new(@"faults +\d since the start: .*inputs unlike those it was trained on"));
        string[] lines = scratch.Run("monitor", "--port", board.Address, "--count", "2").MustSucceed().Output.TrimEnd().Split('\n');
        StringAssert.Matches(lines[0], new(@"dry=\S+ \(off\)  inputs unlike those it was trained on: \d+ of the last \d+ looks"));
        StringAssert.Contains(lines[^1], "inputs unlike those it was trained on");
        Assert.IsTrue(scratch.Run("monitor", "--port", board.Address, "--count", "1", "--json").Json()[0].GetProperty("unfamiliar").GetBoolean());
    }

    [TestMethod]
    public void SafeOutputsThatNothingCouldAskForAreRefusedInOneSentence()
    {
        using Scratch scratch = new();
        scratch.Write("training.csv", Log(SensorLogs.Soil(1, 49)));
        scratch.Write("board.json", """{"onUnfamiliar":"safe"}""");
        StringAssert.Contains(Train(scratch, "training.csv", "--board", "board.json").MustFail(2), "it takes 50 rows of data to know what is familiar, and there are 49");
        Assert.IsFalse(File.Exists(scratch.PathOf("m.nedge")));
    }

    private static ToolResult Train(Scratch scratch, string test, params string[] options) =>
        scratch.Run(["train", "training.csv", "--target", "dry", "--task", "regress", "--hidden", "4", "--test", test, "-o", "m.nedge", .. options]);

    private static string Log(double[][] rows, double unit = 1) => "adc0,adc3,adc4,dry\n" + string.Concat(rows.Select(row =>
        string.Create(CultureInfo.InvariantCulture, $"{row[0]},{row[1]},{row[2]},{Math.Clamp((row[0] / unit / 1000) - 1.5, 0, 1):F3}\n")));
}
