using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.Tests.Architecture;

/// <summary>Arrows point one way, between projects and between the folders in them.</summary>
[TestClass]
public sealed class ArrowTests
{
    /// <summary>Lowest first: a project refers only to projects of lower floors. A new one is to be put on its floor.</summary>
    private static readonly string[][] Floors =
    [
        ["NeuralEdge.PlatformLibraries", "NeuralEdge.Esp32", "NeuralEdge.DeviceTestFramework", "NeuralEdge.Checker", "NeuralEdge.PlantedDefects", "NeuralEdge.Template"],
        ["NeuralEdge.Networks"],
        ["NeuralEdge"],
        ["NeuralEdge.Board"],
        ["NeuralEdge.Turbo"],
        ["NeuralEdge.Firmware", "NeuralEdge.Conversion", "NeuralEdge.DeviceBenchmarks"],
        ["NeuralEdge.Learning", "NeuralEdge.Host", "NeuralEdge.Simulator"],
        ["NeuralEdge.ScoreBenchmarks", "NeuralEdge.Studio"],
        ["NeuralEdge.Cli", "NeuralEdge.Benchmarks", "NeuralEdge.Generators"],
        ["NeuralEdge.DeviceTests"],
        ["NeuralEdge.Tests", "NeuralEdge.StudioTests"],
    ];

    /// <summary>The same for what runs on the device, folder by folder.</summary>
    private static readonly string[][] DeviceFloors =
    [
        ["NeuralEdge.Networks/Numerics"],
        ["NeuralEdge.Networks/Networks", "NeuralEdge/Features"],
        ["NeuralEdge/Models"],
        ["NeuralEdge.Board"],
        ["NeuralEdge.Board/Chips"],
        ["NeuralEdge.Board/Storage"],
        ["NeuralEdge.Board/Security"],
        ["NeuralEdge.Board/Link"],
        ["NeuralEdge.Board/Control"],
        ["NeuralEdge.Turbo"],
        ["NeuralEdge.Firmware"],
    ];

    public static IEnumerable<object[]> Projects => DesktopProject.All
        .Where(project => !project.Path.StartsWith("tests/", StringComparison.Ordinal) && !project.Name.EndsWith(".PlatformCheck", StringComparison.Ordinal))
        .Select(project => new object[] { project.Name });

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void ProjectsReferOnlyToLowerFloors()
    {
        Arrows arrows = new();
        foreach (DesktopProject project in DesktopProject.All)
        {
            foreach (string reference in project.References)
            {
                arrows.Add(WithoutSuffix(project.Name), WithoutSuffix(reference), project.Name);
            }
        }

        AssertDown(arrows, Floors);
        Violations.AssertNone("on no floor", DesktopProject.All.Select(project => WithoutSuffix(project.Name)).Except(Floors.SelectMany(floor => floor)));
    }

    [TestMethod]
    public void DeviceProjectsReferOnlyToLowerFloors()
    {
        Arrows arrows = new();
        foreach (DeviceProject project in DeviceProject.AllPaths.Select(path => new DeviceProject(path)))
        {
            foreach (string reference in project.ReferencedProjects)
            {
                arrows.Add(project.Name, Path.GetFileNameWithoutExtension(reference), "the project");
            }
        }

        AssertDown(arrows, Floors);
    }

    [TestMethod]
    public void DeviceFoldersUseOnlyLowerFloors() =>
        AssertDown(
            FolderArrows.Between(
                [.. new[] { "NeuralEdge.Networks", "NeuralEdge", "NeuralEdge.Board", "NeuralEdge.Turbo", "NeuralEdge.Firmware" }.Select(name => DesktopProject.Of(name + ".Desktop"))],
                (project, folder) => folder.Length == 0 ? project.AssemblyName : $"{project.AssemblyName}/{folder}"),
            DeviceFloors);

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void NoFolderUsesOneThatUsesIt(string name)
    {
        Arrows arrows = FolderArrows.Between([DesktopProject.Of(name)], (_, folder) => folder.Length == 0 ? "." : folder);
        TestContext.WriteLine($"{name} (. is its own folder)\n{arrows}");
        Violations.AssertNone($"circles between the folders of {name} (. is its own folder)", arrows.OnCycles());
    }

    [TestMethod]
    public void ACircleIsFound()
    {
        Arrows arrows = new();
        arrows.Add("a", "b", "1");
        arrows.Add("b", "c", "2");
        arrows.Add("c", "d", "3");
        arrows.Add("a", "a", "itself");
        Assert.IsEmpty(arrows.OnCycles());
        arrows.Add("c", "a", "back");
        CollectionAssert.AreEqual(new[] { "a -> b  (1)", "b -> c  (2)", "c -> a  (back)" }, arrows.OnCycles().ToArray());
    }

    private void AssertDown(Arrows arrows, string[][] floors)
    {
        TestContext.WriteLine(arrows.ToString());
        Assert.IsNotEmpty(arrows.All);
        Violations.AssertNone("arrows that do not point down", arrows.All.Where(arrow => FloorOf(arrow.To) >= FloorOf(arrow.From)).Select(arrows.Line));

        int FloorOf(string place)
        {
            int floor = Array.FindIndex(floors, names => names.Contains(place));
            Assert.AreNotEqual(-1, floor, $"{place} is on no floor: put it where it belongs in {nameof(ArrowTests)}");
            return floor;
        }
    }

    private static string WithoutSuffix(string project) =>
        project.Replace(".Desktop", string.Empty, StringComparison.Ordinal).Replace(".PlatformCheck", string.Empty, StringComparison.Ordinal);
}
