using System.Globalization;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Generators.Kernels;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Kernels;

/// <summary>
/// Every kernel gives the integers of the plain 64-bit formula. NEURALEDGE_KERNEL_LAYERS=N tests N random layers
/// instead of 10,000; NEURALEDGE_KERNEL_SEED=S others.
/// </summary>
[TestClass]
public sealed class KernelTests
{
    internal static int Layers => Setting("NEURALEDGE_KERNEL_LAYERS", 10_000);

    internal static int Seed => Setting("NEURALEDGE_KERNEL_SEED", 1);

    [TestMethod]
    public void RandomLayersGiveTheIntegersOfThePlainFormula()
    {
        int layers = Layers;
        Parallel.For(0, layers, new ParallelOptions { MaxDegreeOfParallelism = 2 }, k =>
        {
            PortableRandom random = new(((long)Seed << 32) + k);
            Check(new RandomLayer(random, Width(random), Width(random)), random);
        });
    }

    [TestMethod]
    public void EveryNumberOfInputsWithOneToFiveNeuronsDoes()
    {
        PortableRandom random = new(2);
        for (int inputs = 1; inputs <= 200; inputs++)
        {
            for (int neurons = 1; neurons <= 5; neurons++)
            {
                Check(new RandomLayer(random, inputs, neurons), random);
            }
        }
    }

    [TestMethod]
    [DataRow(512, 512)]
    [DataRow(512, 1)]
    [DataRow(1, 512)]
    [DataRow(511, 511)]
    [DataRow(1, 1)]
    public void LimitsOfTheFormatDo(int inputs, int neurons)
    {
        PortableRandom random = new(3);
        for (int k = 0; k < 12; k++)
        {
            Check(new RandomLayer(random, inputs, neurons), random);
        }
    }

    [TestMethod]
    public void NetworksWithOneHiddenLayerOfTanhDo()
    {
        PortableRandom random = new(5);
        for (int k = 0; k < 10_000; k++)
        {
            RandomLayer hidden = new(random, 1 + random.Next(9), 1 + random.Next(34), Activation.Tanh);
            RandomLayer last = new(random, hidden.Layer.NeuronCount, 1 + random.Next(5), magnitude: 32768);
            Network network = new([hidden.Layer, last.Layer], new int[hidden.Layer.InputCount], new int[hidden.Layer.InputCount]);
            for (int r = 0; r < 3; r++)
            {
                hidden.SetInputs(random);
                hidden.Network.Inputs.CopyTo(network.Inputs, 0);
                network.Forward();
                hidden.Reference().CopyTo(last.Network.Inputs, 0);
                CollectionAssert.AreEqual(last.Reference(), network.Outputs, $"{hidden} then {last}");
            }
        }
    }

    // The control: packed beyond the bound, sums run into each other. That is why the reader refuses such a neuron.
    [TestMethod]
    public void BeyondTheBoundKernelsWouldBeWrong()
    {
        PortableRandom random = new(4);
        int wrong = 0;
        for (int k = 0; k < 1000; k++)
        {
            RandomLayer layer = new(random, 4, 2, beyond: int.MinValue);
            layer.SetInputs(random);
            layer.Network.Forward();
            wrong += layer.Network.Outputs.SequenceEqual(layer.Reference()) ? 0 : 1;
        }

        Assert.IsGreaterThan(100, wrong, "the comparison cannot tell a legal packing from an illegal one");
    }

    [TestMethod]
    public void GeneratedKernelsKeepTheLimitOfLocals()
    {
        // Inputs, and at most nine more; the platform writes the number of locals into one byte without a check.
        Assert.IsLessThan(255 - 9, KernelSource.Sizes.Max());
    }

    private static void Check(RandomLayer layer, PortableRandom random)
    {
        Assert.IsTrue(layer.KeepsItsIntegers(), layer.ToString());
        int[] plain = new int[layer.Layer.NeuronCount];
        for (int r = 0; r < 3; r++)
        {
            layer.SetInputs(random);
            layer.Network.Forward();
            int[] reference = layer.Reference();
            CollectionAssert.AreEqual(reference, layer.Network.Outputs, layer.ToString());
            layer.Layer.Forward(layer.Network.Inputs, plain);
            CollectionAssert.AreEqual(reference, plain, layer.ToString());
        }
    }

    internal static int Width(PortableRandom random) => random.Next(20) == 0 ? 1 + random.Next(150) : 1 + random.Next(20);

    private static int Setting(string name, int otherwise) =>
        int.Parse(Environment.GetEnvironmentVariable(name) ?? otherwise.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
