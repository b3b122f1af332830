using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Quantisation;

/// <summary>Networks with tabulated activations become integers that are near and proven.</summary>
[TestClass]
public sealed class TabulatedNetworkTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void EveryFunctionComesOutWithinATenthOfAPercentOfItsRange()
    {
        foreach (Tabulated function in TabulatedNetworks.Functions)
        {
            PortableRandom random = new(5);
            FloatModel model = TabulatedNetworks.Create(random, 12, 2, function);
            ConvertedModel conversion = Examples.Convert(model);
            Figures figures = Measure(model, conversion.Network, random, 500);
            TestContext.WriteLine($"{function.Name}: {figures.Share:P4} of range, {figures.Met} met a ceiling");
            Assert.AreEqual(0, figures.Met, function.Name);

            // A kink between two knots is off by a share of their distance; it is nobody's usual function that has one.
            Assert.IsLessThan(function.Name.StartsWith("hard_sigmoid(-1.3", StringComparison.Ordinal) ? 0.01 : 0.001, figures.Share, function.Name);
        }
    }

    [TestMethod]
    public void NoErrorPassesItsCertificateWhileNoCeilingIsMet()
    {
        double closest = 0;
        int met = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            PortableRandom random = new(seed);
            FloatModel model = TabulatedNetworks.Create(
                random, 1 + random.Next(8), 1 + random.Next(3), last: seed % 3 == 0 ? TabulatedNetworks.Functions[random.Next(TabulatedNetworks.Functions.Length)] : null);
            ConvertedModel conversion = Converter.Convert(
                new(model, Conversion.Files.ModelTask.Regression, Examples.NoBoard, seed % 2 == 0 ? Profile.Exact : Profile.Compact, AcceptError: double.PositiveInfinity, Work: 1e5));
            ErrorBound bound = ErrorBound.Find(model.Network, conversion.Network, 1e5);
            Assert.IsTrue(AccumulatorBounds.Fit(new IntegerNetwork(conversion.Network).Core), $"network {seed}");
            IntegerNetwork integers = new(conversion.Network);
            for (int r = 0; r < 100; r++)
            {
                double[] row = Examples.RandomRow(model, random);
                double[] actual = integers.Scores(integers.ToRaw(row));
                double[] expected = model.Network.Scores(row);
                met += integers.Saturated ? 1 : 0;
                for (int o = 0; o < actual.Length && !integers.Saturated; o++)
                {
                    double error = Math.Abs(actual[o] - expected[o]);
                    Assert.IsTrue(error <= bound.Total[o], $"network {seed}, row {r}: error {error:g17}, bound {bound.Total[o]:g17}");
                    closest = Math.Max(closest, error / bound.Total[o]);
                }
            }
        }

        TestContext.WriteLine($"an error came as close as {closest:P1} of its bound; {met} rows of 6000 met a ceiling");
        Assert.IsGreaterThan(0.2, closest);
        Assert.IsLessThan(60, met);
    }

    [TestMethod]
    public void WhereAFunctionEndsFlatTheCertificateHoldsBeyondItsTableToo()
    {
        int beyond = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            PortableRandom random = new(seed);
            double end = 0.2 + random.NextDouble();
            FloatModel model = TabulatedNetworks.Create(random, 1 + random.Next(8), 1, SquareTo(end));
            ConvertedModel conversion = Converter.Convert(
                new(model, Conversion.Files.ModelTask.Regression, Examples.NoBoard, Profile.Exact, AcceptError: double.PositiveInfinity, Work: 1e5));
            ErrorBound bound = ErrorBound.Find(model.Network, conversion.Network, 1e5);
            IntegerNetwork integers = new(conversion.Network);
            FloatLayer first = model.Network.Layers[0];
            for (int r = 0; r < 100; r++)
            {
                double[] row = Examples.RandomRow(model, random);
                double[] actual = integers.Scores(integers.ToRaw(row));
                double[] expected = model.Network.Scores(row);
                Assert.IsFalse(integers.Saturated, $"network {seed}, row {r}");
                beyond += first.Weights.Where((weights, n) => Math.Abs(weights.Zip(row, (w, x) => w * x).Sum() + first.Bias[n]) > 2.1 * end).Any() ? 1 : 0;
                for (int o = 0; o < actual.Length; o++)
                {
                    Assert.IsLessThanOrEqualTo(bound.Total[o], Math.Abs(actual[o] - expected[o]), $"network {seed}, row {r}");
                }
            }
        }

        Assert.IsGreaterThan(1000, beyond, "a table has at most twice what it needs");
    }

    [TestMethod]
    public void ATableThatSaysFlatOfAFunctionThatIsNotHasNoBound()
    {
        (ActivationCurve flat, int bits) = CurveFit.Of(SquareTo(1), 14);
        Assert.IsTrue(flat.IsFlatBeyond);
        Assert.IsLessThan(0.001, CurveFit.LargestError(SquareTo(1), flat, Math.ScaleB(1, -14), Math.ScaleB(1, -bits)));
        Assert.AreEqual(double.PositiveInfinity, CurveFit.LargestError(SquareTo(3), flat, Math.ScaleB(1, -14), Math.ScaleB(1, -bits)), "it goes on to 3, and the table to 2");
        Assert.AreEqual(double.PositiveInfinity, CurveFit.LargestError(TabulatedFunctions.Elu(), flat, Math.ScaleB(1, -14), Math.ScaleB(1, -bits)));
        Assert.IsFalse(CurveFit.Of(SquareTo(3), 14).Curve.IsFlatBeyond);
    }

    // A wrong entry is what the certificate measures: it sees every pre-activation.
    [TestMethod]
    public void TheErrorOfATableIsThatOfItsWorstPreActivation()
    {
        (ActivationCurve curve, int outputBits) = CurveFit.Of(TabulatedFunctions.Gelu, 12);
        double step = Math.ScaleB(1, -12);
        double scale = Math.ScaleB(1, -outputBits);
        double right = CurveFit.LargestError(TabulatedFunctions.Gelu, curve, step, scale);
        Assert.IsLessThan(1.1 * scale, right);
        Assert.IsGreaterThan(0.45 * scale, right);
        curve.Knots[300] += 7;
        Assert.AreEqual(7 * scale, CurveFit.LargestError(TabulatedFunctions.Gelu, curve, step, scale), 1.5 * right);
    }

    [TestMethod]
    public void KinksAtMultiplesOfAKnotAreExact()
    {
        foreach (Tabulated function in new[] { TabulatedFunctions.HardSigmoid(0.125), TabulatedFunctions.HardSigmoid(0.25) })
        {
            (ActivationCurve curve, int outputBits) = CurveFit.Of(function, 11);
            double half = Math.ScaleB(0.5, -outputBits);
            Assert.IsLessThan(1.01 * half, CurveFit.LargestError(function, curve, Math.ScaleB(1, -11), 2 * half), function.Name);
        }
    }

    [TestMethod]
    public void WithoutRowsScalesFollowFromBoundsAndNoCeilingCanBeMet()
    {
        PortableRandom random = new(8);
        FloatModel model = TabulatedNetworks.Create(random, 6, 2, TabulatedFunctions.Elu());
        RawInput[] inputs = Examples.Convert(model).Network.Inputs;
        QuantisedNetwork network = Quantiser.Quantise(model.Network, inputs, Profile.Exact, comparable: false);
        Figures figures = Measure(model, network, random, 300);
        Assert.AreEqual(0, figures.Met);
        Assert.IsLessThan(0.01, figures.Share);
    }

    // The steepest weights of one-hot inputs: nothing but a shift to the left gives such a neuron the format of its layer.
    [TestMethod]
    public void ANeuronMayHaveACoarserScaleThanItsLayersFormat()
    {
        FloatModel model = new(
            new FloatNetwork(new FloatLayer([[0.01, 3], [1, 1]], [0, 0.5], TabulatedFunctions.Silu()), new FloatLayer([[1, 1]], [0], Activation.Linear)),
            [new InputSpec("a", "", 0, 1), new InputSpec("b", "", 0, 1)],
            [new OutputSpec("y")]);
        RawInput[] oneHot = [new RawInput(0, 1, 1, 0), new RawInput(0, 1, 1, 0)];
        QuantisedNetwork network = Quantiser.Quantise(model.Network, oneHot, Profile.Compact, comparable: false);
        Assert.IsLessThan(0, network.Layers[0].Neurons.Min(neuron => neuron.Shift));
        IntegerNetwork integers = new(network);
        Assert.AreEqual(model.Network.Scores([1, 1])[0], integers.Scores([1, 1])[0], 0.05);
        Assert.AreEqual(model.Network.Scores([0, 1])[0], integers.Scores([0, 1])[0], 0.05);
    }

    [TestMethod]
    public void TheProfileFastIsRefusedAndNotTriedBeside()
    {
        FloatModel model = TabulatedNetworks.Create(new PortableRandom(2), 4, 1, TabulatedFunctions.Gelu);
        Refusals.Expect("layer 0|the profile fast does not have the activation gelu|exact or compact", () => Examples.Convert(model, Profile.Fast));
        ConvertedModel conversion = Examples.Convert(model);
        Conversion.Reports.ConversionAnalysis analysis = Conversion.Reports.ConversionAnalysis.Of(conversion, Conversion.Reports.EvaluationSet.Spread(model));
        CollectionAssert.AreEqual(new[] { Profile.Exact, Profile.Compact }, analysis.Profiles.Select(p => p.Profile).ToArray());
        Assert.IsGreaterThan(0, analysis.Profiles[0].Operations);
    }

    private static Tabulated SquareTo(double end) => new("square", z => Math.Min(z * z, end * end), z => Math.Abs(z) < end ? 2 * z : 0, -end, end) { FlatBeyond = end };

    private static Figures Measure(FloatModel model, QuantisedNetwork network, PortableRandom random, int rows)
    {
        IntegerNetwork integers = new(network);
        double[] error = new double[model.Network.OutputCount];
        double[] least = [.. error.Select(_ => double.PositiveInfinity)];
        double[] most = [.. error.Select(_ => double.NegativeInfinity)];
        int met = 0;
        for (int r = 0; r < rows; r++)
        {
            double[] row = Examples.RandomRow(model, random);
            double[] expected = model.Network.Scores(row);
            double[] actual = integers.Scores(integers.ToRaw(row));
            met += integers.Saturated ? 1 : 0;
            for (int o = 0; o < error.Length; o++)
            {
                error[o] = Math.Max(error[o], Math.Abs(actual[o] - expected[o]));
                least[o] = Math.Min(least[o], expected[o]);
                most[o] = Math.Max(most[o], expected[o]);
            }
        }

        return new Figures(Enumerable.Range(0, error.Length).Max(o => error[o] / (most[o] - least[o])), met);
    }

    private sealed record Figures(double Share, int Met);
}
