using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Kernels;

/// <summary>Layers that saturate: the integers of the plain formula, and a count of what met its ceiling.</summary>
[TestClass]
public sealed class CeilingTests
{
    private static readonly Activation[] WithoutEnds = [Activation.Linear, Activation.Relu, Activation.LeakyRelu];

    [TestMethod]
    public void NetworksThatSaturateGiveTheIntegersOfThePlainFormulaAndCountWhatMetItsCeiling()
    {
        PortableRandom random = new(41);
        int met = 0;
        int clear = 0;
        for (int k = 0; k < 3000; k++)
        {
            Activation activation = WithoutEnds[random.Next(WithoutEnds.Length)];
            RandomLayer first = new(random, 1 + random.Next(9), 1 + random.Next(34), activation, hasCeiling: true);
            RandomLayer second = new(random, first.Layer.NeuronCount, 1 + random.Next(20), activation, magnitude: Ceiling.Value, hasCeiling: true);
            RandomLayer last = new(random, second.Layer.NeuronCount, 1 + random.Next(5), Activation.Linear, magnitude: Ceiling.Value);
            Network network = new(
                [first.Layer, second.Layer, last.Layer], new int[first.Layer.InputCount], new int[first.Layer.InputCount]);
            for (int r = 0; r < 3; r++)
            {
                first.SetInputs(random);
                first.Network.Inputs.CopyTo(network.Inputs, 0);
                network.Forward();
                first.Reference().CopyTo(second.Network.Inputs, 0);
                second.Reference().CopyTo(last.Network.Inputs, 0);
                CollectionAssert.AreEqual(last.Reference(), network.Outputs, $"{first} then {second} then {last}");
                Assert.AreEqual(first.ReferenceSaturated + second.ReferenceSaturated, network.SaturatedCount, $"{first} then {second}");
                met += network.SaturatedCount > 0 ? 1 : 0;
                clear += network.SaturatedCount == 0 ? 1 : 0;
            }
        }

        Assert.IsGreaterThan(1000, met, "too few met their ceiling");
        Assert.IsGreaterThan(50, clear, "too few did not");
    }

    [TestMethod]
    [DataRow(-40000, -32767)]
    [DataRow(-32768, -32767)]
    [DataRow(-32767, -32767)]
    [DataRow(32766, 32766)]
    [DataRow(32768, 32767)]
    [DataRow(int.MinValue, -32767)]
    [DataRow(int.MaxValue, 32767)]
    public void TheCeilingIsSixteenBits(int value, int limited) => Assert.AreEqual(limited, Ceiling.Limit(value));
}
