using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Benchmarks;
using NeuralEdge.Generators.Speed;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Benchmarks;

/// <summary>The exported classes of the benchmarks are today's export of the networks that they are compared with.</summary>
[TestClass]
public sealed class ExportedNetworksTests
{
    private static int[][] Exported => [.. Shapes.GetAll().Where(shape => ExportedContender.Find(Shapes.GetName(shape)) is not null)];

    [TestMethod]
    public void OnlyTheSmallestIsInTheTree() =>
        CollectionAssert.AreEqual(new[] { "4-10-3" }, Exported.Select(Shapes.GetName).ToArray());

    [TestMethod]
    public void ItGivesTheIntegersOfTheProfileFast()
    {
        foreach (int[] shape in Exported)
        {
            Network network = RandomNetworks.ReadFast(shape).Network;
            int[] inputs = [.. Enumerable.Range(0, network.InputCount).Select(network.GetInput)];
            network.Forward();
            int[] outputs = new int[network.OutputCount];
            ExportedContender.Find(Shapes.GetName(shape))(inputs, outputs);
            CollectionAssert.AreEqual(network.Outputs, outputs, Shapes.GetName(shape));
            CollectionAssert.AreNotEqual(new int[outputs.Length], outputs);
        }
    }

    // What the README says of the larger ones.
    [TestMethod]
    [DataRow(16, 32, 16, 4)]
    [DataRow(64, 64, 8)]
    public void LargerOnesCanBeWritten(params int[] shape)
    {
        string name = $"Exported{string.Join('x', shape)}";
        StringAssert.Contains(ExportedNetworks.Export(shape, $"{name}.cs").Text, $"public static class {name}");
    }

    [TestMethod]
    public void ItSaysWhatItTakesOfABoardsHeap()
    {
        foreach (int[] shape in Exported)
        {
            var contender = new ExportedContender();
            Assert.IsTrue(contender.Prepare(shape));
            Assert.AreEqual(ExportedNetworks.Export(shape, "A.cs").HeapBytes, contender.HeapBytes, Shapes.GetName(shape));
        }
    }
}
