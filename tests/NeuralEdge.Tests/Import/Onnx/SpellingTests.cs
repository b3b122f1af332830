using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Binding;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Learning.Import.Results;
using NeuralEdge.Learning.Import.Onnx;

namespace NeuralEdge.Tests.Import.Onnx;

/// <summary>A network is the same network however an exporter writes it.</summary>
[TestClass]
public sealed class SpellingTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void EverySpellingGivesTheSameIntegers()
    {
        FlowerNetwork flowers = FlowerNetwork.Instance;
        string expected = Integers(flowers.Model);
        IReadOnlyList<(string Name, byte[] File)> spellings = Spellings.All();
        foreach ((string name, byte[] file) in spellings)
        {
            ImportedModel imported = OnnxReader.Parse(file, name + ".onnx");
            Assert.IsTrue(imported.Classifies, name);
            (double, double)[] ranges = Array.ConvertAll(flowers.Model.Inputs, i => (i.Minimum!.Value, i.Maximum!.Value));
            Assert.AreEqual(expected, Integers(imported.Model.WithRanges(ranges, replace: true)), name);
        }

        TestContext.WriteLine($"{spellings.Count} spellings");
        Assert.IsGreaterThanOrEqualTo(30, spellings.Count);
        Assert.HasCount(spellings.Count, spellings.Select(s => Convert.ToHexString(s.File)).ToHashSet());
    }

    /// <summary>The comparison above can fail: one weight changed by its last bit changes an integer.</summary>
    [TestMethod]
    public void AnotherWeightGivesOtherIntegers()
    {
        FloatModel model = FlowerNetwork.Instance.Model;
        string before = Integers(model);
        model.Network.Layers[0].Weights[3][2] += 1.0 / 128;
        try
        {
            Assert.AreNotEqual(before, Integers(model));
        }
        finally
        {
            model.Network.Layers[0].Weights[3][2] -= 1.0 / 128;
        }
    }

    private static string Integers(FloatModel model)
    {
        RawInput[] inputs = Array.ConvertAll(model.Inputs, i => RawInputs.Choose(i, null, fast: false).Raw);
        QuantisedNetwork network = Quantiser.Quantise(model.Network, inputs, Profile.Exact, comparable: true);
        return string.Join("\n", network.Layers.Select(l => $"{l.Activation} {l.Slope} {l.LogitFractionBits}: " + string.Join(
            "; ", l.Neurons.Select(n => $"{string.Join(',', n.Weights)} + {n.Bias} >> {n.Shift} ({n.AccumulatorFractionBits})"))));
    }
}
