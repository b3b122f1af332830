using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Quantisation;

/// <summary>Activations by table: their values, and what certificates stand on.</summary>
[TestClass]
public sealed class TabulatedFunctionTests
{
    // At -7.5, -2.25, -0.3125, 0.6875 and 3.5, computed with 30 digits.
    [TestMethod]
        [DataRow("gelu", -2.3931687546831722e-13, -0.027505063473850582, -0.11791571297807591, 0.51845485286357025, 3.4991857982233757)]
        [DataRow("gelu_tanh", -4.0162682175142746e-18, -0.027201329897288611, -0.11791864419410739, 0.5184027048205461, 3.4993838023446263)]
        [DataRow("silu", -0.0041458397769269964, -0.21453629602299636, -0.13203269837943383, 0.45746975913843463, 3.3974071923702529)]
        [DataRow("elu", -0.99944691562985217, -0.89460077543813566, -0.26838437105335821, 0.6875, 3.5)]
        [DataRow("selu", -1.7571269635807869, -1.5727970336193384, -0.47184638584264686, 0.72235692880689284, 3.6774534557441817)]
        [DataRow("celu", -0.99944691562985217, -0.89460077543813566, -0.26838437105335821, 0.6875, 3.5)]
        [DataRow("hard_sigmoid", 0.0, 0.125, 0.44791666666666667, 0.61458333333333333, 1)]
        [DataRow("hard_swish", 0.0, -0.28125, -0.13997395833333333, 0.42252604166666667, 3.5)]
        [DataRow("softplus", 0.00055293147536079638, 0.10020655891674721, 0.54905486227066819, 1.0948510472537265, 3.5297504182726206)]
        [DataRow("softsign", -0.88235294117647059, -0.69230769230769231, -0.2380952380952381, 0.40740740740740741, 0.77777777777777778)]
        [DataRow("mish", -0.0041469856425822284, -0.22471311922296617, -0.15619109836717157, 0.54906628761885106, 3.4939907151175192)]
        [DataRow("log_sigmoid", -7.5005529314753608, -2.3502065589167472, -0.86155486227066819, -0.40735104725372648, -0.029750418272620565)]
        [DataRow("erf", -1.0, -0.99853728341331885, -0.34146863350159501, 0.66908466288608128, 0.99999925690162766)]
    public void ValuesAreRightToTheLastDigits(string name, double a, double b, double c, double d, double e)
    {
        Tabulated function = TabulatedFunctions.Find(name)!;
        double[] expected = [a, b, c, d, e];
        double[] at = [-7.5, -2.25, -0.3125, 0.6875, 3.5];
        for (int k = 0; k < at.Length; k++)
        {
            Assert.AreEqual(expected[k], function.Evaluate(at[k], 0), 4e-15, $"{name} at {at[k]}");
        }
    }

    [TestMethod]
    public void SlopesLinesAndRangesHoldAlsoOfFunctionsThatFall()
    {
        foreach (Tabulated function in TabulatedNetworks.Functions)
        {
            ActivationFunctionTests.AssertSound(function, rounds: 500, rises: false);
        }
    }

    // Convex or concave between its bends is what ranges and lines take it for.
    [TestMethod]
    public void TheDerivativeIsMonotoneBetweenItsBends()
    {
        PortableRandom random = new(3);
        foreach (Tabulated function in TabulatedNetworks.Functions)
        {
            for (int round = 0; round < 300; round++)
            {
                double z = (random.NextDouble() * 24) - 12;
                double width = Math.Pow(10, -3 * random.NextDouble());
                double low = function.Derivative(z, 0, 0);
                double middle = function.Derivative(z + (width / 2), 0, 0);
                double high = function.Derivative(z + width, 0, 0);
                (double least, double most) = function.Slopes(z, z + width, 0);

                // Without a bend inside, the ends are the extremes, and what lies between is between them.
                Assert.IsTrue(middle >= least && middle <= most, $"{function.Name} between {z:R} and {z + width:R}");
                bool hasBend = least < Math.Min(low, high) - 1e-9 || most > Math.Max(low, high) + 1e-9;
                Assert.IsTrue(hasBend || (middle >= Math.Min(low, high) - 1e-12 && middle <= Math.Max(low, high) + 1e-12), $"{function.Name} at {z:R}");
            }
        }
    }

    // A line that is farther off than it must be costs every certificate behind it.
    [TestMethod]
    public void ALineIsHardlyFartherOffThanTheBestOne()
    {
        foreach (Tabulated function in new[] { TabulatedFunctions.Gelu, TabulatedFunctions.Silu(), TabulatedFunctions.Softplus, TabulatedFunctions.Mish })
        {
            for (double low = -4; low < 4; low += 0.37)
            {
                (double slope, double offset, double radius) = function.Line(low, low + 0.8, 0);
                double seen = Enumerable.Range(0, 801).Max(k => Math.Abs(function.Evaluate(low + (k / 1000.0), 0) - (slope * (low + (k / 1000.0))) - offset));
                Assert.IsLessThan(1e-9 + (1.1 * seen), radius, $"{function.Name} from {low}");
            }
        }
    }

    [TestMethod]
    public void AFunctionIsFoundByItsNameWithTheParametersThatItTakes()
    {
        Assert.AreEqual("elu(0.5)", TabulatedFunctions.Find("elu", 0.5)!.Name);
        Assert.AreEqual("elu", TabulatedFunctions.Find("elu")!.Name);
        Assert.AreEqual("silu", TabulatedFunctions.Find("swish")!.Name);
        Assert.AreSame(TabulatedFunctions.Gelu, TabulatedFunctions.Find("gelu"));
        Assert.AreEqual("alpha, beta", TabulatedFunctions.ParametersOf("hard_sigmoid"));
        Assert.IsNull(TabulatedFunctions.Find("gelu", 1));
        Assert.IsNull(TabulatedFunctions.Find("elu", null, 1));
        Assert.IsNull(TabulatedFunctions.Find("elu", double.NaN));
        Assert.IsNull(TabulatedFunctions.Find("celu", -1));
        Assert.IsNull(TabulatedFunctions.Find("hard_sigmoid", 0));
        Assert.IsNull(TabulatedFunctions.Find("nothing"));
        Assert.IsNull(TabulatedFunctions.Find(null));
        CollectionAssert.AllItemsAreUnique(TabulatedFunctions.Names.Concat(ActivationFunction.All.Select(f => f.Name)).ToArray());
    }

    [TestMethod]
    public void TheDocumentNamesThemAll() => new Documents.Document("tools/README.md").MustSay($"and by table `{string.Join(' ', TabulatedFunctions.Names)}`,");

    [TestMethod]
    public void AModelFileKnowsNoFunction()
    {
        ActivationFunction function = Activation.Tabulated;
        Assert.AreEqual("tabulated", function.Name);
        Assert.AreEqual("16 bits, one scale", function.OutputFormat(0));
        Assert.ThrowsExactly<InvalidOperationException>(() => function.Evaluate(1, 0));
    }
}
