using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.Tests.Architecture;

/// <summary>The packages of the device libraries hold and need what their projects say.</summary>
[TestClass]
public sealed class DeviceNuspecTests
{
    private static readonly XNamespace Nuspec = "http://schemas.microsoft.com/packaging/2012/06/nuspec.xsd";

    public static IEnumerable<object[]> Projects => DeviceProject.AllPaths.Where(path => path.StartsWith("shared/", StringComparison.Ordinal)).Select(path => new object[] { path });

    private static string Version => XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void ThePackageNeedsThePackagesAndProjectsThatItsProjectRefersTo(string path)
    {
        DeviceProject project = new(path);

        // Of another version of its own, an assembly may not find the internals that it was compiled against.
        IEnumerable<string> own = project.ReferencedProjects.Select(reference => $"{Path.GetFileNameWithoutExtension(reference)} [{Version}]");
        string[] expected = [.. own.Concat(project.Packages.Select(package => $"{package.Key} {package.Value}")).Order(StringComparer.Ordinal)];
        string[] found = [.. Load(path).Descendants(Nuspec + "dependency").Select(item => $"{(string?)item.Attribute("id")} {(string?)item.Attribute("version")}").Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(expected, found);
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void ThePackageHoldsTheAssemblyInEveryFormThatTheBuildLeaves(string path)
    {
        DeviceProject project = new(path);
        string name = project.Property("AssemblyName");
        string[] expected = [.. new[] { "dll", "pe", "pdbx", "xml" }.Select(ending => $@"bin\Release\{name}.{ending} lib\{name}.{ending}"), @"..\..\README.md docs\README.md", @"..\..\LICENSE LICENSE"];
        string[] found = [.. Load(path).Descendants(Nuspec + "file").Select(item => $"{(string?)item.Attribute("src")} {(string?)item.Attribute("target")}")];
        CollectionAssert.AreEqual(expected, found);
        Assert.AreEqual($@"bin\$(Configuration)\{name}.xml", project.Property("DocumentationFile"));
        foreach (string file in new[] { "README.md", "LICENSE" })
        {
            Assert.IsTrue(File.Exists(Repository.PathOf(file)), file);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void ThePackageSaysWhatTheToolsPackageSays(string path)
    {
        XDocument tool = XDocument.Load(Repository.PathOf("Directory.Build.props"));
        XElement metadata = Load(path).Root!.Element(Nuspec + "metadata")!;
        Assert.AreEqual(new DeviceProject(path).Property("AssemblyName"), Value("id"));
        Assert.AreEqual(Value("id"), Value("title"));
        Assert.AreEqual(Version, Value("version"));
        Assert.AreEqual(tool.Descendants("Authors").Single().Value, Value("authors"));
        Assert.AreEqual(tool.Descendants("Copyright").Single().Value, Value("copyright"));
        Assert.AreEqual(tool.Descendants("PackageLicenseExpression").Single().Value, Value("license"));
        Assert.AreEqual("expression", (string?)metadata.Element(Nuspec + "license")!.Attribute("type"));
        StringAssert.Contains(Value("tags"), "nanoFramework");

        string Value(string name) => metadata.Element(Nuspec + name)!.Value;
    }

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void TheWorkflowPacksIt(string path) =>
        StringAssert.Contains(File.ReadAllText(Repository.PathOf(".github/workflows/ci.yml")), $"nuget pack {Path.ChangeExtension(path, ".nuspec")} -OutputDirectory device-packages");

    private static XDocument Load(string project) => XDocument.Load(Repository.PathOf(Path.ChangeExtension(project, ".nuspec")));
}
