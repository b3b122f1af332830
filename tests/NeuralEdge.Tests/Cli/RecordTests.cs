using System.Globalization;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board;
using NeuralEdge.Board.Link;
using NeuralEdge.Host;
using NeuralEdge.Tests.Link;

namespace NeuralEdge.Tests.Cli;

/// <summary>record with every option, on a board in virtual time.</summary>
[TestClass]
[DoNotParallelize]
public sealed class RecordTests
{
    [TestMethod]
    public void ChannelsAreRecordedAsTheyAreWhateverModelRuns()
    {
        using Scratch scratch = new();
        scratch.Write("narrow.json", """{"inputs":[{"name":"soil","min":1000,"max":1010}],"layers":[{"weights":[[1]],"activation":"linear"}]}""");
        scratch.Write("board.json", """{"inputs":[{"name":"soil","adc":0}],"outputs":[]}""");
        VerbRun.Run(null, "import", scratch.PathOf("narrow.json"), "--board", scratch.PathOf("board.json"), "-o", scratch.PathOf("m.nedge")).MustSucceed();
        using VirtualBoard board = new() { Counts = (channel, _) => 500 * channel };
        Run(board, "record", "--label", "dry", "--channels", "0,3,4", "--count", "3", "-o", scratch.PathOf("a.csv")).MustSucceed();
        CollectionAssert.AreEqual(new[] { "ms,adc0,adc3,adc4,label", "0,0,1500,2000,dry", "20,0,1500,2000,dry", "40,0,1500,2000,dry" }, File.ReadAllLines(scratch.PathOf("a.csv")));

        // What the model is limited to does not show, in its own names neither.
        Run(board, "upload", scratch.PathOf("m.nedge"), "--anyway").MustSucceed();
        board.Counts = (_, _) => 2900;
        Run(board, "record", "--label", "dry", "--count", "1", "-o", scratch.PathOf("b.csv")).MustSucceed();
        CollectionAssert.AreEqual(new[] { "ms,soil,label", "0,2900,dry" }, File.ReadAllLines(scratch.PathOf("b.csv")));
        Run(board, "record", "--label", "dry", "--channels", "3", "--count", "1", "-o", scratch.PathOf("c.csv")).MustSucceed();
        Assert.AreEqual("0,2900,dry", File.ReadAllLines(scratch.PathOf("c.csv"))[1]);
    }

    [TestMethod]
    public void WithoutALabelThereIsNoColumnOfLabelsAndItIsSaid()
    {
        using Scratch scratch = new();
        using VirtualBoard board = new() { Counts = (channel, _) => 500 * channel };
        string said = Run(board, "record", "--channels", "3", "--count", "2", "-o", scratch.PathOf("a.csv")).MustSucceed().Output;
        CollectionAssert.AreEqual(new[] { "ms,adc3", "0,1500", "20,1500" }, File.ReadAllLines(scratch.PathOf("a.csv")));
        StringAssert.Contains(said, "No --label is given, so the table gets no column of labels.");
        StringAssert.Contains(said, "Wrote 2 rows without a label as");
        StringAssert.Contains(Run(board, "record", "--channels", "3", "--label", "dry", "--count", "2", "-o", scratch.PathOf("a.csv")).MustFail(2), "choose another file");
    }

    [TestMethod]
    public void ABoardFileGivesNamesPeriodAndUnits()
    {
        using Scratch scratch = new();
        scratch.Write("board.json", """{"periodMs":250,"inputs":[{"name":"light","adc":3},{"name":"volts","adc":6,"oversample":4,"counts":[0,4000],"values":[0,2]}]}""");
        using VirtualBoard board = new() { Counts = (channel, _) => channel * 500 };
        JsonElement json = Run(board, "record", "--label", "x", "--board", scratch.PathOf("board.json"), "--count", "2", "--every", "2", "-o", scratch.PathOf("a.csv"), "--json").Json();
        Assert.AreEqual(500, json.GetProperty("periodMs").GetInt32());
        CollectionAssert.AreEqual(new[] { "ms,light,volts,label", "0,1500,1.5,x", "500,1500,1.5,x" }, File.ReadAllLines(scratch.PathOf("a.csv")));
        scratch.Write("empty.json", """{"periodMs":250}""");
        StringAssert.Contains(Run(board, "record", "--label", "x", "--board", scratch.PathOf("empty.json"), "-o", scratch.PathOf("b.csv")).MustFail(2), "names no inputs");
    }

    [TestMethod]
    public void SeveralLabelsAreGuidedWithACountdownAndTheSameFiguresInLines()
    {
        using Scratch scratch = new();
        using VirtualBoard board = new() { Counts = (channel, at) => channel == 3 ? 0 : channel == 4 ? 777 : (int)(at / 100_000 % 4000) + 1 };
        ToolResult result = Run(
            board, "record", "--labels", "dry, wet", "--seconds", "2", "--countdown", "1.5", "--channels", "0,3,4", "--period", "50", "-o", scratch.PathOf("a.csv")).MustSucceed();
        string[] lines = File.ReadAllLines(scratch.PathOf("a.csv"))[1..];
        Assert.AreEqual(40, lines.Count(line => line.EndsWith(",dry", StringComparison.Ordinal)));
        Assert.AreEqual(40, lines.Count(line => line.EndsWith(",wet", StringComparison.Ordinal)));
        long[] ms = Times(lines);
        Assert.AreEqual(1500.0, ms[40] - ms[39], 150.0, "the countdown shows in the times");
        foreach (string said in new[]
        {
            "Now dry: recording begins in 2 s.", "Now wet: recording begins in 2 s.", "dry: 40 rows; adc0 ", "wet: 40 rows; adc0 ", "Wrote 40 rows labelled dry, 40 rows labelled wet as",
            "warning: under dry, adc3 was stuck at 0: check", "warning: under wet, adc4 was stuck at 777: check",
        })
        {
            StringAssert.Contains(result.Output, said);
        }

        Assert.DoesNotContain("adc0 was", result.Output);
        JsonElement json = Run(
            board, "record", "--labels", "dry,wet", "--count", "30", "--countdown", "0", "--channels", "0,3", "--period", "50", "-o", scratch.PathOf("b.csv"), "--json").Json();
        JsonElement wet = json.GetProperty("labels")[1];
        Assert.AreEqual("wet", wet.GetProperty("label").GetString());
        Assert.AreEqual(30, wet.GetProperty("channels")[1].GetProperty("atEnd").GetInt32());
        Assert.IsTrue(wet.GetProperty("channels")[1].GetProperty("stuck").GetBoolean());
        Assert.IsFalse(wet.GetProperty("channels")[0].GetProperty("stuck").GetBoolean());
    }

