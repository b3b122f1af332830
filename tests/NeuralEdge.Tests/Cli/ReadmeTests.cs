using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.Tests.Cli;

/// <summary>Every command that the README shows does what it is shown for.</summary>
[TestClass]
public sealed partial class ReadmeTests
{
    private const string FromSource = "dotnet run --project tools/NeuralEdge.Cli -- ";
    private const string Installed = "neuraledge ";
    private const string TestCommand = "dotnet test NeuralEdge.sln";
    private const string Pack = "dotnet pack tools/NeuralEdge.Cli -o .artifacts/tool";
    private const string Install = "dotnet tool install --global NeuralEdge.Cli --source .artifacts/tool";
    private const string InstallNanoff = "dotnet tool install --global nanoff";
    private const string BoardPort = "socket://127.0.0.1:7007";

    // Of nanoff 2.5; it cannot be run here.
    private static readonly string[] NanoffOptions = ["--update", "--platform", "--serialport", "--deploy", "--image", "--nanodevice", "--target", "--listports", "--devicedetails"];

    private static readonly string Readme = File.ReadAllText(Repository.PathOf("README.md")).ReplaceLineEndings("\n");

    [TestMethod]
    public void EveryCommandThatNeedsNoHardwareSucceeds()
    {
        using Scratch scratch = new();
        scratch.CopyExamples();
        int commands = 0;
        Task<ToolResult>? demo = null;
        BoardProcess? board = null;
        try
        {
            foreach (string line in Commands("sh"))
            {
                string? arguments = line.StartsWith(FromSource, StringComparison.Ordinal) ? line[FromSource.Length..]
                    : line.StartsWith(Installed, StringComparison.Ordinal) ? line[Installed.Length..]
                    : null;
                if (arguments is null)
                {
                    // Tried by other tests of this class, or by the run of the tests itself.
                    Assert.Contains(line, (string[])[TestCommand, Pack, Install]);
                }
                else if (arguments == "demo")
                {
                    // It mostly waits, for days that go by; the others need not wait for it.
                    demo = Task.Run(() => scratch.Run("demo"));
                }
                else if (arguments.StartsWith("simulate ", StringComparison.Ordinal))
                {
                    Assert.IsNull(board, "one board is enough");
                    board = new BoardProcess(scratch.Folder, arguments.Replace(BoardPort, "socket://127.0.0.1:0", StringComparison.Ordinal).Split(' ')[1..]);
                }
                else
                {
                    ToolResult result = scratch.Run(arguments.Replace(BoardPort, board?.Address, StringComparison.Ordinal).Split(' ')).MustSucceed();
                    Assert.DoesNotContain("   at ", result.Output + result.Error, line);
                }

                commands++;
            }
        }
        finally
        {
            board?.Dispose();
        }

        Assert.IsNotNull(demo);
        string story = demo.GetAwaiter().GetResult().MustSucceed().Output;
        foreach (string told in (string[])["Learning", "1.2382", "100%", "golden vectors", "GPIO18 on", "GPIO19 off", "bit for bit", "All of it worked"])
        {
            StringAssert.Contains(story, told);
        }

        Assert.IsGreaterThanOrEqualTo(15, commands);
        Assert.IsTrue(Directory.Exists(scratch.PathOf("board")), "the board's flash is the folder that the README names");
        Assert.HasCount(151, File.ReadAllLines(scratch.PathOf("answers.csv")));
    }

    [TestMethod]
    public void TheTestCommandIsTheOneThatTheRepositoryChecksItselfWith()
    {
        Assert.Contains(TestCommand, Commands("sh"));
        string ci = File.ReadAllText(Repository.PathOf(".ci/run"));
        StringAssert.Matches(ci, new($"^{Regex.Escape(TestCommand)}\\b", RegexOptions.Multiline));
        StringAssert.Matches(ci, new($"^{Regex.Escape(FromSource)}demo\\b", RegexOptions.Multiline));
    }

