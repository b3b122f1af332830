using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.Tests.Cli;

/// <summary>monitor and record, and what can be done with a recording.</summary>
[TestClass]
public sealed class LiveTests
{
    [TestMethod]
    public void MonitorWritesPlainLinesIntoAPipe()
    {
        using Scratch scratch = new();
        using BoardProcess board = new(scratch.Folder);
        string[] lines = scratch.Run("monitor", "--port", board.Address, "--count", "3").MustSucceed().Output.TrimEnd().Split('\n');
        Assert.HasCount(4, lines);
        StringAssert.Matches(lines[3], new(@"^period \d+ ms; the last one: sample \d+ us, forward \d+ us, rules \d+ us, link \d+ us; \d+ late since the start"));
        foreach (string line in lines[..3])
        {
            StringAssert.Matches(line.TrimEnd('\r'), new(@"^\d+ a=\S+.*  b=\S+.*  y=\S+$"));
        }

        JsonElement json = scratch.Run("monitor", "--port", board.Address, "--count", "2", "--every", "2", "--json").Json();
        Assert.AreEqual(2, json.GetArrayLength());
        Assert.IsTrue(json[1].GetProperty("micros").TryGetProperty("forward", out _));
        Assert.AreEqual(json[0].GetProperty("inference").GetInt64() + 2, json[1].GetProperty("inference").GetInt64());
    }

    [TestMethod]
    public void WhatIsWatchedBecomesATable()
    {
        using Scratch scratch = new();
        scratch.Write("other.csv", "x\n1\n");
        using BoardProcess board = new(scratch.Folder);
        foreach (string verb in new[] { "Wrote 3 rows as", "Added 3 rows to" })
        {
            ToolResult result = scratch.Run("monitor", "--port", board.Address, "--count", "3", "--csv", "m.csv").MustSucceed();
            Assert.AreEqual($"{verb} m.csv.", result.Error.TrimEnd());
            Assert.HasCount(4, result.Output.TrimEnd().Split('\n'), "the values alone are on standard output");
        }

        JsonElement json = scratch.Run("monitor", "--port", board.Address, "--count", "1", "--csv", "m.csv", "--json").Json()[0];
        string[] lines = File.ReadAllLines(scratch.PathOf("m.csv"));
        Assert.AreEqual("time_ms,a,b,y", lines[0]);
        Assert.HasCount(8, lines);
        Assert.AreEqual(json.GetProperty("outputs")[0].GetDouble(), double.Parse(lines[^1].Split(',')[3], CultureInfo.InvariantCulture), 1e-8);
        long[] times = [.. lines[1..].Select(line => long.Parse(line.Split(',')[0], CultureInfo.InvariantCulture))];
        CollectionAssert.AreEqual(times.Order().ToArray(), times);
        Assert.AreEqual(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), times[^1], 60_000.0);

