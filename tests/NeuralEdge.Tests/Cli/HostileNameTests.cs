using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Link;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Host;
using NeuralEdge.Networks;
using NeuralEdge.Tests.Link;

namespace NeuralEdge.Tests.Cli;

/// <summary>Names out of models, tables and boards that would move a cursor, forge a line or turn the direction of writing.</summary>
[TestClass]
[DoNotParallelize]
public sealed class HostileNameTests
{
    private const int Rounds = 12;

    private static readonly string[] Hostile =
    [
        "\u001b[2J", "\u001b]0;title\u0007", "\n", "\r", "\r\n", "\t", "\b", "\0", "\u007f", "\u009b31m", "\u0085", "\u2028", "\u2029",
        "\u202e", "\u2066", "\u200e", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\U000e0041", "<b>", "&amp;", "[red]", "\"", ",", "*/",
    ];

    [TestMethod]
    public void ALineIsOneLineOfWhatCanBeSeen()
    {
        Assert.AreEqual("soil (°C) 土壤 😀", Harmless.Line("soil (°C) 土壤 😀"));
        Assert.AreEqual("a\uFFFD[2Jb", Harmless.Line("a\u001b[2Jb"));
        Assert.AreEqual("a\uFFFDb\uFFFDc\uFFFDd", Harmless.Line("a\nb\u202ec\ud800d"));
        Assert.AreEqual("a\nb\uFFFDc", Harmless.Lines("a\nb\rc"));
        for (int c = 0; c <= 0x10FFFF; c++)
        {
            string text = char.ConvertFromUtf32(c is >= 0xD800 and < 0xE000 ? 0xFFFD : c);
            Assert.IsTrue(Harmless.Line(text) == text ? !IsHarmful(text) : IsHarmful(text), $"U+{c:X4}");
        }
    }

