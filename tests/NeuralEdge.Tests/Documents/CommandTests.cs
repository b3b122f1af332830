using System.Reflection;
using System.Text.RegularExpressions;
using NeuralEdge.Tests.Architecture;
using NeuralEdge.Tests.Cli;

namespace NeuralEdge.Tests.Documents;

/// <summary>
/// Every command that a document shows does what it is shown for. Those of a document are run one after the other in one folder,
/// with the examples in it and, once "simulate" stands there, a board; a fence of text behind them is what they print.
/// </summary>
[TestClass]
public sealed partial class CommandTests
{
    private const string FromSource = "dotnet run --project tools/NeuralEdge.Cli -- ";
    private const string Installed = "neuraledge ";
    private const string BoardPort = "socket://127.0.0.1:7007";

    /// <summary>Commands that other tests try, because they take long or are the run of the tests itself.</summary>
    private static readonly Dictionary<string, string> TriedBy = new()
    {
        ["dotnet test NeuralEdge.sln"] = "ReadmeTests.TheFirstCommandIsTheDemoAndTheOthersAreThoseThatTheRepositoryChecksItselfWith",
        [ReadmeTests.Pack] = "ReadmeTests.TheToolCanBePackedAndInstalledUnderTheNameInTheReadme",
        ["dotnet run --project tools/NeuralEdge.Benchmarks -- device"] = "DeviceProgramTests.EveryShapeAndKernelHasALineWithAllColumns",
        ["dotnet run -c Release --project tools/NeuralEdge.Benchmarks -- scores"] = "ScoresThatHoldTests.EveryTableOfAFolderHasALine",
        ["dotnet run -c Release --project tools/NeuralEdge.Benchmarks -- scores drift"] = "ScoresThatHoldTests.WhatIsPrintedOfALogHoldsForWhatComesLater",
        ["dotnet run -c Release --project tools/NeuralEdge.Benchmarks -- scores windows"] = "GestureTests.FeaturesKnowGesturesOfOtherPeopleBetterThanAllSamplesAndInLess",
        ["dotnet run -c Release --project tools/NeuralEdge.Benchmarks -- scores normal"] = "MachineTests.ABoardFindsADryPumpWithinFiveSecondsAndHasNoFalseAlarm",
        ["dotnet run --project tools/NeuralEdge.Generators -- export 16,32,16,4 tools/NeuralEdge.Benchmarks/Device/Exported16x32x16x4.cs"] = "ExportedNetworksTests.LargerOnesCanBeWritten",
        ["NEURALEDGE_PLANTED=1000 dotnet test tests/NeuralEdge.Tests --filter FullyQualifiedName~CheckerTests"] = "CheckerTests.WhatIsWrongIsRejected",
        ["NEURALEDGE_BOUND_SEEDS=5 NEURALEDGE_BOUND_EFFORT=100 dotnet test tests/NeuralEdge.Tests -c Release --filter FullyQualifiedName~BoundCampaign --logger \"console;verbosity=detailed\""] = "BoundCampaign.NearDataABoundIsAFewTimesTheWorstError",
        ["NEURALEDGE_BOUND_DEPTH=3 NEURALEDGE_BOUND_SEEDS=5 NEURALEDGE_BOUND_EFFORT=250 dotnet test tests/NeuralEdge.Tests -c Release --filter FullyQualifiedName~BoundCampaign --logger \"console;verbosity=detailed\""] = "BoundCampaign.NearDataABoundIsAFewTimesTheWorstError",
        ["NEURALEDGE_BOUND_SEEDS=5 dotnet test tests/NeuralEdge.Tests --filter FullyQualifiedName~BoundCampaign --logger \"console;verbosity=detailed\""] = "BoundCampaign.NearDataABoundIsAFewTimesTheWorstError",
        ["dotnet build tests/NeuralEdge.Tests -p:RunAnalyzers=false"] = "PlantedDefectTests.OneDefectShowsAndAnEquivalentOneDoesNot",
        ["dotnet run --project tests/NeuralEdge.PlantedDefects"] = "PlantedDefectTests.OneDefectShowsAndAnEquivalentOneDoesNot",
        ["dotnet run --project tests/NeuralEdge.PlantedDefects -- --seed 3 --quick 1 --workers 2"] = "PlantedDefectTests.OneDefectShowsAndAnEquivalentOneDoesNot",
        ["dotnet run --project tests/NeuralEdge.PlantedDefects -- --list tests/NeuralEdge.PlantedDefects/missed.txt"] = "PlantedDefectTests.AWrittenDefectHasToStandWhereItSays",
        ["dotnet run --project tests/NeuralEdge.PlantedDefects -- --list tests/NeuralEdge.PlantedDefects/fresh.txt --quick 1"] = "PlantedDefectTests.AWrittenDefectHasToStandWhereItSays",
        ["dotnet run --project tests/NeuralEdge.PlantedDefects -- --list tests/NeuralEdge.PlantedDefects/windows.txt --quick 1"] = "PlantedDefectTests.AWrittenDefectHasToStandWhereItSays",
        ["dotnet run -c Release --project tools/NeuralEdge.Benchmarks -- scores windows 4711"] = "GestureTests.FeaturesKnowGesturesOfOtherPeopleBetterThanAllSamplesAndInLess",
        [TemplateTests.Pack] = "TemplateTests.AProjectOfOnesOwnIsTheFirmwareWithPackagesForProjects",
        [TemplateTests.Install] = "TemplateTests.AProjectOfOnesOwnIsTheFirmwareWithPackagesForProjects",
        [TemplateTests.Copy] = "TemplateTests.AProjectOfOnesOwnIsTheFirmwareWithPackagesForProjects",
        [TemplateTests.Make] = "TemplateTests.AProjectOfOnesOwnIsTheFirmwareWithPackagesForProjects",
        [ReadmeTests.Install] = "ReadmeTests.TheToolCanBePackedAndInstalledUnderTheNameInTheReadme",
    };

