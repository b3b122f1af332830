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
    internal const string Make = "dotnet new neuraledge -n PumpHouse";

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
        Tool.Run(Tool.DotNet, scratch.Folder, [.. CommandTests.Words(Make)[1..], "--debug:custom-hive", hive], Tool.Patience).MustSucceed();

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

    [TestMethod]
    public void TheReleaseHasAnImageForEveryTargetOfTheHardwareGuide()
    {
        string[] named = [.. Regex.Matches(File.ReadAllText(Repository.PathOf("firmware/README.md")), @"`(ESP32(?:_[A-Z0-9]+)+)`").Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];
        string workflow = File.ReadAllText(Repository.PathOf(".github/workflows/release.yml"));
        string[] built = [.. Regex.Match(workflow, @"target: \[(.*)\]").Groups[1].Value.Split(", ").Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(named, built);
    }
}
