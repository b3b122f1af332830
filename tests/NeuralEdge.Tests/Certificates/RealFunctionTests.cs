using NeuralEdge.Checker;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Networks;
using NeuralEdge.Tests.Quantisation;

namespace NeuralEdge.Tests.Certificates;

/// <summary>The checker has functions of its own; these are what its verdicts on them stand on.</summary>
[TestClass]
public sealed class RealFunctionTests
{
    private static IEnumerable<(string Name, RealFunction Function, ActivationFunction Other, double Slope)> All =>
    [
        ("tanh", RealFunction.Of("tanh", 0, 0), Activation.Tanh, 0),
        ("sigmoid", RealFunction.Of("sigmoid", 0, 0), Activation.Sigmoid, 0),
        ("relu", RealFunction.Of("relu", 0, 0), Activation.Relu, 0),
        ("leaky_relu", RealFunction.Of("leaky_relu", 0.3, 0), Activation.LeakyRelu, 0.3),
        .. TabulatedNetworks.Functions.Select(f =>
            (f.Name, RealFunction.Of(f.Kind!, f.Parameters.ElementAtOrDefault(0), f.Parameters.ElementAtOrDefault(1)), (ActivationFunction)f, 0.0)),
    ];

    // Two programs that took one formula for another would have to do it alike.
    [TestMethod]
    public void ValuesAndDerivativesAreThoseOfTheOtherProgram()
    {
        foreach ((string name, RealFunction f, ActivationFunction other, double slope) in All)
        {
            for (double z = -40.015625; z < 40; z += 0.0078125)
            {
                double y = other.Evaluate(z, slope);
                double error = f.Error + (f.Error > 0 ? ActivationFunction.Slack : 0);
                Assert.AreEqual(y, f.Value(z), error * (1 + Math.Abs(z)), $"{name} at {z}");

                // At a kink either side will do.
                if (!f.Bends.Contains(z))
                {
                    Assert.AreEqual(other.Derivative(z, y, slope), f.Slope(z), (4 * f.Error) + 1e-14, $"{name} at {z}");
                }
            }
        }
    }

    [TestMethod]
    public void SlopesAndGapsHoldInEveryRange()
    {
        foreach ((string name, RealFunction f, ActivationFunction other, double slope) in All)
        {
            PortableRandom random = new(name.Length);
            for (int round = 0; round < 500; round++)
            {
                double low = ((2 * random.NextDouble()) - 1) * Math.Pow(10, (random.NextDouble() * 3) - 1.5);
                double high = low + Math.Pow(10, (random.NextDouble() * 6) - 4);
                double s = (random.NextDouble() * 1.6) - 0.3;
                (double least, double greatest) = f.Slopes(low, high);
                (double down, double up) = f.Above(s, low, high);
                string where = $"{name} between {low:R} and {high:R}, line {s:R}";
                for (int p = 0; p <= 40; p++)
                {
                    double z = Math.Min(high, low + ((high - low) * p / 40));
                    double y = other.Evaluate(z, slope);
                    double derivative = other.Derivative(z, y, slope);
                    double gap = y - (s * z);
                    Assert.IsTrue(derivative >= least - 1e-14 && derivative <= greatest + 1e-14, $"{where}: derivative {derivative:R} at {z:R}");
                    Assert.IsTrue(gap >= down - (1e-15 * Math.Abs(s * z)) && gap <= up + (1e-15 * Math.Abs(s * z)), $"{where}: gap {gap:R} at {z:R}");
                }
            }
        }
    }

    // A bend that is not known would hide an extreme between the places that are looked at.
    [TestMethod]
    public void TheDerivativeTurnsNowhereButAtItsBends()
    {
        const double Step = 1.0 / 1024;
        foreach ((string name, RealFunction f, _, _) in All)
        {
            int turns = 0;
            int before = 0;
            for (double z = -60; z < 60; z += Step)
            {
                double change = f.Slope(z + Step) - f.Slope(z);
                int sign = Math.Abs(change) > 1e-12 ? Math.Sign(change) : 0;
                if (sign != 0 && before != 0 && sign != before)
                {
                    turns++;
                    Assert.IsTrue(Array.Exists(f.Bends, bend => Math.Abs(bend - z) <= 2 * Step), $"{name} turns at {z}");
                }

                before = sign == 0 ? before : sign;
            }

            // Where it turns smoothly it stands still: a bend that is a millionth off hides less than a double can say.
            foreach (double bend in f.Bends.Where(bend => bend != 0 && Math.Abs(f.Slope(bend + 1e-9) - f.Slope(bend - 1e-9)) < 1e-6))
            {
                Assert.AreEqual(f.Slope(bend - 1e-3), f.Slope(bend + 1e-3), 2e-9, $"{name} at {bend}");
            }

            Assert.IsLessThanOrEqualTo(f.Bends.Length, turns, name);
        }
    }

    [TestMethod]
    public void ATablesErrorIsThatOfItsWorstArgument()
    {
        RealFunction square = new(0, z => z * z, z => 2 * z);
        int[] table = [.. Enumerable.Range(0, 513).Select(k => (k - 256) * (k - 256) / 4)];

        // Entries are floor(x^2 / 4) of x = z / 128: a quarter below at odd x, and lines between are above by up to 1/16, rounded half up.
        double right = square.ErrorOf(table, 1 / 128.0, 4);
        Assert.IsTrue(right is >= 1 and <= 4, $"{right}");
        table[300] += 9;
        Assert.AreEqual(36, square.ErrorOf(table, 1 / 128.0, 4), 4);
        Assert.AreEqual(0, square.ErrorOf([], 1, 1));
    }
}
