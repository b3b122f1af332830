using System.IO.Compression;
using System.Text.RegularExpressions;
using NeuralEdge.Tests.Cli;

namespace NeuralEdge.Tests.Documents;

/// <summary>What a newcomer is promised on the first page.</summary>
[TestClass]
public sealed class ReadmeTests
{
    internal const string Pack = "dotnet pack tools/NeuralEdge.Cli -o .artifacts/tool";
    internal const string Install = "dotnet tool install --global NeuralEdge.Cli --source .artifacts/tool";

    private const string Demo = "dotnet run --project tools/NeuralEdge.Cli -- demo";
    private const string TestCommand = "dotnet test NeuralEdge.sln";
    private const int MostWords = 1400;
    private const int FirstScreen = 40;

    private static readonly Document Readme = new("README.md");

    private static string[] Commands => [.. Readme.Fences.Where(fence => fence.Kind == "sh").SelectMany(fence => fence.Lines)];

    [TestMethod]
    public void TheFirstCommandIsTheDemoAndTheOthersAreThoseThatTheRepositoryChecksItselfWith()
    {
        Assert.AreEqual(Demo, Commands[0]);
        Assert.Contains(TestCommand, Commands);
        string ci = File.ReadAllText(Repository.PathOf(".ci/run"));
        StringAssert.Matches(ci, new($"^{Regex.Escape(TestCommand)}\\b", RegexOptions.Multiline));
        StringAssert.Matches(ci, new($"^{Regex.Escape(Demo)}\\b", RegexOptions.Multiline));
    }

    [TestMethod]
    public void TheReadmeIsShortAndSaysFirstWhatHasRunOnHardware()
    {
        Assert.IsLessThanOrEqualTo(MostWords, Readme.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);
        string first = string.Join('\n', Readme.Text.Split('\n').Take(FirstScreen));
        StringAssert.Contains(first, "Nobody has run NeuralEdge on an ESP32 yet.");
        StringAssert.Contains(first, Demo);
        StringAssert.Contains(first, ".svg)");
    }

    [TestMethod]
    public void TheToolCanBePackedAndInstalledUnderTheNameInTheReadme()
    {
        Assert.Contains(Pack, Commands);
        Assert.Contains(Install, Commands);
        using Scratch scratch = new();
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;

        // As in the README, but with what is built already, into folders of this test and not for the whole account.
        string[] pack = CommandTests.Words(Pack.Replace(".artifacts/tool", scratch.PathOf("tool"), StringComparison.Ordinal))[1..];
        Tool.Run(Tool.DotNet, Repository.Root, [.. pack, "--no-build", "--configuration", configuration], Tool.Patience).MustSucceed();
        using (ZipArchive package = ZipFile.OpenRead(Directory.GetFiles(scratch.PathOf("tool"), "*.nupkg").Single()))
        {
            // What the studio's pages load, which is left out without a word when a project file is not as it must be.
            string[] wanted = ["_framework/blazor.web.js", "_content/MudBlazor/MudBlazor.min.css", "_content/NeuralEdge.Studio/plot.js"];
            Violations.AssertNone("files of the studio that are not packed", wanted.Where(file => !package.Entries.Any(entry => entry.FullName.EndsWith("wwwroot/" + file, StringComparison.Ordinal))));
        }

        string[] install = CommandTests.Words(Install.Replace("--global", "--tool-path " + scratch.PathOf("bin"), StringComparison.Ordinal)
            .Replace(".artifacts/tool", scratch.PathOf("tool"), StringComparison.Ordinal))[1..];
        Tool.Run(Tool.DotNet, scratch.Folder, install, Tool.Patience).MustSucceed();

        string program = scratch.PathOf(Path.Combine("bin", OperatingSystem.IsWindows() ? "neuraledge.exe" : "neuraledge"));
        StringAssert.Contains(Tool.Run(program, scratch.Folder, ["--help"], Tool.Patience).MustSucceed().Output, "simulate");
        scratch.Write("net.json", """{"inputs":[{"name":"a","min":-1,"max":1}],"layers":[{"weights":[[1]],"activation":"linear"}]}""");
        Tool.Run(program, scratch.Folder, ["import", "net.json", "-o", "net.nedge"], Tool.Patience).MustSucceed();
    }
}