        StringAssert.Contains(scratch.Run("monitor", "--port", board.Address, "--count", "1", "--csv", "other.csv").MustFail(2), "choose another file");
        StringAssert.Contains(scratch.Run("monitor", "--port", board.Address, "--count", "1", "--csv", "no/m.csv").MustFail(2), "Cannot write");
        Assert.AreEqual("x\n1\n", File.ReadAllText(scratch.PathOf("other.csv")));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void AtATerminalKeysHoldThePictureAndEndIt()
    {
        if (!File.Exists("/usr/bin/script"))
        {
            Assert.Inconclusive("There is no /usr/bin/script (util-linux) on this computer, so no terminal to try it at.");
        }

        using Scratch scratch = new();
        using BoardProcess board = new(scratch.Folder);
        string command = $"stty cols 80 rows 24; '{Tool.DotNet}' '{Path.Combine(AppContext.BaseDirectory, "NeuralEdge.Cli.dll")}' monitor --port {board.Address} --csv m.csv";
        ProcessStartInfo start = new("/usr/bin/script", ["-qec", command, "/dev/null"]) { WorkingDirectory = scratch.Folder, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["LANG"] = "C.UTF-8";
        using Process process = Process.Start(start)!;
        using StreamReader output = process.StandardOutput;
        Until("p pauses, q ends");
        process.StandardInput.Write("p");
        process.StandardInput.Flush();
        Until("paused: p goes on, q ends");
        int before = File.ReadAllLines(scratch.PathOf("m.csv")).Length;
        Thread.Sleep(500);
        Assert.IsGreaterThan(before, File.ReadAllLines(scratch.PathOf("m.csv")).Length, "the table goes on");
        process.StandardInput.Write("q");
        process.StandardInput.Flush();
        Until("rows as m.csv.");
        process.StandardInput.Close();
        Assert.IsTrue(process.WaitForExit(Tool.Patience));
        Assert.AreEqual(0, process.ExitCode);

        void Until(string text)
        {
            string seen = "";
            while (!seen.Contains(text, StringComparison.Ordinal))
            {
                int next = output.Read();
                Assert.AreNotEqual(-1, next, $"it ended before it said \"{text}\": {seen}");
                seen += (char)next;
            }
        }
    }

    [TestMethod]
    public void MonitorThatCountsNothingIsRefused()
    {
        using Scratch scratch = new();
        StringAssert.Contains(scratch.Run("monitor", "--port", "socket://127.0.0.1:1", "--count", "0").MustFail(2), "--count");
        StringAssert.Contains(scratch.Run("record", "--port", "socket://127.0.0.1:1", "--label", "x", "--every", "70000", "-o", "a.csv").MustFail(2), "--every must be 1 to 65535, not 70000");
        foreach (string option in new[] { "--countdown", "--wait" })
        {
            string sentence = scratch.Run("record", "--port", "socket://127.0.0.1:1", "--label", "x", option, "-1", "-o", "a.csv").MustFail(2);
            StringAssert.Contains(sentence, $"{option} must be seconds from 0 to 10000000, not -1");
        }
    }

    [TestMethod]
    public void ARecordingOfTwoLabelsOnANewBoardBecomesAModelThatIsWiredAndRunsThere()
    {
        using Scratch scratch = new();
        scratch.Write("dry.csv", "adc0,adc3\n2900,100\n2910,110\n2890,105\n");
        scratch.Write("wet.csv", "adc0,adc3\n1500,100\n1510,110\n1490,105\n");
        foreach (string label in new[] { "dry", "wet" })
        {
            using BoardProcess board = new(scratch.Folder, "--sensors", $"{label}.csv");
            JsonElement json = scratch.Run("record", "--port", board.Address, "--label", label, "--count", "15", "-o", "soil.csv", "--json").Json();
            Assert.AreEqual(15, json.GetProperty("rows").GetInt32());
            Assert.AreEqual(label == "wet", json.GetProperty("appended").GetBoolean());
        }

        string[] lines = File.ReadAllLines(scratch.PathOf("soil.csv"));
        Assert.AreEqual("ms,adc0,adc3,label", lines[0]);
        Assert.HasCount(31, lines);
        Assert.AreEqual(2900, double.Parse(lines[1].Split(',')[1], CultureInfo.InvariantCulture), 25.0);

        JsonElement training = scratch.Run("train", "soil.csv", "--target", "label", "-o", "soil.nedge", "--json").Json();
        Assert.AreEqual(1.0, training.GetProperty("fixedScores").GetProperty("accuracy").GetDouble());
        JsonElement model = scratch.Run("inspect", "soil.nedge", "--json").Json();
        CollectionAssert.AreEqual(new int[] { 0, 3 }, model.GetProperty("inputs").EnumerateArray().Select(i => i.GetProperty("adc").GetInt32()).ToArray());

        // As in the README: the pump follows "dry", and nothing follows "wet".
        scratch.Write("soil-board.json", File.ReadAllText(Repository.PathOf("tools/examples/soil-board.json")));
        string wired = scratch.Run("train", "soil.csv", "--target", "label", "--board", "soil-board.json", "-o", "wired.nedge").MustSucceed().Output;
        StringAssert.Contains(wired, "dry switches GPIO18");
        Assert.DoesNotContain("wet switches", wired);
        scratch.Write("s3.csv", File.ReadAllText(scratch.PathOf("soil.csv")).Replace("adc3", "adc1", StringComparison.Ordinal));
        scratch.Write("s3.json", File.ReadAllText(Repository.PathOf("tools/examples/soil-board-s3.json")));
        StringAssert.Contains(scratch.Run("train", "s3.csv", "--target", "label", "--board", "s3.json", "-o", "s3.nedge").MustSucceed().Output, "dry switches GPIO21");

        // The recording is also what a simulated board can be fed with: its last row holds the wet ground.
        using BoardProcess taught = new(scratch.Folder, "--sensors", "soil.csv");
        scratch.Run("upload", "soil.nedge", "--port", taught.Address).MustSucceed();
        string seen = scratch.Run("monitor", "--port", taught.Address, "--count", "35").MustSucceed().Output;
        StringAssert.Matches(seen, new(@"dry=\S+ \(largest"));
        StringAssert.Matches(seen, new(@"wet=\S+ \(largest"));
        Assert.DoesNotContain("not wired", seen);

        // Now the columns are the model's own, and rows of another kind are not mixed in.
        scratch.Write("other.csv", "x,label\n1,dry\n");
        StringAssert.Contains(
            scratch.Run("record", "--port", taught.Address, "--label", "wet", "--count", "1", "-o", "other.csv").MustFail(2), "choose another file");
        Assert.AreEqual("x,label\n1,dry\n", File.ReadAllText(scratch.PathOf("other.csv")));
    }
}
