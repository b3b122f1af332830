using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Tests.Models;

namespace NeuralEdge.Tests.Documents.Format;

/// <summary>FORMAT.md 2: ranges, shifts, slopes, lanes and the end of the section.</summary>
[TestClass]
public sealed class NetworkRuleTests
{
    private static readonly ModelLimits Limits = new BoardLimits().ForReader();
    private static readonly (ModelError, int) Accepted = (ModelError.None, 0);

    // Tabulated layers belong to arithmetic 2: CurveRuleTests.
    private static readonly Activation[] OfEveryArithmetic = [.. Enum.GetValues<Activation>().Where(a => a != Activation.Tabulated)];

    [TestMethod]
    public void SmallestAndLargestRawValueMayBeEqual()
    {
        FormatDocument.Says("both -2^30..2^30; smallest <= largest, and they may be equal");
        const int End = 1 << 30;
        Assert.AreEqual(Accepted, new TinyModel { Smallest = 7, Largest = 7 }.Read());
        Assert.AreEqual(Accepted, new TinyModel { Smallest = -End, Largest = End }.Read());
        Assert.AreEqual((ModelError.BadValue, TinyModel.Range), new TinyModel { Smallest = 7, Largest = 6 }.Read());
        Assert.AreEqual((ModelError.BadValue, TinyModel.Range), new TinyModel { Smallest = -End - 1 }.Read());
        Assert.AreEqual((ModelError.BadValue, TinyModel.Range), new TinyModel { Largest = End + 1 }.Read());
    }

    [TestMethod]
    public void AShiftIsBelow0ForTanhAndSigmoidOnly()
    {
        FormatDocument.Says("A shift is -31..31, and below 0 for tanh, sigmoid and tabulated only.");
        foreach (Activation activation in OfEveryArithmetic)
        {
            bool saturates = activation is Activation.Tanh or Activation.Sigmoid;
            foreach ((int shift, bool allowed) in new[] { (-32, false), (-31, saturates), (-1, saturates), (0, true), (31, true), (32, false) })
            {
                (ModelError, int) expected = allowed ? Accepted : (ModelError.BadValue, TinyModel.ShiftAt);
                Assert.AreEqual(expected, new TinyModel { Activation = activation, Shift = shift }.Read(), $"{activation} {shift}");
            }
        }
    }

    [TestMethod]
    public void WhatAShiftToTheLeftMakesIsLimitedAndNotCutOff()
    {
        FormatDocument.Says("z_j = limit(acc_j * 2^-shift_j, -2147483647, 2147483647)");
        foreach (int bias in (int[])[-1000, 1000])
        {
            Network network = new TinyModel { Activation = Activation.Tanh, Shift = -31, Bias = bias }.Load().Network;
            network.Forward();
            Assert.AreEqual(Math.Sign(bias) * 32768, network.Outputs[0]);
        }
    }

    [TestMethod]
    public void ASlopeIsForLeakyReluAndFractionBitsAreForSoftmax()
    {
        FormatDocument.Says("slope of leaky ReLU below zero, Q0.15, 0..32767; 0 for other activations");
        FormatDocument.Says("fraction bits of the logits of softmax, -31..31; 0 for other activations");
        foreach (Activation activation in OfEveryArithmetic)
        {
            (ModelError, int) slope = activation == Activation.LeakyRelu ? Accepted : (ModelError.BadValue, TinyModel.Layer + 4);
            (ModelError, int) bits = activation == Activation.Softmax ? Accepted : (ModelError.BadValue, TinyModel.Layer + 6);
            Assert.AreEqual(slope, new TinyModel { Activation = activation, Slope = 32767 }.Read(), $"{activation}");
            Assert.AreEqual(bits, new TinyModel { Activation = activation, FractionBits = -31 }.Read(), $"{activation}");
        }

        Assert.AreEqual((ModelError.BadValue, TinyModel.Layer + 4), new TinyModel { Activation = Activation.LeakyRelu, Slope = 32768 }.Read());
        Assert.AreEqual((ModelError.BadValue, TinyModel.Layer + 6), new TinyModel { Activation = Activation.Softmax, FractionBits = 32 }.Read());
    }

    [TestMethod]
    public void TheSectionEndsWithItsLastLayer()
    {
        FormatDocument.Says("The section ends with its last layer.");
        (int Id, bool Critical, byte[] Payload)[] sections = ContainerRuleTests.Sections(FactoryModel.GetBytes());
        sections[0].Payload = [.. sections[0].Payload, 0, 0, 0, 0];
        Assert.AreEqual((ModelError.Section, 1), ModelBytes.Read(ModelWriter.Container(sections), Limits));
    }

    // The bound is exact: the bias at which it is met is taken, one more is not.
    [TestMethod]
    public void AnAccumulatorMayReachButNotPass31Bits()
    {
        FormatDocument.Says("|bias_j| + sum over i of max(|weight_ji * lo_i|, |weight_ji * hi_i|) <= 2^31 - 1");
        const int Most = int.MaxValue - (128 * 1000);
        foreach (int bias in (int[])[Most, -Most])
        {
            TinyModel model = new() { Smallest = -1000, Largest = 1000, Weight = -128, Bias = bias };
            Assert.AreEqual(Accepted, model.Read());
            Assert.AreEqual((ModelError.Overflow, 0), (model with { Bias = bias + Math.Sign(bias) }).Read());
        }
    }

    [TestMethod]
    public void TwoLanesAreForTheLastLayerAlone()
    {
        FormatDocument.Says("0 in arithmetic 0 and 2; 3 or, in the last layer only, 2 in arithmetic 1");
        FormatDocument.Says("The last layer has no table.");

        // The first layer stands at 44, with 12 bytes of table and 8 of biases; 4 weights of 1 or 2 bytes follow.
        byte[] fast = Examples.Convert(Examples.WorkedExample, Profile.Fast).File.Bytes;
        int last = 44 + 8 + 12 + 8 + (4 * fast[47]);
        Assert.AreEqual((ModelError.BadValue, 51), new ModelBytes(fast).Set(51, 2).Read(Limits));
        Assert.AreEqual((ModelError.BadValue, last + 7), new ModelBytes(fast).Set(last + 7, 1).Read(Limits));
        Assert.AreEqual((ModelError.BadValue, last + 7), new ModelBytes(fast).Set(last + 7, 0).Read(Limits));
        Assert.AreEqual(Accepted, new ModelBytes(fast).Set(last + 7, 2).Read(Limits));
    }
}
