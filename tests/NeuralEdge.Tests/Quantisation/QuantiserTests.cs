using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Quantisation;

[TestClass]
public sealed class QuantiserTests
{
    [TestMethod]
    public void WorkedExampleIsRightToFiveMillionths()
    {
        ConvertedModel example = Examples.Convert(Examples.WorkedExample);
        int[] raw = example.File.ToRaw([2, 3]);
        double y = example.File.ToValues(example.File.Run(raw))[0];
        Assert.AreEqual((2 * Math.Tanh(5)) - Math.Tanh(1), y, 5e-6);
    }

    [TestMethod]
    public void WorkedExampleIsRightToEightHundredThousandthsOnItsGrid()
    {
        ConvertedModel example = Examples.Convert(Examples.WorkedExample);
        double worst = 0;
        for (double a = -4; a <= 4; a += 1.0 / 16)
        {
            for (double b = -4; b <= 4; b += 1.0 / 16)
            {
                double y = example.File.ToValues(example.File.Run(example.File.ToRaw([a, b])))[0];
                worst = Math.Max(worst, Math.Abs(y - ((2 * Math.Tanh(a + b)) - Math.Tanh(b - a))));
            }
        }

        Assert.IsLessThanOrEqualTo(8e-5, worst);
    }

    [TestMethod]
    public void RandomNetworksConvertAndStayCloseToTheirRealNumbers()
    {
        PortableRandom random = new(20);
        for (int k = 0; k < 1000; k++)
        {
            FloatModel model = Examples.RandomModel(random);
            ConvertedModel conversion = Examples.Convert(model);
            for (int r = 0; r < 5; r++)
            {
                double[] row = Examples.RandomRow(model, random);
                int[] rawInputs = conversion.File.ToRaw(row);

                // Compare at the value that the raw integer stands for: only arithmetic errors are left.
                double[] exact = Array.ConvertAll(Enumerable.Range(0, row.Length).ToArray(), i => conversion.File.Inputs[i].ToValue(rawInputs[i]));
                double[] expected = model.Network.Scores(exact);
                double[] actual = conversion.File.ToScores(conversion.File.Run(rawInputs));
                double scale = 1 + model.Network.Layers[^1].Weights.Max(w => w.Sum(Math.Abs)) + expected.Max(Math.Abs);
                for (int o = 0; o < expected.Length; o++)
                {
                    Assert.AreEqual(expected[o], actual[o], 0.05 * scale, $"network {k}, row {r}, output {o}");
                }
            }
        }
    }

    [TestMethod]
    [DataRow(double.NaN)]
    [DataRow(double.PositiveInfinity)]
    public void WeightsThatAreNoNumbersAreRefusedWithTheirNeuron(double bad)
    {
        FloatModel model = new(
            new FloatNetwork(new FloatLayer([[1.0], [bad]], [0, 0], Activation.Linear)),
            [new InputSpec("x", "", 0, 1)],
            [new OutputSpec("p"), new OutputSpec("q")]);
        InputRefusedException refusal = Assert.ThrowsExactly<InputRefusedException>(() => Examples.Convert(model));
        StringAssert.Contains(refusal.Message, "layer 0, neuron 1");
    }

    [TestMethod]
    public void ForwardAllocatesNothing()
    {
        ModelFile file = Examples.Convert(Examples.WorkedExample).File;
        Network network = file.Model.Network;
        network.Forward();
        Allocations.AssertNone(_ =>
        {
            for (int i = 0; i < 1000; i++)
            {
                network.SetInput(0, i);
                network.Forward();
            }
        });
    }
}
