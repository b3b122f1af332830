using System.Globalization;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Tests.Series;

namespace NeuralEdge.Tests.Cli;

/// <summary>Every verb that meets a model with windows, from the log to a board that decides.</summary>
[TestClass]
public sealed class WindowVerbTests
{
    private const int RowsPerRecording = 80;

    [TestMethod]
    public void ALogIsLearnedPlayedRunAndVerifiedWindowByWindow()
    {
        using Scratch scratch = new();
        scratch.Write("log.csv", Logs.Text(Logs.Loudness(8, RowsPerRecording)));
        ToolResult trained = scratch.Run("train", "log.csv", "--target", "label", "--window", "320ms", "--features", "std,mad", "--hidden", "none", "-o", "m.nedge").MustSucceed();
        StringAssert.Contains(trained.Output, "A window has 32 rows (0.32 s)");
        StringAssert.Matches(trained.Output, new(@"(?m)^Right in \d+ of 56 windows it has not seen"));
        string shown = scratch.Run("inspect", "m.nedge").MustSucceed().Output;
        StringAssert.Contains(shown, "windows  32 samples, 0.32 s; one decision each 0.08 s, 8 samples; a sample each 10 ms, 100 a second\n");
        StringAssert.Matches(shown, new(@"(?m)^rate     an ESP32 at 240 MHz holds about \d+ samples a second .* asked: 100$"));
        StringAssert.Contains(shown, "\nof x: std, mad\n");
        JsonElement windows = scratch.Run("inspect", "m.nedge", "--json").Json().GetProperty("windows");
        Assert.AreEqual((320, 80, 100.0, "std"), (windows.GetProperty("windowMs").GetInt32(), windows.GetProperty("hopMs").GetInt32(), windows.GetProperty("samplesPerSecond").GetDouble(), windows.GetProperty("channels")[0].GetProperty("features")[0].GetString()));

        // 80 rows hold 7 windows of 32, 8 apart.
        string[] answers = scratch.Run("run", "m.nedge", "--input", "log.csv", "--class").MustSucceed().Output.TrimEnd().Split('\n');
        Assert.AreEqual("line,loud0,loud1,class", answers[0]);
        Assert.HasCount(1 + (8 * 7), answers);
        CollectionAssert.AreEqual(new[] { "33", "41", "49", "57", "65", "73", "81", "113" }, answers[1..9].Select(line => line.Split(',')[0]).ToArray());
        Assert.IsGreaterThan(50, answers.Skip(1).Count(line => line.EndsWith(((int.Parse(line.Split(',')[0], CultureInfo.InvariantCulture) - 2) / RowsPerRecording % 2) == 0 ? "loud0" : "loud1", StringComparison.Ordinal)));
        StringAssert.Contains(scratch.Run("export", "m.nedge", "--csharp", "M.cs").MustSucceed().Output, "the network alone: its inputs are features of windows");

        using BoardProcess board = new(scratch.Folder, "--sensors", "log.csv", "--model", "m.nedge");
        CollectionAssert.Contains(board.Output.ToArray(), "each row holds for 10 ms, the usual step of the column \"time_ms\"; pauses are left out");
        string[] port = ["--port", board.Address];
        ToolResult upload = scratch.Run(["upload", "m.nedge", .. port]).MustSucceed();
        StringAssert.Contains(upload.Output, "after 10 decisions in a row on plausible inputs, in about 1 s");
        string verified = scratch.Run(["verify", "m.nedge", .. port, "--input", "log.csv"]).MustSucceed().Output;
        StringAssert.StartsWith(verified, "56 of 56 windows bit-equal.");
        StringAssert.Contains(verified, "Features were computed on this computer");
        StringAssert.Matches(scratch.Run(["monitor", .. port, "--count", "2"]).MustSucceed().Output, new(@"(?m)^\d+ x std=-?[\d.]+(?: \([^)]*\))?  x mad=-?[\d.]+(?: \([^)]*\))?  loud0="));
        string info = scratch.Run(["info", .. port]).MustSucceed().Output;
        StringAssert.Contains(info, "x std, x mad");
        StringAssert.Contains(info, "one decision each 0.08 s");
        StringAssert.Contains(scratch.Run(["ask", .. port, "1"]).MustFail(2), "2 inputs (x std, x mad)");
        scratch.Run(["ask", .. port, "20", "20"]).MustSucceed();
        scratch.Run(["download", .. port, "-o", "d.nedge"]).MustSucceed();
        CollectionAssert.AreEqual(File.ReadAllBytes(scratch.PathOf("m.nedge")), File.ReadAllBytes(scratch.PathOf("d.nedge")));
        RefusesOtherTables(scratch);
    }

