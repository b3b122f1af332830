using NeuralEdge.Conversion.FloatModels;

namespace NeuralEdge.Tests.Kernels;

/// <summary>
/// Every kernel of the profile fast gives the integers of the plain 64-bit formula. NEURALEDGE_KERNEL_LAYERS=N tests N random
/// networks instead of 10,000; NEURALEDGE_KERNEL_SEED=S others.
/// </summary>
[TestClass]
public sealed class LaneKernelTests
{
    [TestMethod]
    public void RandomNetworksGiveTheIntegersOfThePlainFormula()
    {
        Parallel.For(0, KernelTests.Layers, new ParallelOptions { MaxDegreeOfParallelism = 2 }, k =>
        {
            PortableRandom random = new(((long)KernelTests.Seed << 32) + k);
            int[] widths = [.. Enumerable.Range(0, 2 + random.Next(4)).Select(_ => KernelTests.Width(random))];
            Check(new RandomLaneNetwork(random, widths), random);
        });
    }

    [TestMethod]
    public void EveryNumberOfInputsAndOfOutputsDoes()
    {
        PortableRandom random = new(6);
        for (int inputs = 1; inputs <= 140; inputs++)
        {
            for (int outputs = 1; outputs <= 10; outputs++)
            {
                Check(new RandomLaneNetwork(random, [inputs, 1 + random.Next(8), outputs]), random);
                Check(new RandomLaneNetwork(random, [3, inputs, 1 + random.Next(8), outputs]), random);
                Check(new RandomLaneNetwork(random, [1 + random.Next(4), inputs, outputs]), random);
            }
        }
    }

    [TestMethod]
    [DataRow(512, 512, 512)]
    [DataRow(1, 512, 1)]
    [DataRow(512, 1, 1)]
    [DataRow(1, 1, 512)]
    [DataRow(64, 64, 64)]
    [DataRow(65, 65, 65)]
    public void LimitsOfTheFormatDo(int inputs, int hidden, int outputs)
    {
        PortableRandom random = new(7);
        for (int k = 0; k < 8; k++)
        {
            Check(new RandomLaneNetwork(random, [inputs, hidden, outputs]), random);
        }
    }

    // The control: a neuron that leaves its lane disturbs its neighbours. That is why the reader refuses it.
    [TestMethod]
    public void BeyondTheLaneKernelsWouldBeWrong()
    {
        PortableRandom random = new(8);
        int wrong = 0;
        for (int k = 0; k < 1000; k++)
        {
            RandomLaneNetwork network = new(random, [4, 3, 3], beyond: 1 << 20);
            network.SetInputs(random);
            try
            {
                network.Network.Forward();
                wrong += network.Network.Outputs.SequenceEqual(Plain(network)) ? 0 : 1;
            }
            catch (IndexOutOfRangeException)
            {
                // The top lane left its table.
                wrong++;
            }
        }

        Assert.IsGreaterThan(100, wrong, "the comparison cannot tell a legal packing from an illegal one");
    }

    private static void Check(RandomLaneNetwork network, PortableRandom random)
    {
        Assert.IsTrue(network.KeepsItsIntegers(), network.ToString());
        for (int r = 0; r < 3; r++)
        {
            network.SetInputs(random);
            network.Network.Forward();
            int[] reference = network.Reference();
            CollectionAssert.AreEqual(reference, network.Network.Outputs, network.ToString());
            CollectionAssert.AreEqual(reference, Plain(network), network.ToString());
        }
    }

    // Layer by layer in the core's own plain form.
    private static int[] Plain(RandomLaneNetwork network)
    {
        int[] x = [.. Enumerable.Range(0, network.Network.InputCount).Select(network.Network.GetInput)];
        for (int l = 0; l < network.Network.LayerCount; l++)
        {
            int[] y = new int[network.Network.GetLayer(l).NeuronCount];
            network.Network.GetLayer(l).Forward(x, y);
            x = y;
        }

        return x;
    }
}
