using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Reports;

/// <summary>The figures of a report on networks whose figures can be told by hand.</summary>
[TestClass]
public sealed class ConversionAnalysisTests
{
    [TestMethod]
    public void TheWorkedExampleHasTheFiguresThatCanBeToldByHand()
    {
        ConversionAnalysis analysis = Analyse(Examples.WorkedExample, [[4, 4], [1, -1], [0.5, 0.25], [-4, 4]]);
        LayerFigures hidden = analysis.Layers[0];
        Assert.AreEqual((-1.0, 1.0), hidden.Weights);
        Assert.AreEqual((-2.0, 8.0), hidden.PreActivations);

        // tanh(8), twice, is 1 to the last bit of Q0.15; the six others are not.
        Assert.AreEqual(2 / 8.0, hidden.Saturated);
        Assert.AreEqual(hidden.FractionBits.Least - 16, hidden.Shift.Least);
        Assert.IsTrue(double.IsNaN(analysis.Layers[1].Saturated));

        // These inputs, weights and pre-activations are exact in binary: only the activations are left to err.
        foreach (ErrorSource source in analysis.Sources.Where(s => s.Kind != ErrorSourceKind.Activations))
        {
            Assert.AreEqual(0, source.Error[0], $"{source.Kind} {source.Layer}");
        }

        Assert.AreEqual(ErrorSourceKind.Activations, analysis.Dominant.Kind);
        Assert.AreEqual(analysis.Total[0], analysis.Dominant.Error[0], 1e-12);
        Assert.IsLessThanOrEqualTo(0.51, hidden.ErrorSteps);
        Assert.IsGreaterThan(0, hidden.ErrorSteps);
        Assert.AreEqual(hidden.ErrorSteps / 32768, hidden.Error, 1e-15);
    }

    [TestMethod]
    public void ValuesBetweenStepsMakeTheInputsTheLargestSource()
    {
        FloatModel model = Linear([[1.0]], new InputSpec("x", "", -4, 4));
        double step = Examples.Convert(model).Network.Inputs[0].Scale;
        ConversionAnalysis analysis = Analyse(model, [[1 + (0.375 * step)], [-2 + (0.25 * step)]]);
        Assert.AreEqual(ErrorSourceKind.Inputs, analysis.Dominant.Kind);
        Assert.AreEqual(0.375 * step, analysis.Dominant.Error[0], 1e-12);
        Assert.AreEqual(0.375 * step, analysis.Total[0], 1e-12);
    }

    [TestMethod]
    public void EightBitWeightsAreTheLargestSourceAndSixteenBitsHelp()
    {
        FloatModel model = Linear([[1.0, 0.013579]], new InputSpec("a", "", -4, 4), new InputSpec("b", "", -4, 4));
        ConversionAnalysis analysis = Analyse(model, [[4, 4], [-4, 4], [1, 3], [2, -4]], Profile.Compact);
        Assert.AreEqual(ErrorSourceKind.Weights, analysis.Dominant.Kind);
        Assert.AreEqual(0, analysis.Dominant.Layer);
        ProfileFigures exact = analysis.Profiles.Single(p => p.Profile == Profile.Exact);
        Assert.IsEmpty(analysis.Alternatives);
        Assert.IsLessThan(analysis.Total[0] / 20, exact.Error[0]);
    }

    [TestMethod]
    public void RangesMuchWiderThanTheDataAreTriedNarrow()
    {
        FloatModel model = Linear([[1.0]], new InputSpec("x", "", -4000, 4000));
        ConversionAnalysis analysis = Analyse(model, [[0.0123], [0.999], [0.5551]]);
        Alternative narrow = analysis.Alternatives.Single();
        Assert.AreEqual(AlternativeKind.NarrowRanges, narrow.Kind);
        CollectionAssert.AreEqual(new[] { 0 }, narrow.Inputs);
        Assert.IsLessThan(analysis.Total[0] / 20, narrow.Error[0]);
    }

    [TestMethod]
    public void RowsOutsideTheRangesAreCountedAndNotMeasured()
    {
        ConversionAnalysis analysis = Analyse(Examples.WorkedExample, [[1, 1], [400, 0]]);
        Assert.AreEqual(1, analysis.Outside);
        Assert.AreEqual(1, analysis.Looked);
        Assert.AreEqual((0.0, 2.0), analysis.Layers[0].PreActivations);
    }

    [TestMethod]
    public void ARowWhoseClassTheIntegersChangeIsFound()
    {
        // Two classes that differ by less than an input's step: the integers see a tie, and the first wins.
        FloatModel model = new(
            new FloatNetwork(new FloatLayer([[0.0], [1.0]], [0, 0], Activation.Softmax)),
            [new InputSpec("x", "", -4, 4)],
            [new OutputSpec("low"), new OutputSpec("high")]);
        ConvertedModel conversion = Converter.Convert(new(model, ModelTask.Classification, Examples.NoBoard, Profile.Exact, Work: 1e5));
        double step = conversion.Network.Inputs[0].Scale;
        ConversionAnalysis analysis = ConversionAnalysis.Of(conversion, new EvaluationSet([[1], [step / 4], [-1]], [2, 3, 4]));
        CollectionAssert.AreEqual(new[] { 1 }, analysis.Flipped);
    }

    private static FloatModel Linear(double[][] weights, params InputSpec[] inputs) =>
        new(new FloatNetwork(new FloatLayer(weights, [0], Activation.Linear)), inputs, [new OutputSpec("y")]);

    private static ConversionAnalysis Analyse(FloatModel model, double[][] rows, Profile profile = Profile.Exact) =>
        ConversionAnalysis.Of(Examples.Convert(model, profile), new EvaluationSet(rows, [.. Enumerable.Range(2, rows.Length)]));
}