    [TestMethod]
    public void ASecondRecordingGoesOnBehindTheFirst()
    {
        using Scratch scratch = new();
        using VirtualBoard board = new();
        for (int i = 0; i < 3; i++)
        {
            board.Restart();
            Run(board, "record", "--label", $"l{i}", "--channels", "0", "--count", "5", "-o", scratch.PathOf("a.csv")).MustSucceed();
        }

        long[] ms = Times(File.ReadAllLines(scratch.PathOf("a.csv"))[1..]);
        Assert.HasCount(15, ms);
        CollectionAssert.AreEqual(ms.Order().Distinct().ToArray(), ms, "it only rises");
        string before = File.ReadAllText(scratch.PathOf("a.csv"));
        StringAssert.Contains(Run(board, "record", "--label", "x", "--channels", "0,3", "-o", scratch.PathOf("a.csv")).MustFail(2), "choose another file");
        Assert.AreEqual(before, File.ReadAllText(scratch.PathOf("a.csv")));
    }

    [TestMethod]
    public void ARestartIsWaitedForAndShowsInTheTimes()
    {
        using Scratch scratch = new();
        using VirtualBoard board = new() { Counts = (_, at) => 1000 };
        int events = 0;
        BoardLink Connect() => BoardLink.Connect(
            new LyingLine(board, frame =>
            {
                if (frame[1] == LinkProtocol.CountsEvent && ++events == 8)
                {
                    board.Restart();
                }

                return [frame];
            }),
            board.Times);
        JsonElement json = VerbRun.Run(Connect, "record", "--label", "x", "--channels", "0", "--count", "30", "-o", scratch.PathOf("a.csv"), "--port", "x", "--json").Json();
        Assert.AreEqual(1, json.GetProperty("gapsMs").GetArrayLength());
        Assert.AreEqual(30, json.GetProperty("rows").GetInt32());
        long[] ms = Times(File.ReadAllLines(scratch.PathOf("a.csv"))[1..]);
        CollectionAssert.AreEqual(ms.Order().Distinct().ToArray(), ms);
    }

    [TestMethod]
    public void ABoardThatDoesNotKnowTheRequestIsTooOld()
    {
        using Scratch scratch = new();
        using VirtualBoard board = new();
        BoardLink Connect() => BoardLink.Connect(
            new LyingLine(board, frame => frame[1] == (int)LinkRequest.Counts + LinkProtocol.Reply
                ? [[.. frame[..6], 6, 0, (byte)RequestStatus.UnknownRequest, 0, (byte)LinkRequest.Counts, 0, 0, 0]]
                : [frame]),
            board.Times);
        string sentence = VerbRun.Run(Connect, "record", "--label", "x", "-o", scratch.PathOf("a.csv"), "--port", "x").MustFail(3);
        Assert.AreEqual("The board's firmware does not know COUNTS: flash the newest firmware.", sentence);
        Assert.IsEmpty(Directory.GetFiles(scratch.Folder));
    }

    [TestMethod]
    [DataRow("--label x --channels 9", 2, "does not allow ADC channel 9")]
    [DataRow("--label x --channels 0,0", 2, "--channels 0,0")]
    [DataRow("--label x --channels a", 2, "--channels a")]
    [DataRow("--label x --count 0", 2, "--count")]
    [DataRow("--label x --period 0", 2, "--period")]
    [DataRow("--label x --seconds -1", 2, "--seconds")]
    [DataRow("--label x --wait -1", 2, "--wait")]
    [DataRow("--label NA", 2, "stands for no value")]
    [DataRow("--labels a,,b", 2, "stands for no value")]
    [DataRow("--labels a,A", 2, "twice")]
    [DataRow("--labels a,b --label c", 1, "cannot go together")]
    [DataRow("--label a --count 3 --seconds 3", 1, "cannot go together")]
    [DataRow("--label a --channels 3 --board b.json", 1, "cannot go together")]
    public void WhatCannotBeIsRefusedBeforeThereIsAFile(string options, int code, string said)
    {
        using Scratch scratch = new();
        using VirtualBoard board = new();
        ToolResult result = Run(board, ["record", .. options.Split(' '), "-o", scratch.PathOf("a.csv")]);
        Assert.AreEqual(code, result.ExitCode, result.ToString());
        StringAssert.Contains(result.Error, said);
        Assert.IsEmpty(Directory.GetFiles(scratch.Folder));
    }

    private static long[] Times(string[] lines) => [.. lines.Select(line => long.Parse(line.Split(',')[0], CultureInfo.InvariantCulture))];

    private static ToolResult Run(VirtualBoard board, params string[] arguments) => VerbRun.Run(() => board.Connect(), [.. arguments, "--port", "x"]);
}
