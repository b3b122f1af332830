using System.Globalization;
using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Benchmarks;
using NeuralEdge.Generators.Speed;
using NeuralEdge.Simulator.Turbo;
using NeuralEdge.Tests.Documents;
using NeuralEdge.Turbo;

namespace NeuralEdge.Tests.Benchmarks;

/// <summary>What the documents say about speed is what ratios.csv says, and that is about what the program measures.</summary>
[TestClass]
public sealed class DocumentTests
{
    private const int Arm = 1;

    private static readonly Ratios Measured = Ratios.Parse(File.ReadAllText(Repository.PathOf("tools/NeuralEdge.Benchmarks/ratios.csv")));

    [TestMethod]
    public void TableAndPictureAreWhatTheRatiosSay()
    {
        foreach ((string path, string text) in RatioDocuments.Write(Repository.Root))
        {
            Assert.AreEqual(
                text,
                File.ReadAllText(Repository.PathOf(path)).ReplaceLineEndings("\n"),
                $"{path}; run: dotnet run --project tools/NeuralEdge.Generators");
        }
    }

    [TestMethod]
    public void ThePictureIsXml()
    {
        XElement picture = XElement.Load(Repository.PathOf(".github/images/benchmarks.svg"));
        int shown = Measured.Rows.Count(row => row.Shape is "4-10-3" or "16-32-16-4" or "64-64-8") + 3;

        // The background, and a bar for each kernel with the yardstick.
        Assert.AreEqual(shown + 1, picture.Descendants().Count(element => element.Name.LocalName == "rect"));
    }

    [TestMethod]
    public void EveryKernelThatIsMeasuredIsInTheFileWithEveryShapeItHas()
    {
        // The classes of two larger shapes were written for the measurement, and are not in the tree.
        string[] written = ["16-32-16-4", "64-64-8"];
        string[] expected =
        [
            .. Shapes.GetAll().SelectMany(shape => Contenders.Make(new SimulatedCodeLoader()).Skip(1)
                .Where(contender => contender.Prepare(shape) || (contender is ExportedContender && written.Contains(Shapes.GetName(shape))))
                .Select(contender => Shapes.GetName(shape) + " " + contender.Name)),
        ];
        CollectionAssert.AreEqual(expected, Measured.Rows.Select(row => row.Shape + " " + row.Kernel).ToArray());
    }

    [TestMethod]
    public void TurboTakesAThirdToTwoThirdsFewerInstructionsAndWhatTheDesignSaysOfMemory()
    {
        Document design = new("shared/DESIGN.md");
        design.MustSay("a third to two thirds fewer instructions");
        foreach (Ratios.Row turbo in Measured.Rows.Where(row => row.Kernel == "turbo"))
        {
            double share = Measured.Rows.Single(row => row.Shape == turbo.Shape && row.Kernel == "fast")[Arm] / turbo[Arm];
            Assert.IsTrue(share is > 0.333 and < 0.667, $"{turbo.Shape}: {share}");
        }

        foreach (int[] shape in (int[][])[[16, 32, 16, 4], [64, 64, 8]])
        {
            double kilobytes = new CodePlan(RandomNetworks.ReadFast(shape).Network).HeapBytes / 1024.0;
            design.MustSay(string.Create(CultureInfo.InvariantCulture, $"{kilobytes:0.0} KB for {Shapes.GetName(shape)}"));
        }
    }

    [TestMethod]
    public void TheDocumentsQuoteTheLeastAndTheLargestRatioOfEachKernel()
    {
        foreach (string kernel in new[] { "exact", "fast", "exported", "turbo" })
        {
            Ratios.Row[] rows = [.. Measured.Rows.Where(row => row.Kernel == kernel).OrderBy(row => row[Arm])];
            new Document("tools/NeuralEdge.Benchmarks/README.md").MustSay($"`{kernel}` is {rows[0].Texts[Arm]} to {rows[^1].Texts[Arm]} times as fast");
            if (kernel == "fast")
            {
                new Document("README.md").MustSay($"`{kernel}` is {rows[0].Texts[Arm]} to {rows[^1].Texts[Arm]} times as fast");
            }
        }
    }
}
