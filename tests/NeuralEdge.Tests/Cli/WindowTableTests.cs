using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NeuralEdge.Tests.Series;

namespace NeuralEdge.Tests.Cli;

/// <summary>Tables that people have, beside a log: a recording in each row; and that what is said of windows speaks of windows.</summary>
[TestClass]
public sealed class WindowTableTests
{
    private const int Samples = 40;

    [TestMethod]
    public void RecordingsInRowsAreTrainedRunAndVerified()
    {
        using Scratch scratch = new();
        scratch.Write("wide.csv", Wide(24));
        string trained = scratch.Run("train", "wide.csv", "--target", "label", "--window", "row", "--rate", "100", "--features", "std,range", "--hidden", "none", "-o", "m.nedge").MustSucceed().Output;
        StringAssert.Contains(trained, "Each row is a recording of 40 samples of x");
        ToolResult run = scratch.Run("run", "m.nedge", "--input", "wide.csv", "--class");
        string[] answers = run.MustSucceed().Output.TrimEnd().Split('\n');
        Assert.AreEqual("", run.Error);
        Assert.HasCount(1 + 24, answers);
        Assert.IsGreaterThan(20, answers.Skip(1).Select((answer, r) => answer.StartsWith($"{r + 2},", StringComparison.Ordinal) && answer.EndsWith($"loud{r % 2}", StringComparison.Ordinal)).Count(right => right));

        // The same samples below each other get the same answers.
        scratch.Write("long.csv", Long(24));
        CollectionAssert.AreEqual(Values(answers), Values(scratch.Run("run", "m.nedge", "--input", "long.csv", "--class").MustSucceed().Output.TrimEnd().Split('\n')));
        using BoardProcess board = new(scratch.Folder, "--sensors", "long.csv", "--model", "m.nedge");
        scratch.Run("upload", "m.nedge", "--port", board.Address).MustSucceed();
        StringAssert.StartsWith(scratch.Run("verify", "m.nedge", "--port", board.Address, "--input", "wide.csv").MustSucceed().Output, "24 of 24 windows bit-equal.");
    }

    [TestMethod]
    public void ARowThatCannotBeAnsweredIsCountedAndATableOfOthersIsRefused()
    {
        using Scratch scratch = new();
        scratch.Write("wide.csv", Wide(24));
        scratch.Run("train", "wide.csv", "--target", "label", "--window", "row", "--rate", "100", "--features", "std,range", "--hidden", "none", "-o", "m.nedge").MustSucceed();
        string[] lines = Wide(6).TrimEnd().Split('\n');
        lines[2] = Regex.Replace(lines[2], "^[^,]*,", ",");
        scratch.Write("holes.csv", string.Join('\n', lines));
        ToolResult holes = scratch.Run("run", "m.nedge", "--input", "holes.csv").MustSucceed();
        Assert.HasCount(1 + 5, holes.Output.TrimEnd().Split('\n'));
        StringAssert.Contains(holes.Error, "1 of 6 rows lacks a sample, and is not answered");
        scratch.Write("short.csv", string.Join('\n', Wide(6).TrimEnd().Split('\n').Select(line => string.Join(',', line.Split(',')[..20]))));
        StringAssert.Contains(scratch.Run("run", "m.nedge", "--input", "short.csv").MustFail(2), "each row has 20 samples of a channel, and a window 40; give recordings like those it was trained on");
        scratch.Write("other.csv", Wide(6).Replace("x", "z", StringComparison.Ordinal));
        StringAssert.Contains(scratch.Run("run", "m.nedge", "--input", "other.csv").MustFail(2), "a recording in each row with columns such as x0 to x89");
        StringAssert.Contains(scratch.Run("run", "m.nedge", "--input", "wide.csv", "--rate", "50").MustFail(2), "a row every 20 ms, and the model has learned from one every 10 ms");
    }

    [TestMethod]
    public void WhatIsSaidOfSamplesOfRecordingsInRowsSpeaksOfSamples()
    {
        using Scratch scratch = new();
        string Said(Func<int, string> cell, params string[] options)
        {
            string[] lines = Wide(24).TrimEnd().Split('\n');
            scratch.Write("wide.csv", string.Join('\n', lines.Select((line, r) => r == 0 ? line : $"{cell(r)}{line[line.IndexOf(',', StringComparison.Ordinal)..]}")));
            return scratch.Run(["train", "wide.csv", "--target", "label", "--window", "row", "--rate", "100", "--features", "std,range", "--hidden", "none", "--anyway", "-o", "m.nedge", .. options]).MustSucceed().Output;
        }

        string odd = Said(r => r == 4 ? "" : r == 7 ? "-9999" : "2000");
        StringAssert.Contains(odd, "2 of 960 samples have no value in");
        StringAssert.Contains(odd, "-9999 in 1 sample of");
        Assert.DoesNotContain("of 960 rows", odd);

        // All first samples at an end of the ADC: not a twentieth of the samples, but of the others some are beyond what it measures well, too.
        string ends = Said(_ => "4095", "--trust", "x");
        StringAssert.Contains(ends, "4095 counts, in 24 of 960 samples;");
        Assert.DoesNotContain("of 960 rows", ends);
    }

    [TestMethod]
    public void WhatIsSaidOfWindowsSpeaksOfWindows()
    {
        using Scratch scratch = new();
        scratch.Write("log.csv", Logs.Text(Logs.Loudness(12, 80, classes: 3)));
        string[] train = ["train", "log.csv", "--target", "label", "--window", "320ms", "--features", "std", "--hidden", "none", "--report", "m.html", "-o", "m.nedge"];
        string[] said = [.. scratch.Run(train).MustSucceed().Output.Split('\n'), .. scratch.Run("inspect", "m.nedge").MustSucceed().Output.Split('\n')];
        IsOfWindows(said.Where(line => !line.StartsWith("data: ", StringComparison.Ordinal)));
        XElement body = ReportTests.Page(scratch.PathOf("m.html")).Element("body")!;
        XElement[] parts = [.. body.Elements().Where(part => part.Name != "ul")];
        IsOfWindows(parts.SelectMany(part => part.DescendantNodes().OfType<XText>()).Select(text => text.Value));
        StringAssert.Contains(body.Value, "windows right, %");
    }

    // A log's rows are rows; and ten decisions in a row are none.
    private static void IsOfWindows(IEnumerable<string> texts)
    {
        string[] wrong = [.. texts.Where(text => Regex.IsMatch(text.Replace("in a row", "", StringComparison.Ordinal), @"\brows?\b", RegexOptions.IgnoreCase))];
        Assert.IsEmpty(wrong, string.Join('\n', wrong));
    }

    private static string[] Values(string[] answers) => [.. answers.Skip(1).Select(answer => answer[answer.IndexOf(',', StringComparison.Ordinal)..])];

    private static IEnumerable<(string Label, double[] Samples)> Recordings(int rows) => Logs.Loudness(rows, Samples);

    private static string Wide(int rows) => string.Join(',', Enumerable.Range(0, Samples).Select(i => $"x{i}")) + ",label\n"
        + string.Concat(Recordings(rows).Select(r => string.Join(',', r.Samples.Select(x => x.ToString("F3", CultureInfo.InvariantCulture))) + $",{r.Label}\n"));

    private static string Long(int rows) => Logs.Text(Recordings(rows));
}
