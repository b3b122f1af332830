using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Quantisation;

/// <summary>A conversion whose own measurement is bad gives no file, unless somebody accepts what was measured.</summary>
[TestClass]
public sealed class RefusalTests
{
    // Weights of -0.999 and 1 that all but cancel: what is left of the inputs is below a step of the largest weights' scale.
    private static FloatModel Cancelling => new(
        new FloatNetwork(
            new FloatLayer([[1e6, 1e6], [1e6, 1e6 - 1]], [0, 0], Activation.Relu),
            new FloatLayer([[1, -1]], [0], Activation.Linear)),
        [new InputSpec("a", "", 0, 1), new InputSpec("b", "", 0, 1)],
        [new OutputSpec("y")]);

    [TestMethod]
    public void AnErrorAboveAHundredthOfTheRangeIsRefusedWithItsCauseAndWhatToDo()
    {
        InputRefusedException refusal = Assert.ThrowsExactly<InputRefusedException>(() => Convert(Cancelling, null));
        StringAssert.Contains(refusal.Message, "no file was written");
        StringAssert.Contains(refusal.Message, "layer");
        StringAssert.Contains(refusal.Message, "--accept-error");
    }

    [TestMethod]
    public void WhatIsAcceptedStaysWithTheFile()
    {
        ConvertedModel accepted = Convert(Cancelling, double.PositiveInfinity);
        StringAssert.Contains(accepted.File.AcceptedError, "% of an output's range");
        Assert.IsNull(Examples.Convert(Examples.WorkedExample).File.AcceptedError);
    }

    [TestMethod]
    public void AnErrorAboveWhatIsAcceptedIsRefusedAllTheSame()
    {
        InputRefusedException refusal = Assert.ThrowsExactly<InputRefusedException>(() => Convert(Cancelling, 0.02));
        StringAssert.Contains(refusal.Message, "more than the 2 % that --accept-error allows");
    }

    [TestMethod]
    public void AnOutputThatHardlyMovesIsMeasuredByItsSize()
    {
        FloatModel model = new(
            new FloatNetwork(new FloatLayer([[1e-12, 0]], [5], Activation.Linear)),
            [new InputSpec("a", "", 0, 1), new InputSpec("b", "", 0, 1)],
            [new OutputSpec("y")]);
        Assert.IsNull(Convert(model, null).File.AcceptedError);
    }

    private static ConvertedModel Convert(FloatModel model, double? acceptError) =>
        Converter.Convert(new ConversionRequest(model, ModelTask.Regression, Examples.NoBoard, Profile.Exact, AcceptError: acceptError, Work: 1e5));
}
