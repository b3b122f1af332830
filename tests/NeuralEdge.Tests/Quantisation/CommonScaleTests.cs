using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Quantisation;

/// <summary>Outputs that are compared have one scale, whatever the network ends in, and what that costs the smallest of them.</summary>
[TestClass]
public sealed class CommonScaleTests
{
    private const int Inputs = 4;
    private const int Hidden = 12;
    private const int Small = 1;

    private static readonly RawInput[] Raw = [.. Enumerable.Repeat(new RawInput(-255, 255, 1.0 / 255, 0), Inputs)];

    [TestMethod]
    public void EveryLastLayerHasOneScaleInEveryProfile()
    {
        foreach (Profile profile in Enum.GetValues<Profile>())
        {
            foreach (ActivationFunction last in ActivationFunction.All)
            {
                for (int outputs = 2; outputs < 8; outputs++)
                {
                    QuantisedNetwork network = Quantiser.Quantise(Unlike(outputs, outputs, last.Activation, 12), Raw, profile, comparable: true);
                    Assert.HasCount(1, network.Layers[^1].Neurons.Select(neuron => neuron.OutputScale).Distinct().ToArray(), $"{profile}, {last.Name}, {outputs} outputs");
                }
            }
        }
    }

    /// <summary>Imports take outputs for classes where they are no more unlike than this.</summary>
    [TestMethod]
    [DataRow(Profile.Exact)]
    [DataRow(Profile.Compact)]
    [DataRow(Profile.Fast)]
    public void AnOutput4096TimesSmallerThanAnotherKeepsItsAccuracy(Profile profile)
    {
        // Three outputs fit into one word in the profile fast, with few bits each.
        double own = 0;
        double common = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            FloatNetwork network = Unlike(3, seed, Activation.Linear, 12);
            own += Error(network, Quantiser.Quantise(network, Raw, profile, comparable: false));
            common += Error(network, Quantiser.Quantise(network, Raw, profile, comparable: true));
        }

        Assert.IsLessThan(1.2 * own, common);
    }

    private static double Error(FloatNetwork real, QuantisedNetwork network)
    {
        IntegerNetwork integers = new(network);
        PortableRandom random = new(99);
        double worst = 0;
        for (int r = 0; r < 100; r++)
        {
            int[] raw = [.. Raw.Select(input => input.Minimum + random.Next(input.Maximum - input.Minimum + 1))];
            double[] row = Array.ConvertAll(raw, x => x * Raw[0].Scale);
            worst = Math.Max(worst, Math.Abs(real.Scores(row)[Small] - integers.Scores(raw)[Small]));
        }

        return worst;
    }

    private static FloatNetwork Unlike(int outputs, int seed, Activation end, int bits)
    {
        PortableRandom random = new(seed);
        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
        FloatLayer hidden = new([.. Enumerable.Range(0, Hidden).Select(_ => Numbers(Inputs))], Numbers(Hidden), Activation.Tanh);
        FloatLayer last = new([.. Enumerable.Range(0, outputs).Select(_ => Numbers(Hidden))], Numbers(outputs), end, 0.1);
        last.Weights[Small] = Array.ConvertAll(last.Weights[Small], weight => Math.ScaleB(weight, -bits));
        last.Bias[Small] = Math.ScaleB(last.Bias[Small], -bits);
        return new FloatNetwork(hidden, last);
    }
}
