using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.Tests.Cli;

/// <summary>Outputs that are closed, full, or read by nobody: every verb ends by itself, quietly, and does not call that success.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class LostOutputTests
{
    private const string Net = """{"inputs":[{"name":"a","min":-1,"max":1},{"name":"b","min":-1,"max":1}],"layers":[{"weights":[[1,0.5]],"activation":"linear"}],"outputs":[{"name":"y"}]}""";

    private static readonly string Rows = "a,b,y\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i / 20.0:0.00},{i % 7 / 7.0:0.00},{i}\n"));

    [TestMethod]
    [DataRow("--help")]
    [DataRow("train --help")]
    [DataRow("--version")]
    [DataRow("inspect m.nedge")]
    [DataRow("inspect m.nedge --verify --json")]
    [DataRow("run m.nedge --input rows.csv")]
    [DataRow("verify m.nedge --reference net.json --input rows.csv")]
    [DataRow("export m.nedge --csharp M.cs")]
    [DataRow("import net.json -o n.nedge")]
    [DataRow("train rows.csv --target y --hidden 2 -o n.nedge --report n.html")]
    [DataRow("simulate --duration 0.2")]
    public void WordsThatAreLostAreNoSuccess(string verb)
    {
        using Scratch scratch = Files();
        MustEndQuietly(scratch, verb);
        if (verb.Contains(" -o ", StringComparison.Ordinal))
        {
            // The work itself was not lost.
            Assert.IsTrue(File.Exists(scratch.PathOf("n.nedge")), verb);
        }
    }

    [TestMethod]
    public void SoItIsWithABoard()
    {
        using Scratch scratch = Files();
        using BoardProcess board = new(scratch.Folder);
        foreach (string verb in new[] { "upload m.nedge", "info", "ask 0.5 0.5", "verify m.nedge --input rows.csv", "monitor", "record --label x --count 2 -o r.csv", "reset", "revert", "confirm" })
        {
            MustEndQuietly(scratch, $"{verb} --port {board.Address}");
        }
    }

    [TestMethod]
    [DataRow("run m.nedge --input rows.csv --output /dev/full")]
    [DataRow("export m.nedge --csharp /dev/full --class M")]
    [DataRow("import net.json -o /dev/full")]
    [DataRow("import net.json -o n.nedge --report /dev/full")]
    [DataRow("import net.json -o /dev/full --report n.html")]
    public void AFullDeviceIsRefusedAndLeavesNoHalfFile(string command)
    {
        using Scratch scratch = Files();
        string[] before = Directory.GetFiles(scratch.Folder);
        StringAssert.Contains(scratch.Run(command.Split(' ')).MustFail(2), "/dev/full");
        CollectionAssert.AreEquivalent(before, Directory.GetFiles(scratch.Folder));
    }

    [TestMethod]
    public void WhatIsSaidOnStandardErrorMayBeLostButNotTheExitCode()
    {
        using Scratch scratch = Files();
        Assert.AreEqual(2, Shell(scratch, "inspect nothere.nedge 2>&-").ExitCode);
        Assert.AreEqual(2, Shell(scratch, "inspect nothere.nedge 2>/dev/full").ExitCode);
        Assert.AreEqual(1, Shell(scratch, "nonsense >&- 2>&-").ExitCode);

        // Nothing was said there, so nothing is lost.
        Assert.AreEqual(0, Shell(scratch, "inspect m.nedge 2>&-").ExitCode);
        Assert.AreEqual(0, Shell(scratch, "inspect m.nedge 2>/dev/full").ExitCode);
    }

    private static void MustEndQuietly(Scratch scratch, string command)
    {
        foreach (string where in new[] { ">&-", ">/dev/full" })
        {
            ToolResult lost = Shell(scratch, $"{command} {where}");
            Assert.IsTrue(lost.ExitCode is 2 or 3, lost.ToString());
            string[] said = lost.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.IsTrue(said.Length > 0 && said[^1].EndsWith('.'), lost.ToString());
            MustBeQuiet(lost);
        }

        // The reader is gone before a word comes; it knows that itself.
        ToolResult unread = Shell(scratch, $"{command} | true; exit ${{PIPESTATUS[0]}}");
        Assert.IsTrue(unread.ExitCode is 2 or 3, unread.ToString());
        Assert.DoesNotContain("standard output", unread.Error, unread.ToString());
        MustBeQuiet(unread);
    }

    private static void MustBeQuiet(ToolResult result)
    {
        Assert.DoesNotContain("nobody foresaw", result.Error, result.ToString());
        Assert.DoesNotContain("   at ", result.Error, result.ToString());
        Assert.DoesNotContain("Unhandled", result.Error, result.ToString());
    }

    private static ToolResult Shell(Scratch scratch, string command) => Tool.Run(
        "bash", scratch.Folder, ["-c", $"'{Tool.DotNet}' '{Path.Combine(AppContext.BaseDirectory, "NeuralEdge.Cli.dll")}' {command}"], Tool.Patience);

    private static Scratch Files()
    {
        Scratch scratch = new();
        scratch.Write("net.json", Net);
        scratch.Write("rows.csv", Rows);
        scratch.Write("m.nedge", Imported.Model(Net));
        return scratch;
    }
}
