using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Tests.Quantisation;

/// <summary>What is promised of whole networks against double, rounding of the inputs included.</summary>
[TestClass]
public sealed class EndToEndTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void SineIsRightToThreeAndAHalfTenThousandths() => AssertSine(Profile.Exact, 3.5e-4);

    [TestMethod]
    public void CompactSineIsRightToThreeThousandthsInFourHundredAndSixtyBytes()
    {
        ConvertedModel conversion = AssertSine(Profile.Compact, 3e-3);
        int bytes = conversion.Network.Layers.Sum(layer => layer.Neurons.Sum(neuron => (neuron.Weights.Length * layer.WeightBytes) + 4 + 1));
        TestContext.WriteLine($"{bytes} bytes of weights, biases and scales");
        Assert.IsLessThanOrEqualTo(460, bytes);
    }

    [TestMethod]
    public void ClassifierKeepsItsLogitsAndItsClasses()
    {
        FloatModel model = MeasuredNetworks.Iris;
        ConvertedModel conversion = Examples.Convert(model);
        PortableRandom random = new(9);
        double worst = 0;
        double largest = 0;
        DataSet data = DataSet.From(Table.Read(Repository.PathOf("tools/examples/iris.csv")), ["species"]);
        IEnumerable<double[]> rows = [.. data.Inputs, .. Enumerable.Range(0, 4000).Select(_ => Examples.RandomRow(model, random))];
        foreach (double[] row in rows)
        {
            double[] expected = model.Network.Scores(row);
            double[] actual = conversion.File.ToScores(conversion.File.Run(conversion.File.ToRaw(row)));
            for (int o = 0; o < expected.Length; o++)
            {
                worst = Math.Max(worst, Math.Abs(actual[o] - expected[o]));
                largest = Math.Max(largest, Math.Abs(expected[o]));
            }

            Assert.AreEqual(model.Network.ArgMax(row), conversion.File.Model.Network.ArgMax());
        }

        TestContext.WriteLine($"logits up to {largest:F1}, largest error {worst:E2}");
        Assert.IsLessThanOrEqualTo(4.5e-3, worst);
        AssertBoundWithinTwice(conversion, rows);
    }

    [TestMethod]
    public void WorkedExampleHasABoundWithinTwiceTheErrorSeen()
    {
        PortableRandom random = new(3);
        AssertBoundWithinTwice(Examples.Convert(Examples.WorkedExample), Enumerable.Range(0, 50_000).Select(_ => Examples.RandomRow(Examples.WorkedExample, random)));
    }

    private ConvertedModel AssertSine(Profile profile, double promised)
    {
        FloatModel model = MeasuredNetworks.Sine;
        ConvertedModel conversion = Examples.Convert(model, profile, AdaptiveRounding.DefaultWork);
        double low = model.Inputs[0].Minimum!.Value;
        double high = model.Inputs[0].Maximum!.Value;
        double[][] rows = [.. Enumerable.Range(0, 4097).Select(k => new[] { low + ((high - low) * k / 4096) })];
        double worst = 0;
        foreach (double[] row in rows)
        {
            double y = conversion.File.ToValues(conversion.File.Run(conversion.File.ToRaw(row)))[0];
            worst = Math.Max(worst, Math.Abs(y - model.Network.Scores(row)[0]));
        }

        TestContext.WriteLine($"largest error of {profile} at 4,097 points {worst:E2}");
        Assert.IsLessThanOrEqualTo(promised, worst);
        AssertBoundWithinTwice(conversion, rows);
        return conversion;
    }

    private void AssertBoundWithinTwice(ConvertedModel conversion, IEnumerable<double[]> rows)
    {
        Certificate certificate = Certificate.Compute(conversion.Model.Network, conversion.Network, [.. rows]);
        for (int o = 0; o < certificate.Observed.Length; o++)
        {
            TestContext.WriteLine(
                $"output {o}: proven {certificate.Bound.Total[o]:E2}, seen {certificate.Observed[o]:E2}, {certificate.Bound.Total[o] / certificate.Observed[o]:F2} times");
            Assert.IsLessThanOrEqualTo(certificate.Bound.Total[o], certificate.Observed[o]);
            Assert.IsLessThanOrEqualTo(2 * certificate.Observed[o], certificate.Bound.Total[o]);
        }
    }
}
