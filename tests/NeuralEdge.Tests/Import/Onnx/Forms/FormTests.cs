using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx;

namespace NeuralEdge.Tests.Import.Onnx.Forms;

/// <summary>What exporters write in many ways is the same network in all of them, and OnnxRuntime computes the same.</summary>
[TestClass]
public sealed class FormTests
{
    private const int Rows = 60;

    /// <summary>Ways of each kind that are tried: one, and five further.</summary>
    private const int Ways = 6;

    /// <summary>All ways that are tried.</summary>
    internal static IEnumerable<Form> AllForms() =>
        [.. RectifierForms.All(), .. GraphForms.All(), .. ConvolutionForms.All(), .. QuantisedForms.All(), .. ClassifierForms.All(), .. ActivationForms.All()];

    [TestMethod]
    public void Rectifiers() => AgreeWithTheOracle(RectifierForms.All());

    [TestMethod]
    public void Graphs() => AgreeWithTheOracle(GraphForms.All());

    [TestMethod]
    public void Convolutions() => AgreeWithTheOracle(ConvolutionForms.All());

    [TestMethod]
    public void LinearModels() => AgreeWithTheOracle(ClassifierForms.All());

    [TestMethod]
    public void QuantisedGraphs() => AgreeWithTheOracle(QuantisedForms.All());

    [TestMethod]
    public void Activations()
    {
        AgreeWithTheOracle(ActivationForms.All());
        foreach (Form form in ActivationForms.All())
        {
            FloatNetwork network = OnnxReader.Parse(form.File, form.Name).Model.Network;
            Assert.HasCount(form.Name.StartsWith("a ", StringComparison.Ordinal) ? 3 : 2, network.Layers, form.Name);
            Assert.AreEqual(form.Kind, network.Layers[0].Function.Name, form.Name);
        }
    }

    /// <summary>What looks like a known function near zero is none when it goes another way far out.</summary>
    [TestMethod]
    public void AFunctionIsKnownOnlyWhenItIsThatEverywhere()
    {
        Scalar silu = ActivationLibrary.Swish(Scalar.Variable, 1);
        Assert.AreEqual("silu", KnownFunctions.Name(silu).Name);
        foreach (double end in new[] { 5.0, 25, 3000 })
        {
            Assert.AreEqual("custom", KnownFunctions.Name(ActivationLibrary.Clip(silu, null, end)).Name, $"{end}");
        }
    }

    /// <summary>A rectifier that is spelled out has as many neurons as it needs.</summary>
    [TestMethod]
    public void RectifiersCostNoMoreThanTheyMust()
    {
        foreach (Form form in RectifierForms.All())
        {
            FloatNetwork network = OnnxReader.Parse(form.File, form.Name).Model.Network;
            int most = form.Kind.StartsWith("leaky", StringComparison.Ordinal) ? 5 : 10;
            Assert.HasCount(2, network.Layers, form.Name);
            Assert.IsLessThanOrEqualTo(most, network.Layers[0].OutputCount, form.Name);
        }
    }

    [TestMethod]
    public void AnErrorFunctionIsOne()
    {
        // Abramowitz and Stegun, table 7.1.
        Assert.AreEqual(0.5204998778, ErrorFunction.Evaluate(0.5), 1e-10);
        Assert.AreEqual(0.8427007929, ErrorFunction.Evaluate(1), 1e-10);
        Assert.AreEqual(-0.9953222650, ErrorFunction.Evaluate(-2), 1e-10);
        Assert.AreEqual(0.9999779095, ErrorFunction.Evaluate(3), 1e-10);
        Assert.AreEqual(ErrorFunction.Evaluate(2.4999999), ErrorFunction.Evaluate(2.5000001), 1e-9);
    }

    private static void AgreeWithTheOracle(IReadOnlyList<Form> forms)
    {
        foreach (Form form in forms)
        {
            FloatNetwork network = OnnxReader.Parse(form.File, form.Name).Model.Network;
            Assert.AreEqual(form.Width, network.InputCount, form.Name);
            using Oracle oracle = new(form.File);
            PortableRandom random = new(11);
            for (int r = 0; r < Rows; r++)
            {
                double[] row = [.. Enumerable.Range(0, form.Width).Select(_ => (double)(float)((random.NextDouble() * 7.5) - 3.75))];
                double[] expected = oracle.Run(row, open: form.Open);
                double[] real = network.Forward(row);
                Assert.HasCount(expected.Length, real, form.Name);
                for (int o = 0; o < expected.Length; o++)
                {
                    Assert.AreEqual(expected[o], real[o], form.Tolerance * Math.Max(1, Math.Abs(expected[o]) / 8), $"{form.Kind}: {form.Name}, output {o}");
                }
            }
        }

        foreach (IGrouping<string, Form> kind in forms.GroupBy(f => f.Kind).Where(k => !k.Key.Contains('(', StringComparison.Ordinal) && k.Key is not ("erf" or "sigmoid" or "softsign" or "mish")))
        {
            Assert.IsGreaterThanOrEqualTo(Ways, kind.Count(), kind.Key);
        }
    }
}
