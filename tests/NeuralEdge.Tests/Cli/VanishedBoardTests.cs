using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Simulator;
using NeuralEdge.Simulator.Sensors;
using NeuralEdge.Tests.Control;
using NeuralEdge.Tests.Features;

namespace NeuralEdge.Tests.Cli;

/// <summary>A board that is unplugged while monitor or record runs: they end soon and say so, or wait for it if they are told to.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class VanishedBoardTests
{
    private const int Terminate = 15;

    // Two seconds are promised; a busy computer takes some to give a program its turn. Without the promise it takes for ever.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(8);

    [TestMethod]
    [DataRow("monitor", true)]
    [DataRow("monitor", false)]
    [DataRow("record", true)]
    [DataRow("record", false)]
    public void TheEndOfTheLineIsTheEndOfTheVerbWithASentence(string verb, bool isTerminal)
    {
        using Scratch scratch = new();
        using SimulatedBoard board = Board(scratch, isTerminal);
        using Process process = Start(scratch, board, verb == "monitor" ? ["monitor"] : ["record", "--count", "6000", "--wait", "0", "-o", "r.csv"]);
        WaitForWork(scratch, process, verb);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string address = board.Address;
        board.Dispose();
        MustEnd(process, 3);
        string sentence = error.GetAwaiter().GetResult().TrimEnd();
        StringAssert.Contains(sentence, address);
        Assert.HasCount(1, sentence.Split('\n'), sentence);
        Assert.DoesNotContain("   at ", sentence);
    }

    [TestMethod]
    [DataRow("monitor", true)]
    [DataRow("record", true)]
    [DataRow("monitor", false)]
    [DataRow("record", false)]
    public void TheFirstSigtermEndsItAlsoWhenTheBoardIsSilent(string verb, bool isTerminal)
    {
        using Scratch scratch = new();
        using SimulatedBoard board = Board(scratch, isTerminal);
        using Process process = Start(scratch, board, verb == "monitor" ? ["monitor"] : ["record", "--count", "6000", "-o", "r.csv"]);
        WaitForWork(scratch, process, verb);
        board.PowerCut();
        Thread.Sleep(300);
        Assert.AreEqual(0, kill(process.Id, Terminate));
        MustEnd(process, 0);
    }

    [TestMethod]
    public void MonitorGoesOnWhenABoardThatWasUnpluggedIsBackIfItWasToldTo()
    {
        using Scratch scratch = new();
        using SimulatedBoard first = Board(scratch, isTerminal: true);
        using Process process = Start(scratch, first, ["monitor", "--reconnect", "--count", "40"]);
        WaitForWork(scratch, process, "monitor");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        first.Dispose();
        string? gone = process.StandardError.ReadLine();
        StringAssert.Contains(gone, "Waiting for the board, Ctrl+C ends it.");
        using SimulatedBoard second = Board(scratch, isTerminal: true);
        Assert.AreEqual("The board is back.", process.StandardError.ReadLine());
        MustEnd(process, 0, Tool.Patience);

        // The first line was read above.
        Assert.HasCount(40, output.GetAwaiter().GetResult().TrimEnd().Split('\n'));
    }

    [TestMethod]
    public void AnotherBoardThanTheOneThatWasGoneIsSaidToBeAnotherOne()
    {
        using Scratch scratch = new();
        using SimulatedBoard first = Board(scratch, isTerminal: true);
        using Process process = Start(scratch, first, ["monitor", "--reconnect", "--count", "40"]);
        WaitForWork(scratch, process, "monitor");
        _ = process.StandardOutput.ReadToEndAsync();
        first.Dispose();
        StringAssert.Contains(process.StandardError.ReadLine(), "Waiting for the board");
        using SimulatedBoard second = new(new SimulatedBoardOptions { Port = null, PtyLink = scratch.PathOf("tty"), Chip = "esp32-s3" });
        second.Start();
        Assert.AreEqual("A board is back, but not as before: its chip is esp32-s3, and was esp32.", process.StandardError.ReadLine());
        MustEnd(process, 0, Tool.Patience);
    }

    [TestMethod]
    public void ABoardThatABadSensorHoldsSaysSoWithinASecond()
    {
        using Scratch scratch = new();
        using SimulatedBoard board = new(new SimulatedBoardOptions { Sensors = new FunctionSensors((_, _) => 0) });
        board.Start();
        scratch.Write("m.nedge", Bench.Identity(1, 20, new BoardOutput("y0", 18, ArgMax: false, On: 3000, Off: 2500)).Bytes);
        scratch.Run("upload", "m.nedge", "--anyway", "--port", board.Address).MustSucceed();
        using Process process = Start(scratch, board, ["monitor"]);
        string reason = $"The board at {board.Address} sends no live values: input 0 (x0) gives no plausible count, so the outputs are off; see neuraledge doctor.";
        Assert.AreEqual(reason, process.StandardError.ReadLine());
        Task<string?> end = process.StandardError.ReadLineAsync();
        Assert.IsFalse(end.Wait(TimeSpan.FromSeconds(2)), "the reason comes well before the end");
        Assert.AreEqual($"The board at {board.Address} still sends no live values.", end.GetAwaiter().GetResult());
        MustEnd(process, 3);
    }

    /// <summary>A healthy board is not taken for one that is gone.</summary>
    [TestMethod]
    public void DecisionsThatAreLongDueAreWaitedForAndAnnounced()
    {
        using Scratch scratch = new();
        using SimulatedBoard board = new(new SimulatedBoardOptions { Sensors = new FunctionSensors((_, _) => 2000) });
        board.Start();
        scratch.Write("m.nedge", WindowedModels.Create(10, 64, 4, 1, ["mean"]).Bytes);
        scratch.Run("upload", "m.nedge", "--anyway", "--port", board.Address).MustSucceed();

        // Twelve hops of 0.64 s, and a window of 2.56 s and a sample.
        ToolResult watched = scratch.Run("monitor", "--port", board.Address, "--every", "12", "--count", "2").MustSucceed();
        Assert.AreEqual("The board decides each 0.64 s, and one decision of 12 is shown: the next one is due within 11 s.", watched.Error.Split('\n')[0].TrimEnd());
        Assert.HasCount(3, watched.Output.TrimEnd().Split('\n'));
    }

    private static SimulatedBoard Board(Scratch scratch, bool isTerminal)
    {
        SimulatedBoard board = new(isTerminal ? new SimulatedBoardOptions { Port = null, PtyLink = scratch.PathOf("tty") } : new SimulatedBoardOptions());
        board.Start();
        return board;
    }

    private static Process Start(Scratch scratch, SimulatedBoard board, string[] arguments) => Tool.Start(scratch.Folder, [.. arguments, "--port", board.Address]);

    private static void WaitForWork(Scratch scratch, Process process, string verb)
    {
        if (verb == "monitor")
        {
            Assert.IsNotNull(process.StandardOutput.ReadLine());
            return;
        }

        long begin = Stopwatch.GetTimestamp();
        while (!File.Exists(scratch.PathOf("r.csv")) || File.ReadAllLines(scratch.PathOf("r.csv")).Length < 3)
        {
            Assert.IsLessThan(Tool.Patience, Stopwatch.GetElapsedTime(begin), "no rows come");
            Thread.Sleep(20);
        }
    }

    private static void MustEnd(Process process, int code, TimeSpan? patience = null)
    {
        if (!process.WaitForExit(patience ?? Soon))
        {
            process.Kill();
            Assert.Fail("It does not end.");
        }

        Assert.AreEqual(code, process.ExitCode);
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int process, int signal);
}
