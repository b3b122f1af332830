using System.Runtime.Intrinsics;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Tests.Training;

/// <summary>What is computed for four at once has the bits of one after the other.</summary>
[TestClass]
public sealed class FourRowsTests
{
    private static readonly double[] Special =
    [
        0, -0.0, 0.125, 0.12499999999999999, -0.125, 22, 22.000000000000004, -22, 1e-310, -1e-310, 709.78, 709.79, -708.5, -745.2, -745.1, -745.3, 1e300, -1e300,
        double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
    ];

    [TestMethod]
    public void FunctionsHaveTheBitsThatTheyHaveAlone()
    {
        PortableRandom random = new(7);
        IEnumerable<double> drawn = Enumerable.Range(0, 200_000).Select(n => (random.NextDouble() - 0.5) * (n % 4) switch { 0 => 1600, 1 => 60, 2 => 4, _ => 0.3 });
        foreach (double[] x in Special.Concat(drawn).Chunk(FourRows.Count).Where(chunk => chunk.Length == FourRows.Count))
        {
            Vector256<double> four = Vector256.Create(x);
            MustBe(x, PortableMath.Exp, PortableLanes.Exp(four));
            MustBe(x, PortableMath.Tanh, PortableLanes.Tanh(four));
            MustBe(x, PortableMath.Sigmoid, PortableLanes.Sigmoid(four));
        }
    }

    /// <summary>Six rows: four at once and two alone.</summary>
    [TestMethod]
    public void GradientsAndLossesHaveTheBitsOfOneRowAfterTheOther()
    {
        PortableRandom random = new(3);
        foreach (ActivationFunction hidden in ActivationFunction.OfHiddenLayers)
        {
            foreach (ActivationFunction output in ActivationFunction.All)
            {
                LossKind loss = output.GivesLogits ? LossKind.CrossEntropy : LossKind.SquaredError;
                TrainableNetwork network = new([3, 9, 6, 3], [hidden, hidden, output], 0.1, loss);
                network.Initialise(random);
                double[][] inputs = [.. Enumerable.Range(0, 6).Select(_ => Drawn(random))];
                double[][] targets = [.. Enumerable.Range(0, 6).Select(r => output.GivesLogits ? [r % 3 == 0 ? 1 : 0, r % 3 == 1 ? 1 : 0, r % 3 == 2 ? 1 : 0] : Drawn(random))];
                TrainingRows rows = new(inputs, targets, [1, 0.3, 2.7, 1, 0.9, 1.1]);
                int[] order = [4, 0, 5, 2, 1, 3];
                double[] together = new double[network.Parameters.Length];
                double[] alone = new double[network.Parameters.Length];
                double sum = network.AddGradients(rows, order, together, 0.7);
                double expected = 0.7;
                foreach (int row in order)
                {
                    expected += network.AddGradient(inputs[row], targets[row], alone, rows.WeightOf(row));
                }

                MustBeEqual(expected, sum, $"{hidden.Name}, {output.Name}: loss");
                for (int i = 0; i < alone.Length; i++)
                {
                    MustBeEqual(alone[i], together[i], $"{hidden.Name}, {output.Name}: parameter {i}");
                }

                expected = 0.2;
                for (int row = 0; row < inputs.Length; row++)
                {
                    expected += rows.WeightOf(row) * network.Loss(inputs[row], targets[row]);
                }

                MustBeEqual(expected, network.AddLosses(rows, 0.2), $"{hidden.Name}, {output.Name}: losses");
            }
        }
    }

    /// <summary>Seven parameters, of which a vector holds four.</summary>
    [TestMethod]
    public void AStepHasTheSameBitsWhereverAParameterLies()
    {
        PortableRandom random = new(5);
        double[] parameters = [.. Enumerable.Range(0, 7).Select(_ => random.NextDouble() - 0.5)];
        double[] last = [.. parameters];
        bool[] decays = [true, false, true, true, false, true, false];
        Adam together = new(decays, 0.3);
        Adam[] alone = [.. decays.Select(decay => new Adam([decay], 0.3))];
        for (int step = 0; step < 20; step++)
        {
            double[] gradient = [.. parameters.Select(p => p + random.NextDouble() - 0.5)];
            together.Step(parameters, gradient, 0.25, 0.01);
            for (int i = 0; i < last.Length; i++)
            {
                double[] one = [last[i]];
                alone[i].Step(one, [gradient[i]], 0.25, 0.01);
                last[i] = one[0];
                MustBeEqual(last[i], parameters[i], $"step {step}, parameter {i}");
            }
        }
    }

    private static double[] Drawn(PortableRandom random) => [random.NextDouble() - 0.5, random.NextDouble() * 2, -random.NextDouble()];

    private static void MustBe(double[] x, Func<double, double> function, Vector256<double> results)
    {
        for (int i = 0; i < x.Length; i++)
        {
            MustBeEqual(function(x[i]), results[i], $"{function.Method.Name} of {x[i]:R}");
        }
    }

    private static void MustBeEqual(double expected, double given, string what) =>
        Assert.AreEqual(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(given), $"{what}: {given:R} for {expected:R}");
}