    [TestMethod]
    public void TheStreamsThemselvesLetNothingElseThrough()
    {
        using MemoryStream stream = new();
        using OutputWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        writer.WriteLine("a\u001b[2J\tb");
        writer.Write(new[] { '\u0007', 'c', '\r' }, 0, 3);
        Assert.AreEqual("a\uFFFD[2J\tb\n\uFFFDc\r", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [TestMethod]
    public void NamesOfAModelAndOfItsBoardAreShownHarmlessly()
    {
        using Scratch scratch = new();
        Random random = new(11);
        foreach (bool classifier in new[] { false, true })
        {
            for (int round = 0; round < Rounds / 2; round++)
            {
                string[] names = [.. Enumerable.Range(0, 8).Select(i => Name(random, i))];
                string[] plain = [.. Enumerable.Range(0, 8).Select(i => $"n{i}")];
                ToolResult[] hostile = [.. Shown(scratch, names, classifier)];
                ToolResult[] harmless = [.. Shown(scratch, plain, classifier)];
                for (int r = 0; r < hostile.Length; r++)
                {
                    MustBeHarmless(hostile[r].MustSucceed().Output + hostile[r].Error, hostile[r]);

                    // Nor has a name made a line of its own.
                    Assert.HasCount(harmless[r].MustSucceed().Output.Split('\n').Length, hostile[r].Output.Split('\n'), hostile[r].ToString());
                    if (hostile[r].Command.Contains("--json", StringComparison.Ordinal))
                    {
                        using JsonDocument document = JsonDocument.Parse(hostile[r].Output);
                    }
                }
            }
        }
    }

    [TestMethod]
    public void NamesOfATableAreShownAndWrittenHarmlessly()
    {
        using Scratch scratch = new();
        Random random = new(12);
        for (int round = 0; round < 4; round++)
        {
            // What a text file cannot hold at all is refused before anything is shown.
            string[] names = [.. Enumerable.Range(0, 5).Select(i => string.Concat(Name(random, i).Where(c => c >= ' ' && c != '\u007f' || c is '\n' or '\r' or '\t')))];
            StringBuilder table = new(string.Join(',', names.Take(3).Select(Quoted)) + "\n");
            for (int r = 0; r < 60; r++)
            {
                table.Append(CultureInfo.InvariantCulture, $"{r * 60},{r * 31 % 61 * 60},{Quoted(names[3 + (r / 30)])}\n");
            }

            scratch.Write("t.csv", table.ToString());
            string target = Harmless.Line(names[2].Trim());
            ToolResult[] results =
            [
                VerbRun.Run(null, "train", scratch.PathOf("t.csv"), "--target", target.Contains(',', StringComparison.Ordinal) ? "none" : target, "--hidden", "2", "-o", scratch.PathOf("m.nedge"), "--report", scratch.PathOf("m.html")),
                VerbRun.Run(null, "run", scratch.PathOf("m.nedge"), "--input", scratch.PathOf("t.csv"), "--class", "--output", scratch.PathOf("a.csv")),
                VerbRun.Run(null, "export", scratch.PathOf("m.nedge"), "--csharp", scratch.PathOf("M.cs")),
            ];
            foreach (ToolResult result in results)
            {
                MustBeHarmless(result.Output + result.Error, result);
            }

            if (results[0].ExitCode != 0)
            {
                // A name with a comma cannot be a target by that option; it is refused by name.
                Assert.IsTrue(target.Contains(',', StringComparison.Ordinal), results[0].ToString());
                continue;
            }

            results[1].MustSucceed();
            foreach (string file in new[] { "m.html", "a.csv", "M.cs" })
            {
                MustBeHarmless(File.ReadAllText(scratch.PathOf(file)), results[0]);
            }

            // Columns found again by the same names, and what was recorded can be read again.
            VirtualBoardRun(scratch.PathOf("m.nedge"), ["record", "--label", "dry", "--count", "3", "-o", scratch.PathOf("r.csv")], ["record", "--label", "x", "--count", "2", "-o", scratch.PathOf("r.csv")]);
            MustBeHarmless(File.ReadAllText(scratch.PathOf("r.csv")), results[0]);
            Assert.HasCount(6, File.ReadAllLines(scratch.PathOf("r.csv")));
            File.Delete(scratch.PathOf("r.csv"));
            File.Delete(scratch.PathOf("m.nedge"));
        }
    }

    [TestMethod]
    public void WhatIsRefusedIsNamedHarmlessly()
    {
        using Scratch scratch = new();
        scratch.Write("net.json", """{"layers":[{"weights":[[1]],"activation":"li\u001b[2Jnear\u202e\n"}],"x\u001b[1my":1}""");
        scratch.Write("bidi.json", """{"inputs":[{"name":"a\u202eb","min":0,"max":1}],"layers":[{"weights":[[1]],"activation":"linear"}]}""");
        foreach (string[] command in new string[][]
        {
            ["import", scratch.PathOf("net.json"), "-o", scratch.PathOf("m.nedge")],
            ["import", scratch.PathOf("bidi.json"), "-o", scratch.PathOf("m.nedge")],
            ["inspect", "no\u001b[2J\nsuch.nedge"],
            ["ver\u001b[2Jb"],
            ["record", "--label", "dry\u001b[2J\nwet", "--count", "3", "-o", "r.csv"],
            ["inspect", "m.nedge", "--opt\u202eion"],
            ["ask", "--port", "p\u001b[2J\n", "1"],
        })
        {
            ToolResult result = VerbRun.Run(null, command);
            MustBeHarmless(result.Output + result.Error, result);
        }
    }

    private static IEnumerable<ToolResult> Shown(Scratch scratch, string[] names, bool classifier)
    {
        FloatModel model = new(
            new FloatNetwork(new FloatLayer([[1, 0.5], [0.25, -1]], [0, 0.1], classifier ? Activation.Softmax : Activation.Linear)),
            [new InputSpec(names[0], names[1], -4, 4), new InputSpec(names[2], "", -4, 4)],
            [new OutputSpec(names[3], classifier ? "" : names[4]), new OutputSpec(names[5])]);
        byte[] file = Converter.Convert(new(model, classifier ? ModelTask.Classification : ModelTask.Regression, Examples.NoBoard, Profile.Exact, About: names[6].ReplaceLineEndings(" ").Replace('\0', ' '), AcceptError: double.PositiveInfinity, Work: Examples.QuickProof)).File.Bytes;
        string path = scratch.Write("m.nedge", file);
        string rows = scratch.Write("rows.csv", "1,2\n3,-4\n");
        foreach (string verb in new[] { "inspect", "inspect --json", $"run --input {rows} --class", $"run --input {rows} --json", $"export --csharp {scratch.PathOf("M.cs")}" })
        {
            string[] words = verb.Split(' ');
            yield return VerbRun.Run(null, [words[0], path, .. words[1..]]);
        }

        foreach (ToolResult result in VirtualBoardRun(path, ["info"], ["info", "--json"], ["ask", "1", "2"], ["ask", "1", "2", "--json"], ["monitor", "--count", "2"], ["monitor", "--count", "2", "--json"]))
        {
            yield return result;
        }
    }

    private static List<ToolResult> VirtualBoardRun(string model, params string[][] commands)
    {
        using VirtualBoard board = new();
        BoardLink Connect() => BoardLink.Connect(new LyingLine(board, frame => [Named(frame)]), board.Times);
        VerbRun.Run(Connect, "upload", model, "--port", "x").MustSucceed();
        return [.. commands.Select(command => VerbRun.Run(Connect, [.. command, "--port", "x"]).MustSucceed())];
    }

    private static byte[] Named(byte[] frame)
    {
        if (frame[1] == (int)LinkRequest.Info + LinkProtocol.Reply)
        {
            "bo\u001b[2Jard\r\n\u0007"u8.CopyTo(frame.AsSpan(LinkProtocol.HeaderLength + 128));
        }

        return frame;
    }

    private static void MustBeHarmless(string text, ToolResult result)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            Assert.IsTrue(rune.Value == '\n' || !IsHarmful(rune.ToString()), $"U+{rune.Value:X4} is shown by {result.Command}");
        }
    }

    private static bool IsHarmful(string text) => Rune.GetUnicodeCategory(Rune.GetRuneAt(text, 0))
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string Name(Random random, int index)
    {
        string name = $"n{index}";
        for (int k = random.Next(1, 4); k > 0; k--)
        {
            name += Hostile[random.Next(Hostile.Length)] + (char)('a' + random.Next(26));
        }

        return name;
    }

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