    [TestMethod]
    [DataRow("time_ms,adc0\n0,5\n50,6\n100,7\n", "", "each row holds for 50 ms, the usual step of the column \"time_ms\"; pauses are left out")]
    [DataRow("adc0\n5\n6\n7\n", "--rate 40", "each row holds for 25 ms, as --rate 40 says")]
    [DataRow("t_s,adc0\n0,5\n1,6\n2,7\n", "--rate 12.5", "each row holds for 80 ms, as --rate 12.5 says")]
    [DataRow("adc0\n5\n6\n7\n", "", "each row holds for 100 ms: no column of times says how far apart they are; --rate does")]
    public void ATableIsPlayedAtTheRateThatIsSaid(string table, string options, string said)
    {
        using Scratch scratch = new();
        scratch.Write("t.csv", table);
        string[] lines = scratch.Run(["simulate", "--sensors", "t.csv", "--duration", "0.1", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).MustSucceed().Output.TrimEnd().Split('\n');
        Assert.AreEqual(said, lines[1]);
        Assert.HasCount(4, lines, "noise, pace, port, and one column that is a sensor");
    }

    [TestMethod]
    public void TheDemoOfWindowsShowsEachGestureAndEndsWell()
    {
        using Scratch scratch = new();
        JsonElement demo = scratch.Run("demo", "--windows", "--json").Json();
        Assert.AreEqual("confirmed", demo.GetProperty("modelState").GetString());
        Assert.IsGreaterThanOrEqualTo(3, demo.GetProperty("pinSwitches").GetInt32());
        Assert.IsLessThan(4096, demo.GetProperty("modelBytes").GetInt32());
        Assert.IsEmpty(Directory.GetFileSystemEntries(scratch.Folder));
    }

    [TestMethod]
    public void ARateWithoutATableOrThatIsNoneIsRefused()
    {
        using Scratch scratch = new();
        scratch.Write("slow.csv", "t_s,adc0\n0,5\n1000000,6\n2000000,7\n");
        StringAssert.Contains(scratch.Run("simulate", "--rate", "50", "--duration", "0.1").MustFail(2), "--sensors is missing");
        StringAssert.Contains(scratch.Run("simulate", "--sensors", "slow.csv", "--duration", "0.1").MustFail(2), "give --rate");
        foreach (string rate in new[] { "0", "-5", "nan", "fast", "1e9", "1e-300" })
        {
            StringAssert.Contains(scratch.Run("simulate", "--sensors", "slow.csv", "--rate", rate, "--duration", "0.1").MustFail(1), "no number of rows in a second");
        }
    }

    [TestMethod]
    public void OptionsThatSayNothingBesideNormalAreRefused()
    {
        using Scratch scratch = new();
        scratch.Write("log.csv", Logs.Text(Logs.Loudness(8, RowsPerRecording)));
        string[] normal = ["train", "log.csv", "--normal", "--window", "320ms", "-o", "m.nedge"];
        foreach (string[] option in new string[][] { ["--label-from", "file"], ["--recall", "loud0=0.9"], ["--hidden", "8"], ["--task", "classify"], ["--seed", "2"], ["--anyway"] })
        {
            StringAssert.Contains(scratch.Run([.. normal, .. option]).MustFail(2), $"{option[0]} is of a training with a target");
        }

        StringAssert.Contains(scratch.Run([.. normal, "--target", "label"]).MustFail(2), "column \"label\" calls no row normal");
        StringAssert.Contains(scratch.Run([.. normal, "--target", "label,x"]).MustFail(2), "name one");
        StringAssert.Contains(scratch.Run([.. normal, "--missing", "median"]).MustFail(2), "made-up samples");
        StringAssert.Contains(scratch.Run("train", "log.csv", "--target", "label", "--window", "320ms", "--false-alarms", "2", "-o", "m.nedge").MustFail(2), "--false-alarms is of --normal");
        Assert.IsFalse(File.Exists(scratch.PathOf("m.nedge")));
    }

    [TestMethod]
    public void WhatTheLastFewDecisionsDoIsTold()
    {
        using Scratch scratch = new();
        scratch.Write("log.csv", Logs.Text(Logs.Loudness(8, RowsPerRecording)));
        string Board(string rule) => scratch.Write("board.json", $$$"""{"inputs": [{"name": "x", "adc": 0}], "outputs": [{"name": "loud1", "pin": 18, {{{rule}}}}], "decisions": {"average": 8, "votes": 5, "confidence": 0.8, "quietMs": 2000}}""");
        string[] train = ["train", "log.csv", "--target", "label", "--window", "320ms", "--features", "std", "--hidden", "none", "--anyway", "--board", "board.json", "-o", "m.nedge"];
        const string Words = "outputs are averages over about 8, more than half of 5 must agree, a class below 0.8 is none, after an output went off nothing goes on for 2000 ms";
        Board("\"argmax\": true");
        string said = scratch.Run(train).MustSucceed().Output;
        StringAssert.Contains(said, $"Decisions: {Words}.\n");
        StringAssert.Contains(said, "So the board's own rules switch these pins, one decision after the other, averages, votes and times included; each recording begins with all off.");
        StringAssert.Contains(said, "Each recording is of one class, so that the pins of all others begin it right for nothing: at ");
        StringAssert.Contains(scratch.Run("inspect", "m.nedge").MustSucceed().Output, $"decisions: {Words}");
        Board("\"on\": 0.6, \"off\": 0.4");
        StringAssert.Contains(scratch.Run(train).MustFail(2), "no output follows the largest");
    }

    [TestMethod]
    public void RowsThatNoWindowHoldsAreCounted()
    {
        using Scratch scratch = new();
        scratch.Write("log.csv", Logs.Text(Logs.Loudness(8, RowsPerRecording)));
        scratch.Run("train", "log.csv", "--target", "label", "--window", "320ms", "--features", "std", "--hidden", "none", "-o", "m.nedge").MustSucceed();
        scratch.Write("pieces.csv", Logs.Text([.. Logs.Loudness(1, 40), .. Logs.Loudness(3, 20)]));
        ToolResult run = scratch.Run("run", "m.nedge", "--input", "pieces.csv").MustSucceed();
        StringAssert.Contains(run.Error, "60 of 100 rows are in stretches");
    }

    private static void RefusesOtherTables(Scratch scratch)
    {
        string log = File.ReadAllText(scratch.PathOf("log.csv"));
        scratch.Write("untimed.csv", log.Replace("time_ms", "n", StringComparison.Ordinal));
        scratch.Write("other.csv", log.Replace(",x,", ",y,", StringComparison.Ordinal));
        scratch.Write("short.csv", string.Join('\n', log.Split('\n')[..20]));
        scratch.Write("features.csv", "x std,x mad\n5,6\n30,40\n");
        StringAssert.Contains(scratch.Run("run", "m.nedge", "--input", "untimed.csv").MustFail(2), "give --rate");
        scratch.Run("run", "m.nedge", "--input", "untimed.csv", "--rate", "100").MustSucceed();
        StringAssert.Contains(scratch.Run("run", "m.nedge", "--input", "log.csv", "--rate", "50").MustFail(2), "a row every 20 ms, and the model has learned from one every 10 ms");
        StringAssert.Contains(scratch.Run("run", "m.nedge", "--input", "other.csv").MustFail(2), "no column \"x\"");
        StringAssert.Contains(scratch.Run("verify", "m.nedge", "--input", "short.csv").MustFail(2), "no window of 32 rows");
        Assert.HasCount(2, scratch.Run("run", "m.nedge", "--input", "features.csv", "--json").Json().GetProperty("rows").EnumerateArray().Where(row => row.GetProperty("line").ValueKind == JsonValueKind.Null));
    }
}
