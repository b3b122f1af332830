using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.Tests.Architecture;

/// <summary>What a device project says twice, or in two files, says the same.</summary>
[TestClass]
public sealed class DeviceProjectTests
{
    public static IEnumerable<object[]> Projects => DeviceProject.AllPaths.Select(path => new object[] { path });

    [TestMethod]
    public void EveryDeviceProjectIsFound()
    {
        string[] expected =
        [
            "firmware/NeuralEdge.Firmware/NeuralEdge.Firmware.nfproj",
            "shared/NeuralEdge.Board/NeuralEdge.Board.nfproj",
            "shared/NeuralEdge.Networks/NeuralEdge.Networks.nfproj",
            "shared/NeuralEdge.Turbo/NeuralEdge.Turbo.nfproj",
            "shared/NeuralEdge/NeuralEdge.nfproj",
            "tests/NeuralEdge.DeviceTests/NeuralEdge.DeviceTests.nfproj",
            "tools/NeuralEdge.Benchmarks/Device/NeuralEdge.DeviceBenchmarks.nfproj",
        ];
        CollectionAssert.AreEqual(expected, DeviceProject.AllPaths.ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void EverySourceFileOfTheFolderIsInTheProjectOnceAndNothingElse(string path)
    {
        var project = new DeviceProject(path);
        string[] wanted =
        [
            .. Directory.EnumerateFiles(project.Folder, "*.cs", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(project.Folder, file).Replace('/', '\\'))
                .Where(file => !file.StartsWith("bin\\", StringComparison.Ordinal) && !file.StartsWith("obj\\", StringComparison.Ordinal)),
        ];
        string[] own = [.. project.Sources.Where(file => !project.LinkedSources.Contains(file))];
        Violations.AssertNone(
            $"{path} lacks these lines",
            wanted.Except(own).Order(StringComparer.OrdinalIgnoreCase).Select(file => $"    <Compile Include=\"{file}\" />"));
        Violations.AssertNone($"{path} lists files that do not exist", own.Except(wanted));
        Assert.HasCount(wanted.Length, own, $"{path} lists a file twice");
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void ALinkedSourceFileIsOfAnotherFolderAndExists(string path)
    {
        var project = new DeviceProject(path);
        foreach (string file in project.LinkedSources)
        {
            Assert.StartsWith(project.Up, file, path);
            Assert.IsTrue(File.Exists(Path.Combine(project.Folder, file.Replace('\\', Path.DirectorySeparatorChar))), $"{path}: {file}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void EveryReferenceIsToThePackageAndVersionOfPackagesConfig(string path)
    {
        var project = new DeviceProject(path);
        foreach ((string name, string file) in project.References)
        {
            KeyValuePair<string, string>[] found = [.. project.Packages.Where(package => file.StartsWith($"{project.Up}packages\\{package.Key}.{package.Value}\\lib\\", StringComparison.Ordinal))];
            Assert.HasCount(1, found, $"{path}: {file} is of no package in packages.config");

            // The test launcher is the one assembly of the platform that carries no version.
            string version = name.StartsWith("nanoFramework.UnitTestLauncher,", StringComparison.Ordinal) ? "0.0.0" : found[0].Value;
            string assembly = Path.GetFileNameWithoutExtension(file.Split('\\')[^1]);
            Assert.AreEqual($"{assembly}, Version={version}.0, Culture=neutral, PublicKeyToken=c07d481e9758c731", name, path);
        }

        foreach (string id in project.Packages.Keys)
        {
            string file = $"{project.Up}packages\\{id}.{project.Packages[id]}\\lib\\{DevicePackage.All[id].Assembly}.dll";
            Assert.AreEqual(1, project.References.Count(reference => reference.File == file), $"{path}: references to {file}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void EveryPackageHasThePinnedVersionAndAllItNeeds(string path)
    {
        var project = new DeviceProject(path);
        foreach ((string id, string version) in project.Packages)
        {
            Assert.IsTrue(DevicePackage.All.TryGetValue(id, out DevicePackage? package), $"{path}: {id} is not in DevicePackages.txt");
            Assert.AreEqual(package.Version, version, $"{path}: {id}");
            foreach (string needed in package.Needs)
            {
                Assert.IsTrue(project.Packages.ContainsKey(needed), $"{path}: {id} needs {needed}");
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void ReferencedProjectsBringNoPackageThatIsNotListed(string path)
    {
        var project = new DeviceProject(path);
        foreach (string reference in project.ReferencedProjects)
        {
            foreach (string id in new DeviceProject(reference).Packages.Keys)
            {
                Assert.IsTrue(project.Packages.ContainsKey(id), $"{path}: {reference} needs {id}");
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void TheSolutionHoldsTheProjectByItsGuidAsADeviceProject(string path)
    {
        string solution = File.ReadAllText(Repository.PathOf("NeuralEdge.sln"));
        string guid = new DeviceProject(path).Property("ProjectGuid");
        StringAssert.Contains(
            solution,
            $"Project(\"{{11A8DD76-328B-46DF-9F39-F559912D0360}}\") = \"{Path.GetFileNameWithoutExtension(path)}\", \"{path.Replace('/', '\\')}\", \"{guid}\"");
        foreach (string configuration in new[] { "Debug", "Release" })
        {
            StringAssert.Contains(solution, $"{guid}.{configuration}|Any CPU.ActiveCfg = {configuration}|Any CPU");
            StringAssert.Contains(solution, $"{guid}.{configuration}|Any CPU.Build.0 = {configuration}|Any CPU");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void TheDeviceSolutionAndTheWorkflowKnowTheProject(string path)
    {
        StringAssert.Contains(File.ReadAllText(Repository.PathOf("NeuralEdge.Device.slnf")), $"\"{path.Replace("/", "\\\\", StringComparison.Ordinal)}\"");
        StringAssert.Contains(
            File.ReadAllText(Repository.PathOf(".github/workflows/ci.yml")),
            $"nuget restore {path[..path.LastIndexOf('/')]}/packages.config -PackagesDirectory packages");
    }

    [TestMethod]
    public void TheSolutionDeploysTheFirmwareAndNothingElse()
    {
        string solution = File.ReadAllText(Repository.PathOf("NeuralEdge.sln"));
        string guid = new DeviceProject("firmware/NeuralEdge.Firmware/NeuralEdge.Firmware.nfproj").Property("ProjectGuid");
        string[] deployed = [.. solution.Split('\n').Where(line => line.Contains(".Deploy.0", StringComparison.Ordinal)).Select(line => line.Trim())];
        string[] expected =
        [
            $"{guid}.Debug|Any CPU.Deploy.0 = Debug|Any CPU",
            $"{guid}.Release|Any CPU.Deploy.0 = Release|Any CPU",
        ];
        CollectionAssert.AreEqual(expected, deployed);
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void TheDesktopTwinSpeaksTheDevicesLanguage(string path)
    {
        XDocument twin = XDocument.Load(Repository.PathOf(Path.ChangeExtension(path, ".Desktop.csproj")));
        Assert.AreEqual("9.0", twin.Descendants("LangVersion").Single().Value);
        Assert.AreEqual("disable", twin.Descendants("Nullable").Single().Value);
        Assert.AreEqual("disable", twin.Descendants("ImplicitUsings").Single().Value);
    }

    [TestMethod]
    public void OnlyTheChecksumIsWrittenDifferentlyForTheDevice()
    {
        // What stands in such a block is seen by no desktop test.
        string[] found =
        [
            .. DeviceProject.AllPaths.Select(path => new DeviceProject(path))
                .SelectMany(project => project.SourcePaths)
                .Where(file => File.ReadAllText(file).Contains("NANOFRAMEWORK_1_0", StringComparison.Ordinal))
                .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')),
        ];
        CollectionAssert.AreEqual(new[] { "shared/NeuralEdge.Networks/Numerics/Checksum.cs" }, found);
    }

    [TestMethod]
    public void TheTestRunnerOfTheDeviceFindsItsAssembly()
    {
        // The launcher on the device loads the assembly of this name and no other.
        Assert.AreEqual("NFUnitTest", new DeviceProject("tests/NeuralEdge.DeviceTests/NeuralEdge.DeviceTests.nfproj").Property("AssemblyName"));
    }
}
