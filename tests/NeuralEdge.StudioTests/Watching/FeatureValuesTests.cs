using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;
using NeuralEdge.Learning.Training;
using NeuralEdge.Studio.Watching;
using NeuralEdge.StudioTests.Wiring;

namespace NeuralEdge.StudioTests.Watching;

[TestClass]
public sealed class FeatureValuesTests
{
    /// <summary>The steps of a network's input need not meet zero, and the value of the step that has it may lie below.</summary>
    [TestMethod]
    public void NoDeviationAndNoRangeIsShownBelowZero()
    {
        TrainOptions options = WiringPlanTests.Moving(Table.Parse(WiringPlanTests.Shaken("adc3"), "shaken.csv"));
        ModelFile file = Pipeline.Train(options with { Windows = new WindowOptions(1) { Features = ["mean", "std", "range", "slope"] }, Hyperparameters = new Hyperparameters { Hidden = [] } }).Model.File;
        int[] lowest = [.. Enumerable.Range(0, file.Inputs.Length).Select(file.Model.Network.GetInputMinimum)];
        double[] shown = file.ToInputs(lowest);
        Assert.IsTrue(file.Inputs.Zip(lowest).Any(pair => pair.First.ToValue(pair.Second) < 0), "the case exists");
        for (int i = 0; i < shown.Length; i++)
        {
            bool canBeNegative = file.Inputs[i].Name.EndsWith("slope", StringComparison.Ordinal);
            Assert.AreEqual(canBeNegative, shown[i] < 0, file.Inputs[i].Name);
            if (!canBeNegative)
            {
                Assert.IsTrue(file.LeastOf(i) >= 0);
            }
        }

        Question question = new(file);
        question.Set(1, -100);
        Assert.AreEqual(0, question.Values[1], "nor can it be tried");
    }
}
