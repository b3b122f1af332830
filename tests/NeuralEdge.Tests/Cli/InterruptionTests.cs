using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.Tests.Cli;

/// <summary>Ctrl+C at any time: the tool ends soon, says at most a sentence, and leaves nothing half done.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class InterruptionTests
{
    // What the system reports of a process that was interrupted before it could say that it minds: 128 + SIGINT.
    private const int KilledBySignal = 130;
    private const int Interrupt = 2;

    private static readonly string Greenhouse = Repository.PathOf("tools/examples/greenhouse.csv");

    [TestMethod]
    public void TrainingThatIsInterruptedWritesNoFile()
    {
        using Scratch scratch = new();
        scratch.Write("m.nedge", "what was there before");
        ToolResult result = InterruptedOnceItRuns(
            scratch, r => r.ExitCode == KilledBySignal, "train", Greenhouse, "--target", "water,shade", "--hidden", "200,200", "-o", "m.nedge", "--json");
        StringAssert.Contains(result.MustFail(3), "Stopped");
        Assert.AreEqual("what was there before", File.ReadAllText(scratch.PathOf("m.nedge")));
        Assert.AreEqual(scratch.PathOf("m.nedge"), Directory.GetFiles(scratch.Folder, "m.*").Single());
    }

    [TestMethod]
    public void TheDemoCleansUp()
    {
        using Scratch scratch = new();
        int flashes = 0;
        ToolResult result = Interrupted(scratch, TimeSpan.FromMilliseconds(200), "It listens on", () => flashes = Directory.GetDirectories(scratch.Folder).Length, "demo");
        Assert.AreEqual(1, flashes);
        Assert.AreEqual(3, result.ExitCode, result.ToString());
        Assert.AreEqual("Stopped before it was finished.", result.Error.TrimEnd());

        // Its board's flash was in the folder of temporary files, which is this one.
        Assert.IsEmpty(Directory.GetDirectories(scratch.Folder));
    }

    [TestMethod]
    public void LookingEndsWell()
    {
        using Scratch scratch = new();
        using BoardProcess board = new(scratch.Folder);
        ToolResult lines = Interrupted(scratch, TimeSpan.FromMilliseconds(500), "y=", "monitor", "--port", board.Address);
        Assert.AreEqual(0, lines.ExitCode, lines.ToString());
        Assert.AreEqual("", lines.Error);

        // Without --count each line is a document, there as soon as it is true, and the last one is whole.
        ToolResult json = Interrupted(scratch, TimeSpan.FromMilliseconds(500), "{\"inference\":", "monitor", "--port", board.Address, "--json");
        Assert.AreEqual(0, json.ExitCode, json.ToString());
        StringAssert.EndsWith(json.Output, "}\n");
        long[] inferences = [.. json.Output.TrimEnd('\n').Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("inference").GetInt64())];
        Assert.IsGreaterThan(2, inferences.Length);
        CollectionAssert.AreEqual(Enumerable.Range(0, inferences.Length).Select(i => inferences[0] + i).ToArray(), inferences);

        // With it one document of as many as there were.
        json = InterruptedOnceItRuns(
            scratch, r => r.ExitCode is KilledBySignal or 3 || r.Output.StartsWith("[]", StringComparison.Ordinal), "monitor", "--port", board.Address, "--count", "1000000", "--json");
        Assert.IsGreaterThan(0, json.Json().GetArrayLength());
        Assert.AreEqual("", json.Error);

        // The board is free for the next at once.
        scratch.Run("info", "--port", board.Address).MustSucceed();
    }

    [TestMethod]
    public void WhatWasRecordedIsKept()
    {
        using Scratch scratch = new();
        using BoardProcess board = new(scratch.Folder);
        JsonElement json = InterruptedOnceItRuns(
            scratch, r => r.ExitCode is KilledBySignal or 3, "record", "--port", board.Address, "--label", "wet", "--count", "100000", "-o", "r.csv", "--json").Json();
        int rows = json.GetProperty("rows").GetInt32();
        Assert.IsGreaterThan(0, rows);
        Assert.HasCount(1 + rows, File.ReadAllLines(scratch.PathOf("r.csv")));
    }

    [TestMethod]
    public void AnInterruptedUploadLeavesTheOldModelAndCanBeRepeated()
    {
        using Scratch scratch = new();
        scratch.Write("net.nedge", Imported.Model(Net(), range: 1));
        using BoardProcess board = new(scratch.Folder);
        ToolResult result = Interrupted(scratch, TimeSpan.Zero, "sending  2", "upload", "net.nedge", "--port", board.Address);
        Assert.AreEqual(3, result.ExitCode, result.ToString());
        Assert.AreEqual("Stopped before it was finished.", result.Error.TrimEnd());
        Assert.AreEqual("factory", StateOf(scratch, board));
        Assert.IsGreaterThan(0, scratch.Run("upload", "net.nedge", "--port", board.Address, "--json").Json().GetProperty("resumed").GetInt32());
        Assert.AreEqual("confirmed", StateOf(scratch, board));
    }

    /// <summary>
    /// Interrupts a verb that prints nothing before its end: later and later, until it was not too early. How long a
    /// process takes to begin is the computer's affair.
    /// </summary>
    private static ToolResult InterruptedOnceItRuns(Scratch scratch, Predicate<ToolResult> tooEarly, params string[] arguments)
    {
        ToolResult result;
        double seconds = 0.3;
        do
        {
            seconds *= 1.3;
            result = Interrupted(scratch, TimeSpan.FromSeconds(seconds), null, arguments);
        }
        while (tooEarly(result) && seconds < 20);

        return result;
    }

    /// <summary>Runs the tool, and sends it SIGINT some time after it has printed a text (null: after its start).</summary>
    private static ToolResult Interrupted(Scratch scratch, TimeSpan after, string? text, params string[] arguments) =>
        Interrupted(scratch, after, text, () => { }, arguments);

    private static ToolResult Interrupted(Scratch scratch, TimeSpan after, string? text, Action look, params string[] arguments)
    {
        ProcessStartInfo start = new(Tool.DotNet, [Path.Combine(AppContext.BaseDirectory, "NeuralEdge.Cli.dll"), .. arguments])
        {
            WorkingDirectory = scratch.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = scratch.Folder;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = "";
        while (text is not null && !output.Contains(text, StringComparison.Ordinal))
        {
            string line = process.StandardOutput.ReadLine() ?? throw new AssertFailedException($"It ended before it said \"{text}\": {output} {error.GetAwaiter().GetResult()}");
            output += line + "\n";
        }

        Task<string> rest = process.StandardOutput.ReadToEndAsync();
        Thread.Sleep(after);
        Assert.IsFalse(process.HasExited, $"It ended before it could be interrupted: {output} {(process.HasExited ? error.GetAwaiter().GetResult() : "")}");
        look();
        Assert.AreEqual(0, kill(process.Id, Interrupt));
        long begin = Stopwatch.GetTimestamp();
        if (!process.WaitForExit(Tool.Patience))
        {
            process.Kill();
        }

        Assert.IsLessThan(10, Stopwatch.GetElapsedTime(begin).TotalSeconds, "it took too long to end");
        return new ToolResult(string.Join(' ', arguments), process.ExitCode, output + rest.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    // Not the program of that name: on a busy computer an upload is over before it has started.
    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int process, int signal);

    private static string? StateOf(Scratch scratch, BoardProcess board) =>
        scratch.Run("info", "--port", board.Address, "--json").Json().GetProperty("model").GetProperty("state").GetString();

    private static string Net()
    {
        string Row(int count, int row) => "[" + string.Join(',', Enumerable.Range(0, count).Select(i => ((((row * 31) + (i * 17)) % 41) - 20) / 64.0).Select(w => w.ToString(CultureInfo.InvariantCulture))) + "]";
        string Layer(int inputs, int neurons) => $$"""{"activation":"tanh","weights":[{{string.Join(',', Enumerable.Range(0, neurons).Select(n => Row(inputs, n)))}}]}""";
        return $$"""{"layers":[{{Layer(4, 64)}},{{Layer(64, 64)}},{{Layer(64, 4)}}]}""";
    }
}
