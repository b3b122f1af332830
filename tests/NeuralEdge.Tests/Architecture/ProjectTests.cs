using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.Tests.Architecture;

/// <summary>Projects keep apart what is theirs: names, files, outputs.</summary>
[TestClass]
public sealed partial class ProjectTests
{
    [TestMethod]
    public void NoTwoProjectsOfTheSolutionBearOneName()
    {
        string[] names = [.. SolutionProjects().Select(line => line.Groups["name"].Value)];
        Violations.AssertNone("names that stand twice in the solution", names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.IsTrue(names.Contains("NeuralEdge.Tests"), "the expression finds the projects");
    }

    [TestMethod]
    public void TheSolutionHoldsEveryProjectUnderTheNameOfItsFile()
    {
        string[] expected = [.. DesktopProject.All.Select(project => project.Path).Concat(DeviceProject.AllPaths).Order(StringComparer.Ordinal)];
        Match[] lines = SolutionProjects().ToArray();
        CollectionAssert.AreEqual(expected, lines.Select(line => line.Groups["path"].Value.Replace('\\', '/')).Order(StringComparer.Ordinal).ToArray());
        Violations.AssertNone(
            "another name than the file's",
            lines.Where(line => line.Groups["name"].Value != Path.GetFileNameWithoutExtension(line.Groups["path"].Value.Replace('\\', '/'))).Select(line => line.Value));
    }

    [TestMethod]
    public void NoTwoAssembliesDifferOnlyInCaseAndOnlyBuildsOfOneSourceShareAName() =>
        Violations.AssertNone(
            "assemblies of one name",
            DesktopProject.All.GroupBy(project => project.AssemblyName, StringComparer.OrdinalIgnoreCase)
                .Where(same => same.Select(project => project.Folder).Distinct().Count() > 1 || same.Select(project => project.AssemblyName).Distinct().Count() > 1)
                .Select(same => string.Join(", ", same.Select(project => project.Path))));

    [TestMethod]
    public void NoProjectCompilesFilesOfAnotherFolderButTheSimulatorTheFirmwareAndThatTheI2cStandIn()
    {
        // The simulator's board runs the firmware's own sources, compiled against its hardware. Microsoft's library of the desktop build has an I2C
        // of the same names and other members: only a stand-in in the same assembly goes before it.
        IEnumerable<string> desktop = DesktopProject.All.SelectMany(project => project.CompiledBesides.Select(file => $"{project.Name}: {file}"));
        IEnumerable<string> device = DeviceProject.AllPaths.SelectMany(path => new DeviceProject(path).Sources.Where(file => file.Contains("..", StringComparison.Ordinal)).Select(file => $"{path}: {file}"));
        Violations.AssertNone(
            "files of another folder",
            desktop.Concat(device).Where(line => line is not ("NeuralEdge.Simulator: ../../firmware/NeuralEdge.Firmware/**/*.cs"
                or "NeuralEdge.Firmware.Desktop: ../../tools/NeuralEdge.Esp32/System.Device.I2c/*.cs")));
    }

    [TestMethod]
    public void ANamespaceIsThatOfTheFolder()
    {
        // The folders of these names are whole libraries of the platform, of several namespaces.
        IEnumerable<DesktopProject> projects = DesktopProject.All.Where(project => project.Name != "NeuralEdge.PlatformLibraries");
        Violations.AssertNone(
            "another namespace than the folder's",
            projects.SelectMany(project => project.Sources.SelectMany(file => Namespaces(file)
                .Where(name => name != NamespaceOf(project, project.FolderOf(file)))
                .Select(name => $"{Path.GetRelativePath(Repository.Root, file)}: {name}, not {NamespaceOf(project, project.FolderOf(file))}"))).Distinct());
    }

    [TestMethod]
    public void TheDesktopBuildsAgainstTheCoreLibraryOfTheDeviceProjects()
    {
        XDocument versions = XDocument.Load(Repository.PathOf("Directory.Packages.props"));
        XElement package = versions.Descendants("PackageVersion").Single(element => (string?)element.Attribute("Include") == "nanoFramework.CoreLibrary");
        Assert.AreEqual(DevicePackage.All["nanoFramework.CoreLibrary"].Version, (string?)package.Attribute("Version"));
    }

    private static MatchCollection SolutionProjects() => ProjectLine().Matches(File.ReadAllText(Repository.PathOf("NeuralEdge.sln")));

    /// <summary>A folder with a dot in its name is a namespace in full: stand-ins bear the names of others.</summary>
    private static string NamespaceOf(DesktopProject project, string folder) =>
        folder.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(project.RootNamespace, (name, part) => part.Contains('.', StringComparison.Ordinal) ? part : $"{name}.{part}");

    private static IEnumerable<string> Namespaces(string file) => NamespaceLine().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value);

    [GeneratedRegex("""^Project\("\{(?!2150E333)[^"]*"\) = "(?<name>[^"]*)", "(?<path>[^"]*)",""", RegexOptions.Multiline)]
    private static partial Regex ProjectLine();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();
}
