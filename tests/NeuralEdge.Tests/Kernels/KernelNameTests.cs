using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Kernels;

/// <summary>"inspect" names the kernels that the network has chosen.</summary>
[TestClass]
public sealed class KernelNameTests
{
    [TestMethod]
    [DataRow(Profile.Exact, Activation.Tanh, new[] { 2, 2, 1 }, "two neurons in a word, 2 inputs, tanh as they come|one neuron, 2 inputs")]
    [DataRow(Profile.Exact, Activation.Tanh, new[] { 16, 32, 16, 4 }, "two neurons in a word, 16 inputs, tanh as they come|two neurons in a word, 32 inputs, tanh as they come|two neurons in a word, 16 inputs")]
    [DataRow(Profile.Compact, Activation.Sigmoid, new[] { 5, 9, 70, 1 }, "two neurons in a word, 6 inputs, sigmoid as they come|two neurons in a word, 10 inputs, sigmoid as they come|one neuron, blocks of 64 inputs")]
    [DataRow(Profile.Exact, Activation.Relu, new[] { 1, 3, 2 }, "two neurons in a word, 1 input|two neurons in a word, 3 inputs")]
    [DataRow(Profile.Fast, Activation.Tanh, new[] { 2, 2, 1 }, "three neurons in a word, 2 inputs|two neurons in a word, 2 inputs")]
    [DataRow(Profile.Fast, Activation.Tanh, new[] { 70, 12, 9, 2 }, "three neurons in a word, blocks of 64 inputs|three neurons in a word, 12 inputs|two neurons in a word, 10 inputs")]
    [DataRow(Profile.Fast, Activation.Tanh, new[] { 3, 70, 5, 2 }, "three neurons in a word, 3 inputs|three neurons in a word, blocks of 64 inputs|two neurons in a word, 6 inputs")]
    public void EachLayerNamesItsKernel(Profile profile, Activation hidden, int[] shape, string expected)
    {
        string[] names = KernelNames.Of(Examples.Convert(Model(shape, hidden), profile).File.Model.Network);
        Assert.AreEqual(expected, string.Join('|', names));
    }

    [TestMethod]
    public void EveryNetworkHasANameForEachLayer()
    {
        PortableRandom random = new(9);
        Profile[] profiles = [Profile.Exact, Profile.Compact, Profile.Fast];
        for (int k = 0; k < 60; k++)
        {
            Network network = Examples.Convert(Examples.RandomModel(random), profiles[k % 3]).File.Model.Network;
            string[] names = KernelNames.Of(network);
            Assert.HasCount(network.LayerCount, names);
            Assert.IsFalse(names.Any(string.IsNullOrEmpty), $"network {k}");
        }
    }

    private static FloatModel Model(int[] shape, Activation hidden)
    {
        PortableRandom random = new(1);
        FloatLayer[] layers = [.. Enumerable.Range(1, shape.Length - 1).Select(l => new FloatLayer(
            [.. Enumerable.Range(0, shape[l]).Select(_ => Enumerable.Range(0, shape[l - 1]).Select(_ => random.NextDouble() - 0.5).ToArray())],
            new double[shape[l]],
            l < shape.Length - 1 ? hidden : Activation.Linear))];
        return new FloatModel(
            new FloatNetwork(layers),
            [.. Enumerable.Range(0, shape[0]).Select(i => new InputSpec($"x{i}", "", -1, 1))],
            [.. Enumerable.Range(0, shape[^1]).Select(i => new OutputSpec($"y{i}"))]);
    }
}
