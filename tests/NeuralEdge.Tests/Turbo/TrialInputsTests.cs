using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Tests.Kernels;
using NeuralEdge.Turbo;

namespace NeuralEdge.Tests.Turbo;

/// <summary>The vectors of a trial of compiled code.</summary>
[TestClass]
public sealed class TrialInputsTests
{
    // Random vectors keep to the ranges, touch both ends of all, and are the same in every trial.
    [TestMethod]
    public void TheVectorsOfTheTrialAreInsideTheRanges()
    {
        RandomLaneNetwork network = new(new PortableRandom(16), [6, 3]);
        TrialInputs inputs = new(network.Network);
        TrialInputs again = new(network.Network);
        int[] drawn = new int[6];
        int[] same = new int[6];
        HashSet<string> different = [];
        for (int v = 0; v < Trial.Vectors; v++)
        {
            inputs.Draw(drawn);
            again.Draw(same);
            CollectionAssert.AreEqual(drawn, same);
            different.Add(string.Join(' ', drawn));
            for (int i = 0; i < drawn.Length; i++)
            {
                Assert.IsInRange(network.Network.GetInputMinimum(i), network.Network.GetInputMaximum(i), drawn[i]);
                Assert.IsTrue(v > 1 || drawn[i] == (v == 0 ? network.Network.GetInputMinimum(i) : network.Network.GetInputMaximum(i)));
            }
        }

        Assert.IsGreaterThan(Trial.Vectors / 2, different.Count);
    }

    [TestMethod]
    public void TheWidestRangeOfAnInputIsDrawnFromWithoutOverflow()
    {
        TrialInputs inputs = new(WidestInput());
        int[] drawn = new int[1];
        for (int v = 0; v < 10_000; v++)
        {
            inputs.Draw(drawn);
            Assert.IsInRange(-ModelFormat.MaxRawInput, ModelFormat.MaxRawInput, drawn[0]);
        }
    }

    [TestMethod]
    public void TheVectorsOfTheTrialAreDrawnWithMarsagliasShifts()
    {
        // Those whose generator passes through every state but 0, at work on an input and, in turn, on its ends.
        Network network = WidestInput();
        TrialInputs inputs = new(network);
        int[] drawn = new int[1];
        uint state = 0x6E656467;
        for (int v = 0; v < Trial.Vectors; v++)
        {
            inputs.Draw(drawn);
            if (v >= 2)
            {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                int between = (int)((state * ((2L * ModelFormat.MaxRawInput) + 1)) >> 32) - ModelFormat.MaxRawInput;
                int expected = v % 2 == 1 ? between : state < 0x80000000 ? -ModelFormat.MaxRawInput : ModelFormat.MaxRawInput;
                Assert.AreEqual(expected, drawn[0], $"vector {v}");
            }
        }
    }

    private static Network WidestInput()
    {
        DenseLayer layer = new(1, 1, Activation.Linear, 0, 0, 2, null);
        layer.SetNeuron(0, 0, 0);
        layer.SetWeight(0, 0, 1);
        return new([layer], [-ModelFormat.MaxRawInput], [ModelFormat.MaxRawInput]);
    }
}