    [TestMethod]
    public void TheToolCanBePackedAndInstalledUnderTheNameInTheReadme()
    {
        string[] commands = [.. Commands("sh")];
        Assert.Contains(Pack, commands);
        Assert.Contains(Install, commands);
        using Scratch scratch = new();
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;

        // As in the README, but with what is built already, into folders of this test and not for the whole account.
        string[] pack = Pack.Replace(".artifacts/tool", scratch.PathOf("tool"), StringComparison.Ordinal).Split(' ')[1..];
        Tool.Run(Tool.DotNet, Repository.Root, [.. pack, "--no-build", "--configuration", configuration], Tool.Patience).MustSucceed();
        string[] install = Install.Replace("--global", "--tool-path " + scratch.PathOf("bin"), StringComparison.Ordinal)
            .Replace(".artifacts/tool", scratch.PathOf("tool"), StringComparison.Ordinal).Split(' ')[1..];
        Tool.Run(Tool.DotNet, scratch.Folder, install, Tool.Patience).MustSucceed();

        string program = scratch.PathOf(Path.Combine("bin", OperatingSystem.IsWindows() ? "neuraledge.exe" : "neuraledge"));
        StringAssert.Contains(Tool.Run(program, scratch.Folder, ["--help"], Tool.Patience).MustSucceed().Output, "simulate");
        scratch.Write("net.json", """{"inputs":[{"name":"a","min":-1,"max":1}],"layers":[{"weights":[[1]],"activation":"linear"}]}""");
        Tool.Run(program, scratch.Folder, ["import", "net.json", "-o", "net.nedge"], Tool.Patience).MustSucceed();
    }

    [TestMethod]
    public void TheCommandsForHardwareNameVerbsAndOptionsThatExist()
    {
        using Scratch scratch = new();
        int commands = 0;
        foreach (string line in Commands("sh hardware").Concat(Commands("bat")))
        {
            string[] words = line.Split(' ');
            string[] options = [.. words.Where(w => w.StartsWith('-'))];
            commands++;
            if (words[0] == "nanoff")
            {
                Violations.AssertNone($"Unknown to nanoff in: {line}", options.Except(NanoffOptions));
            }
            else if (words[0] is "nuget" or "msbuild")
            {
                // The Windows tools cannot be run everywhere; the files that they are given can be looked for.
                string[] files = [.. words.Where(w => w.Contains('\\', StringComparison.Ordinal)).Select(w => w.Replace('\\', '/'))];
                Assert.IsNotEmpty(files, line);
                Violations.AssertNone($"No such file in: {line}", files.Where(f => !File.Exists(Repository.PathOf(f))));
            }
            else if (line != InstallNanoff)
            {
                Assert.AreEqual("neuraledge", words[0], line);
                Assert.Contains(words[1], Verbs.All, line);
                string help = scratch.Run(words[1], "--help").MustSucceed().Output;
                Violations.AssertNone($"Unknown to the tool in: {line}", options.Where(o => !Regex.IsMatch(help, $@"(^|[\s,]){Regex.Escape(o)}[\s,]")));
            }
        }

        Assert.IsGreaterThanOrEqualTo(8, commands);
    }

    [TestMethod]
    public void EveryFenceWithCommandsIsKnownToTheseTests()
    {
        string[] kinds = [.. Fence().Matches(Readme).Select(m => m.Groups["kind"].Value).Where(k => k.Length > 0).Distinct()];
        Violations.AssertNone("Fences that nobody tries", kinds.Except(["sh", "sh hardware", "bat", "json", "csharp", "csharp fragment"]));
    }

    [TestMethod]
    public void EveryFileThatTheReadmeLinksToExists()
    {
        IEnumerable<string> targets = Link().Matches(Readme).Select(m => m.Groups["target"].Value).Where(t => !t.Contains("://", StringComparison.Ordinal) && !t.StartsWith('#'));
        Violations.AssertNone("Links to nothing", targets.Where(t => !File.Exists(Repository.PathOf(t)) && !Directory.Exists(Repository.PathOf(t))));
    }

    private static IEnumerable<string> Commands(string kind) => Fence().Matches(Readme)
        .Where(m => m.Groups["kind"].Value == kind)
        .SelectMany(m => m.Groups["text"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    [GeneratedRegex(@"^```(?<kind>[^\n]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
