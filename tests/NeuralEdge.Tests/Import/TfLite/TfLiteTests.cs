using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Import.Results;
using NeuralEdge.Learning.Import.TfLite;
using NeuralEdge.Networks;
using NeuralEdge.Tests.Import.Onnx;

namespace NeuralEdge.Tests.Import.TfLite;

/// <summary>TensorFlow Lite files come in as the numbers they stand for, or are refused by the operator's name.</summary>
[TestClass]
public sealed class TfLiteTests
{
    [TestMethod]
    public void FloatNetworkComesInUnchanged()
    {
        ImportedModel imported = TfLiteReader.Parse(TfLiteModels.Float(), "f.tflite");
        FloatLayer[] expected = FlowerNetwork.Instance.Model.Network.Layers;
        AssertSame(expected, imported.Model.Network.Layers);
        Assert.IsTrue(imported.Classifies);
        Assert.IsEmpty(imported.Notes);
        Assert.IsFalse(imported.Model.HasRanges);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void EightBitNumbersAreTakenExactly(bool withZeroPoint)
    {
        (byte[] file, double[][] w1, double[] b1, double[][] w2, double[] b2) = TfLiteModels.EightBit(withZeroPoint);
        ImportedModel imported = TfLiteReader.Parse(file, "q.tflite");
        AssertSame([new FloatLayer(w1, b1, Activation.Tanh), new FloatLayer(w2, b2, Activation.Linear)], imported.Model.Network.Layers);
        Assert.AreEqual((0.0, 255 * 0.03125), imported.Quantisation);
        Assert.Contains(n => n.Contains("8-bit", StringComparison.Ordinal), imported.Notes);
    }

    [TestMethod]
    public void EveryOperatorComputesWhatItShould()
    {
        foreach ((string name, byte[] file, Func<double, double> expected) in TfLiteOperatorModels.All())
        {
            FloatNetwork network = TfLiteReader.Parse(file, name).Model.Network;
            foreach (double x in new[] { -7.5, -0.75, 0, 0.5, 3, 6, 8 })
            {
                Assert.AreEqual(expected(x), network.Forward([x])[0], 1e-14 * Math.Max(1, Math.Abs(expected(x))), $"{name} of {x}");
            }
        }
    }

    [TestMethod]
    public void WhatABoardDoesNotHaveIsRefusedByItsName()
    {
        TfLiteWriter w = new();
        int input = w.Tensor("x", TfLiteWriter.Float32, [1, 4]);
        int output = w.Tensor("pooled", TfLiteWriter.Float32, [1, 4]);
        byte[] file = w.Operator(17, [input], output).ToArray(input, output);
        Refusals.Expect("p.tflite|operator 0 (MAX_POOL_2D)|\"pooled\"|dense layers", () => TfLiteReader.Parse(file, "p.tflite"));
    }

    /// <summary>A small file whose tensors share one long list asks for much memory, and does not get it.</summary>
    [TestMethod]
    public void SharedListsArePaidForByEveryTensor()
    {
        SharedTable scales = new(new FlatFields { [2] = new float[60_000] });
        FlatFields graph = new() { [0] = Enumerable.Range(0, 2000).Select(_ => new FlatFields { [4] = scales }).ToArray() };
        byte[] file = FlatWriter.Write(new FlatFields { [0] = 3, [2] = new[] { graph } }, "TFL3");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refusals.Expect("s.tflite|in memory", () => TfLiteReader.Parse(file, "s.tflite"));
        Assert.IsLessThan(200L << 20, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void AssertSame(FloatLayer[] expected, FloatLayer[] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (int l = 0; l < expected.Length; l++)
        {
            Assert.AreEqual(expected[l].Activation, actual[l].Activation);
            CollectionAssert.AreEqual(expected[l].Bias, actual[l].Bias);
            CollectionAssert.AreEqual(expected[l].Weights.SelectMany(r => r).ToArray(), actual[l].Weights.SelectMany(r => r).ToArray());
        }
    }
}
