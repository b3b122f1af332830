using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Benchmarks;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Benchmarks;

/// <summary>The exported classes of the benchmarks are today's export of the networks that they are compared with.</summary>
[TestClass]
public sealed class ExportedNetworksTests
{
    [TestMethod]
    public void TheFilesAreWhatIsExportedNow()
    {
        foreach ((string path, string text) in ExportedNetworks.Write())
        {
            Assert.AreEqual(
                text,
                File.ReadAllText(Repository.PathOf(path)).ReplaceLineEndings("\n"),
                $"{path}; run: dotnet run --project tools/NeuralEdge.Benchmarks -- write");
        }
    }

    [TestMethod]
    public void TheyGiveTheIntegersOfTheProfileFast()
    {
        Action<int[], int[]>[] classes = [Exported4x10x3.Forward, Exported16x32x16x4.Forward, Exported64x64x8.Forward];
        int[][] shapes = ExportedContender.GetShapes();
        Assert.HasCount(shapes.Length, classes);
        for (int c = 0; c < classes.Length; c++)
        {
            Network network = RandomNetworks.ReadFast(shapes[c]).Network;
            int[] inputs = [.. Enumerable.Range(0, network.InputCount).Select(network.GetInput)];
            network.Forward();
            int[] outputs = new int[network.OutputCount];
            classes[c](inputs, outputs);
            CollectionAssert.AreEqual(network.Outputs, outputs, Shapes.GetName(shapes[c]));
            CollectionAssert.AreNotEqual(new int[outputs.Length], outputs);
        }
    }

    [TestMethod]
    public void TheySayWhatTheyTakeOfABoardsHeap()
    {
        foreach (int[] shape in ExportedContender.GetShapes())
        {
            var contender = new ExportedContender();
            Assert.IsTrue(contender.Prepare(shape));
            Assert.AreEqual(ExportedNetworks.Export(shape, "A.cs").HeapBytes, contender.HeapBytes, Shapes.GetName(shape));
        }
    }
}