    public static IEnumerable<object[]> DocumentsWithCommands =>
        Document.All.Where(document => document.Fences.Any(fence => fence.Kind == "sh")).Select(document => new object[] { document.Path });

    [TestMethod]
    [DynamicData(nameof(DocumentsWithCommands))]
    public void EveryCommandThatNeedsNoHardwareSucceedsAndPrintsWhatTheDocumentShows(string path)
    {
        using Scratch scratch = new();
        Directory.CreateDirectory(scratch.PathOf("tools/examples"));
        foreach (string file in Directory.GetFiles(Repository.PathOf("tools/examples")))
        {
            File.Copy(file, Path.Combine(scratch.PathOf("tools/examples"), Path.GetFileName(file)));
        }

        Task<ToolResult>? demo = null;
        BoardProcess? board = null;
        string printed = "";
        try
        {
            foreach (Fence fence in new Document(path).Fences)
            {
                if (fence.Kind.StartsWith("text", StringComparison.Ordinal))
                {
                    ExpectedOutput.MustBeIn(fence, printed, path);
                }
                else if (fence.Kind == "sh")
                {
                    printed = "";
                    foreach (string line in fence.Lines)
                    {
                        string? command = ArgumentsOf(line);
                        if (command == "demo")
                        {
                            // It mostly waits, for days that go by; the others need not wait for it.
                            demo = Task.Run(() => scratch.Run("demo"));
                        }
                        else if (command?.StartsWith("simulate ", StringComparison.Ordinal) == true)
                        {
                            Assert.IsNull(board, "one board is enough");
                            board = new BoardProcess(scratch.Folder, Words(command.Replace(BoardPort, "socket://127.0.0.1:0", StringComparison.Ordinal))[1..]);
                            printed += string.Join('\n', board.Output).Replace(board.Address, BoardPort, StringComparison.Ordinal);
                        }
                        else if (command is null)
                        {
                            MustBeTriedElsewhere(line);
                        }
                        else
                        {
                            ToolResult result = scratch.Run(Words(command.Replace(BoardPort, board?.Address, StringComparison.Ordinal))).MustSucceed();
                            Assert.DoesNotContain("   at ", result.Output + result.Error, line);
                            printed += (result.Output + result.Error).Replace(board?.Address ?? BoardPort, BoardPort, StringComparison.Ordinal);
                        }
                    }
                }
            }
        }
        finally
        {
            board?.Dispose();
        }

        if (demo is not null)
        {
            string story = demo.GetAwaiter().GetResult().MustSucceed().Output;
            foreach (string told in (string[])["Learning", "1.2382", "100%", "golden vectors", "GPIO18 on", "GPIO19 off", "bit for bit", "All of it worked"])
            {
                StringAssert.Contains(story, told);
            }
        }
    }

    [TestMethod]
    public void CommandsForHardwareNameVerbsAndOptionsThatExist()
    {
        int commands = 0;
        foreach (string line in Document.All.SelectMany(document => document.Fences).Where(fence => fence.Kind is "sh hardware" or "bat").SelectMany(fence => fence.Lines))
        {
            commands++;
            OtherPrograms.MustBePossible(line);
        }

        Assert.IsGreaterThanOrEqualTo(15, commands);
    }

    [TestMethod]
    public void CommandsInRunningTextNameVerbsAndOptionsThatExist()
    {
        string[] lines = [.. Document.All.SelectMany(document => document.Codes).Where(code => CommandStart().IsMatch(code)).Distinct()];
        Array.ForEach(lines, OtherPrograms.MustBePossible);
        Assert.IsGreaterThanOrEqualTo(8, lines.Length);
    }

    [TestMethod]
    public void EveryKindOfFenceIsTried()
    {
        string[] known = ["", "sh", "sh hardware", "bat", "text", "text live", "json", "csharp", "csharp fragment", "hex"];
        Violations.AssertNone(
            "Fences that nobody tries",
            Document.All.SelectMany(document => document.Fences.Where(fence => !known.Contains(fence.Kind)).Select(fence => $"{document.Path}: {fence.Kind}")));
    }

    internal static string[] Words(string command) => command.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string? ArgumentsOf(string line) => line.StartsWith(FromSource, StringComparison.Ordinal) ? line[FromSource.Length..]
        : line.StartsWith(Installed, StringComparison.Ordinal) ? line[Installed.Length..]
        : null;

    private static void MustBeTriedElsewhere(string line)
    {
        Match filtered = FilteredTests().Match(line);
        if (filtered.Success)
        {
            Assert.IsTrue(
                typeof(CommandTests).Assembly.GetTypes().Any(type => type.FullName!.Contains(filtered.Groups["name"].Value, StringComparison.Ordinal) && type.IsDefined(typeof(TestClassAttribute))),
                line);
            return;
        }

        Assert.IsTrue(TriedBy.TryGetValue(line, out string? test), $"no test tries: {line}");
        string[] name = test!.Split('.');
        Assert.IsNotNull(Array.Find(typeof(CommandTests).Assembly.GetTypes(), type => type.Name == name[0])?.GetMethod(name[1]), test);
    }

    [GeneratedRegex(@"^(neuraledge|nanoff|nanoclr|dotnet (run|test|build|pack|tool)) ")]
    private static partial Regex CommandStart();

    [GeneratedRegex(@"^(NEURALEDGE_[A-Z_]+=\d+ )*dotnet test tests/NeuralEdge\.Tests --filter FullyQualifiedName~(?<name>[\w.]+)$")]
    private static partial Regex FilteredTests();
}
