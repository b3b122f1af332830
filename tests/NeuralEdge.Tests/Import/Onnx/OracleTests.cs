using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Learning.Import.Results;
using NeuralEdge.Learning.Import.Onnx;

namespace NeuralEdge.Tests.Import.Onnx;

/// <summary>OnnxRuntime runs the same files in float: our real network is its network, our integers are within the certificate.</summary>
[TestClass]
public sealed class OracleTests
{
    private const double Work = 2e6;

    /// <summary>What float's 24 bits cost in networks of these sizes; ours computes in double.</summary>
    private const double FloatError = 2e-5;

    /// <summary>The board's softmax against the real one, proven by "neuraledge prove".</summary>
    private const double SoftmaxError = 1.0 / 4096;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void SpellingsAgreeOnEveryFlower()
    {
        FlowerNetwork flowers = FlowerNetwork.Instance;
        ConvertedModel conversion = Convert(flowers.Model, ModelTask.Classification);

        // A difference of e in every logit changes a probability by e / 2 at most.
        double allowed = (Certificate.Read(conversion.File)!.Bound.Total.Max() / 2) + SoftmaxError + FloatError;
        double worst = 0;
        int compared = 0;
        foreach ((string name, byte[] file) in Spellings.All())
        {
            FloatNetwork ours = OnnxReader.Parse(file, name).Model.Network;
            using Oracle oracle = new(file);
            foreach (double[] flower in flowers.Rows)
            {
                double[] row = Array.ConvertAll(flower, v => (double)(float)v);
                double[] expected = oracle.Run(row);
                double[] real = ours.Forward(row);
                double[] board = conversion.File.ToValues(conversion.File.Run(conversion.File.ToRaw(row)));
                for (int o = 0; o < expected.Length; o++)
                {
                    Assert.AreEqual(expected[o], real[o], FloatError, name);
                    worst = Math.Max(worst, Math.Abs(expected[o] - board[o]));
                    compared++;
                }
            }
        }

        TestContext.WriteLine($"{compared} outputs, largest difference {worst:E2}, allowed {allowed:E2}");
        Assert.IsLessThanOrEqualTo(allowed, worst);
    }

    [TestMethod]
    public void EveryOperatorAgreesWithinTheCertificate()
    {
        foreach ((string name, byte[] file) in OperatorModels.All())
        {
            FloatModel model = OnnxReader.Parse(file, name).Model.WithRanges([(-4, 4), (-4, 4), (-4, 4)], replace: true);
            ConvertedModel conversion = Convert(model, ModelTask.Regression);
            double[] bound = Certificate.Read(conversion.File)!.Bound.Total;
            using Oracle oracle = new(file);
            PortableRandom random = new(7);
            double worst = 0;
            for (int r = 0; r < 200; r++)
            {
                double[] row = [.. Enumerable.Range(0, 3).Select(_ => (double)(float)((random.NextDouble() * 8) - 4))];
                double[] expected = oracle.Run(row);
                double[] real = model.Network.Forward(row);
                double[] board = conversion.File.ToValues(conversion.File.Run(conversion.File.ToRaw(row)));
                Assert.HasCount(expected.Length, real, name);
                for (int o = 0; o < expected.Length; o++)
                {
                    Assert.AreEqual(expected[o], real[o], FloatError, $"{name}, output {o}");
                    Assert.AreEqual(expected[o], board[o], bound[o] + FloatError, $"{name}, output {o}");
                    worst = Math.Max(worst, Math.Abs(expected[o] - board[o]));
                }
            }

            TestContext.WriteLine($"{name}: largest difference {worst:E2}, certified {bound.Max():E2}");
        }
    }

    /// <summary>A log-softmax and an arg-max at the end: the class is the same, and a sentence says what the outputs are.</summary>
    [TestMethod]
    public void ClassesAreThoseOfTheOracle()
    {
        FlowerNetwork flowers = FlowerNetwork.Instance;
        byte[] file = ClassifierModels.ArgMaxOfLogSoftmax();
        ImportedModel imported = OnnxReader.Parse(file, "argmax.onnx");
        Assert.IsTrue(imported.Classifies);
        Assert.Contains(n => n.Contains("LogSoftmax", StringComparison.Ordinal), imported.Notes);
        using Oracle oracle = new(file);
        foreach (double[] flower in flowers.Rows)
        {
            Assert.AreEqual(oracle.Class(flower, "label"), imported.Model.Network.ArgMax(flower));
        }
    }

    [TestMethod]
    public void LabelsOfClassifiersBecomeOutputNames()
    {
        foreach ((string name, byte[] file, string[] labels) in ClassifierModels.All())
        {
            ImportedModel imported = OnnxReader.Parse(file, "c.onnx");
            Assert.IsTrue(imported.Classifies, name);
            CollectionAssert.AreEqual(labels, imported.Model.Outputs.Select(o => o.Name).ToArray(), name);
        }
    }

    private static ConvertedModel Convert(FloatModel model, ModelTask task) =>
        Converter.Convert(new(model, task, new BoardSpec(0, [], []), Profile.Exact, Work: Work));
}
