using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Training;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Training;

/// <summary>Backpropagation against the definition of a derivative.</summary>
[TestClass]
public sealed class GradientTests
{
    private static readonly Activation[] Hidden = [Activation.Linear, Activation.Tanh, Activation.Sigmoid, Activation.Relu, Activation.LeakyRelu];

    [TestMethod]
    public void EveryGradientIsTheCentralDifferenceOfItsLoss()
    {
        PortableRandom random = new(11);
        foreach (Activation hidden in Hidden)
        {
            foreach (Activation output in Hidden.Append(Activation.Softmax))
            {
                LossKind loss = output == Activation.Softmax ? LossKind.CrossEntropy : LossKind.SquaredError;
                TrainableNetwork network = new([3, 5, 4, 3], [hidden, hidden, output], 0.1, loss);
                network.Initialise(random);
                for (int i = 0; i < network.Parameters.Length; i++)
                {
                    network.Parameters[i] += random.NextDouble() * 0.2;
                }

                double[] x = [random.NextDouble() - 0.5, random.NextDouble() * 2, -random.NextDouble()];
                double[] y = output == Activation.Softmax ? [0, 1, 0] : [0.3, -0.7, 0.9];
                double[] gradient = new double[network.Parameters.Length];
                network.AddGradient(x, y, gradient);
                Assert.IsTrue(Array.Exists(gradient, g => Math.Abs(g) > 1e-6), $"{hidden}, {output}: no gradient at all");
                for (int i = 0; i < gradient.Length; i++)
                {
                    const double Step = 1e-6;
                    double kept = network.Parameters[i];
                    network.Parameters[i] = kept + Step;
                    double above = network.Loss(x, y);
                    network.Parameters[i] = kept - Step;
                    double below = network.Loss(x, y);
                    network.Parameters[i] = kept;
                    Assert.AreEqual((above - below) / (2 * Step), gradient[i], 1e-7, $"{hidden}, {output}, parameter {i}");
                }
            }
        }
    }

    [TestMethod]
    public void GradientsOfRowsAddUp()
    {
        TrainableNetwork network = new([2, 3, 1], [Activation.Tanh, Activation.Linear], 0, LossKind.SquaredError);
        network.Initialise(new PortableRandom(1));
        double[] first = new double[network.Parameters.Length];
        double[] second = new double[network.Parameters.Length];
        double[] both = new double[network.Parameters.Length];
        network.AddGradient([1, 2], [3], first);
        network.AddGradient([-1, 0.5], [0], second);
        network.AddGradient([1, 2], [3], both);
        network.AddGradient([-1, 0.5], [0], both);
        for (int i = 0; i < both.Length; i++)
        {
            Assert.AreEqual(first[i] + second[i], both[i], 1e-12);
        }
    }

    [TestMethod]
    public void TheNetworkHandedOutComputesWhatWasTrained()
    {
        TrainableNetwork network = new([2, 4, 3], [Activation.LeakyRelu, Activation.Softmax], 0.2, LossKind.CrossEntropy);
        network.Initialise(new PortableRandom(5));
        FloatNetwork copy = network.ToNetwork();
        double[] probabilities = copy.Forward([0.4, -1]);
        Assert.AreEqual(network.Loss([0.4, -1], [0, 0, 1]), -Math.Log(probabilities[2]), 1e-12);
        Assert.AreEqual(1, probabilities.Sum(), 1e-12);
    }
}
