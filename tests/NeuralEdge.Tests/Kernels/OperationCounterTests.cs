using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Kernels;

/// <summary>The count of operations carries out the core's own code, so that its outputs are the core's.</summary>
[TestClass]
public sealed class OperationCounterTests
{
    [TestMethod]
    public void WhatIsCountedComputesTheSameOutputs()
    {
        PortableRandom random = new(21);
        Profile[] profiles = [Profile.Exact, Profile.Compact, Profile.Fast];
        for (int k = 0; k < 60; k++)
        {
            ModelFile file = Examples.Convert(Examples.RandomModel(random), profiles[k % 3]).File;
            Network network = file.Model.Network;
            int[] raw = [.. Enumerable.Range(0, network.InputCount).Select(i => file.Model.Golden.GetInput(0, i))];
            int[] expected = file.Run(raw);
            Array.Clear(network.Outputs);
            network.SetInputs(raw, 0);
            Assert.IsGreaterThan(20, OperationCounter.Count(network));
            CollectionAssert.AreEqual(expected, network.Outputs);
        }
    }

    [TestMethod]
    public void TheFastProfileTakesFewerOperations()
    {
        // By hand: a word of weights takes six operations, and the worked example has two rows of three words each.
        long fast = OperationCounter.Count(Examples.Convert(Examples.WorkedExample, Profile.Fast).File.Model.Network);
        long exact = OperationCounter.Count(Examples.Convert(Examples.WorkedExample).File.Model.Network);
        Assert.IsLessThan(exact, fast);
        Assert.IsGreaterThan(2 * 3 * 6, fast);
        Assert.IsLessThan(10 * 2 * 3 * 6, exact);
    }
}
