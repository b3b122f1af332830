using System.Globalization;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Tests.Link;

namespace NeuralEdge.Tests.Cli;

/// <summary>What the verbs say of a model whose pins were withheld, from training to the board.</summary>
[TestClass]
[DoNotParallelize]
public sealed class WithheldPinTests
{
    [TestMethod]
    public void AGuessIsNotSentOnToTheBoardAndEveryVerbSaysThatItSwitchesNothing()
    {
        using Scratch scratch = new();
        PortableRandom random = new(1);
        scratch.Write("noise.csv", Rows(60, _ => [300 + (3000 * random.NextDouble()), 300 + (3000 * random.NextDouble())], _ => random.NextDouble() > 0.5 ? "wet" : "dry"));
        string model = scratch.PathOf("m.nedge");
        string trained = Train(scratch, "noise.csv");
        StringAssert.Contains(trained, "No better than guessing: right in ");
        StringAssert.Contains(trained, "No pin follows dry, wet: a load must not be switched by a guess.");
        StringAssert.Contains(trained, "Next: check the labels and the sensors, record more rows and train again.");
        Assert.DoesNotContain("neuraledge upload", trained);

        const string SwitchesNothing = "No pin follows this model's outputs";
        string inspected = VerbRun.Run(null, "inspect", model).MustSucceed().Output;
        StringAssert.Contains(inspected, $"{SwitchesNothing}: on a board it switches nothing. To wire it, make it with a board file (--board BOARD.json) or, where train withheld the pins, with --anyway.");
        using VirtualBoard board = new();
        StringAssert.Contains(VerbRun.Run(() => board.Connect(), "upload", model, "--anyway", "--port", "x").MustSucceed().Output, SwitchesNothing);
        Assert.DoesNotContain(SwitchesNothing, Train(scratch, "noise.csv", "--anyway"));
        Assert.DoesNotContain(SwitchesNothing, VerbRun.Run(() => board.Connect(), "upload", model, "--anyway", "--port", "x").MustSucceed().Output);
    }

    [TestMethod]
    public void AMisspeltLabelIsWarnedAboutInTheFirstLineAndGetsNoPin()
    {
        using Scratch scratch = new();
        scratch.Write("log.csv", Rows(60, r => [(r % 2 == 0 ? 1000 : 3000) + (r * 7919 % 97), 300 + (r * 31 % 50)], r => r == 31 ? "drry" : r % 2 == 0 ? "wet" : "dry"));
        string[] lines = Train(scratch, "log.csv").Split('\n');
        Assert.AreEqual("warning: \"drry\" in \"label\" has 1 row (line 33); did you mean \"dry\"?", lines[0]);
        string trained = string.Join('\n', lines);
        StringAssert.Contains(trained, "No pin follows drry: no row of it was held out, so that nobody can say whether it is found. --anyway wires it all the same.");
        StringAssert.Contains(trained, "Right in 59 of 59 rows it has not seen");
        StringAssert.Contains(trained, "neuraledge upload");
    }

    [TestMethod]
    public void ThatNoSensorFeedsItStandsUnderTheVerdictAndInTheNextStep()
    {
        using Scratch scratch = new();
        scratch.Write("celsius.csv", Rows(60, r => [(r % 2 == 0 ? -20 : 20) + (r * 7919 % 9), 30 + (r * 31 % 50)], r => r % 2 == 0 ? "cold" : "warm").Replace("adc0,adc3", "celsius,humidity", StringComparison.Ordinal));
        string[] lines = Train(scratch, "celsius.csv", "--report", scratch.PathOf("r.html")).TrimEnd().Split('\n');
        int verdict = Array.FindIndex(lines, line => line.StartsWith("Right in ", StringComparison.Ordinal));
        StringAssert.StartsWith(lines[verdict + 1], "Not wired: no ADC channel feeds this model");
        Assert.AreEqual(1, lines.Count(line => line.StartsWith("Not wired", StringComparison.Ordinal)));
        StringAssert.StartsWith(lines.Last(line => line.StartsWith("Next", StringComparison.Ordinal)), "Next: make it again with --board FILE");
        string page = File.ReadAllText(scratch.PathOf("r.html"));
        Assert.IsLessThan(page.IndexOf("What was found in the data", StringComparison.Ordinal), page.IndexOf("Not wired", StringComparison.Ordinal));
    }

    private static string Train(Scratch scratch, string table, params string[] more) => VerbRun.Run(
        null, ["train", scratch.PathOf(table), "--target", "label", "--hidden", "none", "-o", scratch.PathOf("m.nedge"), .. more]).MustSucceed().Output;

    private static string Rows(int count, Func<int, double[]> inputs, Func<int, string> label) => "adc0,adc3,label\n" + string.Concat(
        Enumerable.Range(0, count).Select(r => string.Join(',', inputs(r).Select(x => Math.Floor(x).ToString(CultureInfo.InvariantCulture)).Append(label(r))) + "\n"));
}
