using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Tests.Cli;
using NeuralEdge.Tests.DeviceSurface;
using NeuralEdge.Tests.Documents;

namespace NeuralEdge.Tests.Architecture;

/// <summary>"dotnet new neuraledge" makes the firmware's project with a name of its own and packages for projects.</summary>
[TestClass]
public sealed class TemplateTests
{
    internal const string Pack = "dotnet pack tools/NeuralEdge.Template -o .artifacts/template";
    internal const string Install = "dotnet new install .artifacts/template/NeuralEdge.Template.0.1.0.nupkg";
    internal const string Make = "dotnet new neuraledge -n PumpHouse -o ../PumpHouse";
    internal const string Copy = "cp device-packages/*.nupkg ../PumpHouse/device-packages";

    private const string Firmware = "firmware/NeuralEdge.Firmware/NeuralEdge.Firmware.nfproj";

    [TestMethod]
    public void AProjectOfOnesOwnIsTheFirmwareWithPackagesForProjects()
    {
        using Scratch scratch = new();
        string hive = scratch.PathOf("hive");
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        string[] pack = CommandTests.Words(Pack.Replace(".artifacts/template", scratch.Folder, StringComparison.Ordinal))[1..];
        Tool.Run(Tool.DotNet, Repository.Root, [.. pack, "--no-build", "--configuration", configuration], Tool.Patience).MustSucceed();
        string[] install = CommandTests.Words(Install.Replace(".artifacts/template", scratch.Folder, StringComparison.Ordinal))[1..];
        Tool.Run(Tool.DotNet, scratch.Folder, [.. install, "--debug:custom-hive", hive], Tool.Patience).MustSucceed();
        string clone = Directory.CreateDirectory(scratch.PathOf("clone")).FullName;
        Tool.Run(Tool.DotNet, clone, [.. CommandTests.Words(Make)[1..], "--debug:custom-hive", hive], Tool.Patience).MustSucceed();
        Assert.IsEmpty(Directory.GetFileSystemEntries(clone), "the project is beside the clone");

        // Where the last line of the guide puts the packages, NuGet looks for them.
        string packages = CommandTests.Words(Copy)[^1];
        string config = scratch.PathOf("PumpHouse/nuget.config");
        Assert.AreEqual("device-packages", (string?)XDocument.Load(config).Descendants("packageSources").Elements("add").Single().Attribute("value"));
        Assert.IsTrue(Directory.Exists(Path.Combine(clone, packages)), packages);

        DeviceProject firmware = new(Firmware);
        DeviceProject made = new(scratch.PathOf("PumpHouse/PumpHouse.nfproj"));
        Assert.AreEqual("PumpHouse", made.Property("AssemblyName"));
        Assert.AreNotEqual(firmware.Property("ProjectGuid"), made.Property("ProjectGuid"));
        StringAssert.Contains(File.ReadAllText(scratch.PathOf("PumpHouse/PumpHouse.sln")), $"\"PumpHouse.nfproj\", \"{made.Property("ProjectGuid")}\"");
        CollectionAssert.AreEqual(firmware.Sources.ToArray(), made.Sources.ToArray());
        Assert.IsEmpty(made.ProjectReferences);

        // Nothing of the repository is referred to.
        Violations.AssertNone(
            "Files that name the repository",
            Directory.GetFiles(scratch.PathOf("PumpHouse"), "*", SearchOption.AllDirectories).Where(file => Regex.IsMatch(File.ReadAllText(file), @"NeuralEdge\.Firmware|\.\.\\")));

        string version = XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;
        string[] own = [.. firmware.ReferencedProjects.Select(project => Path.GetFileNameWithoutExtension(project))];
        CollectionAssert.AreEquivalent(
            own.Select(name => $"{name} {version}").Concat(firmware.Packages.Select(package => $"{package.Key} {package.Value}")).ToArray(),
            made.Packages.Select(package => $"{package.Key} {package.Value}").ToArray());
        CollectionAssert.AreEquivalent(
            own.Select(name => $@"packages\{name}.{version}\lib\{name}.dll").Concat(firmware.References.Select(reference => reference.File[@"..\..\".Length..])).ToArray(),
            made.References.Select(reference => reference.File).ToArray());

        // In its own namespace, too, the sources find all that they name.
        Assert.IsNotEmpty(DeviceBuild.ModuleOf(made.SourcePaths.Select(File.ReadAllText), [.. firmware.ReferencedProjects]).Types);
    }

    /// <summary>The guide's commands, on stand-ins for what the firmware's build leaves, which takes other tools.</summary>
    [TestMethod]
    public void TheGuidePacksEveryPackageThatTheProjectNeedsAndWhereItLooks()
    {
        string[] lines = [.. new Document("tools/NeuralEdge.Template/README.md").Fences.SelectMany(fence => fence.Lines).Where(line => line.Contains(".nuspec", StringComparison.Ordinal))];
        string[] projects = [.. new DeviceProject(Firmware).ReferencedProjects];
        CollectionAssert.AreEquivalent(projects.Select(project => $"dotnet pack {Path.ChangeExtension(project, ".nuspec")} -o {CommandTests.Words(Copy)[1].Split('/')[0]}").ToArray(), lines);

        using Scratch clone = new();
        File.Copy(Repository.PathOf("README.md"), clone.PathOf("README.md"));
        File.Copy(Repository.PathOf("LICENSE"), clone.PathOf("LICENSE"));
        foreach (string project in projects)
        {
            string folder = Path.GetDirectoryName(project)!;
            string name = Path.GetFileName(folder);
            Directory.CreateDirectory(clone.PathOf($"{folder}/bin/Release"));
            File.Copy(Repository.PathOf($"{folder}/{name}.nuspec"), clone.PathOf($"{folder}/{name}.nuspec"));
            Array.ForEach(["dll", "pe", "pdbx", "xml"], ending => clone.Write($"{folder}/bin/Release/{name}.{ending}", "built"));
        }

        foreach (string line in lines)
        {
            Tool.Run(Tool.DotNet, clone.Folder, CommandTests.Words(line)[1..], Tool.Patience).MustSucceed();
        }

        string version = XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;
        foreach (string name in projects.Select(project => Path.GetFileNameWithoutExtension(project)!))
        {
            using ZipArchive package = ZipFile.OpenRead(clone.PathOf($"device-packages/{name}.{version}.nupkg"));
            Assert.IsNotNull(package.GetEntry($"lib/{name}.pe"), name);
        }
    }

    [TestMethod]
    public void TheReleaseHasAnImageForEveryTargetOfTheHardwareGuide()
    {
        string[] named = [.. Regex.Matches(File.ReadAllText(Repository.PathOf("firmware/README.md")), @"`(ESP32(?:_[A-Z0-9]+)+)`").Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];
        string workflow = File.ReadAllText(Repository.PathOf(".github/workflows/release.yml"));
        string[] built = [.. Regex.Match(workflow, @"target: \[(.*)\]").Groups[1].Value.Split(", ").Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(named, built);
    }
}
