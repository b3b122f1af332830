using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;
using NeuralEdge.Studio.Watching;
using NeuralEdge.StudioTests.Wiring;

namespace NeuralEdge.StudioTests.Watching;

[TestClass]
public sealed class QuestionTests
{
    [TestMethod]
    public void AnAnswerToOlderInputsIsNone()
    {
        ModelFile model = Pipeline.Train(new TrainOptions(Table.Parse(WiringPlanTests.Csv("adc0,adc3"), "pot.csv"), "label") { Hyperparameters = new Hyperparameters { Hidden = [] } }).Model.File;
        Question question = new(ModelFile.Parse(model.Bytes, "copy"));
        int[] first = question.Ask();
        question.Set(0, 1e9);
        Assert.AreEqual(model.Inputs[0].Maximum, question.Values[0], "limited as the board limits");
        question.Take(first, question.Desktop);
        Assert.IsTrue(question.IsOpen);
        int[] second = question.Ask();
        question.Take(second, model.Run(second));
        Assert.IsTrue(question.IsEqual);
        question.Set(1, 2000);
        int[] third = question.Ask();
        int[] wrong = model.Run(third);
        wrong[0]++;
        question.Take(third, wrong);
        Assert.IsFalse(question.IsEqual);
    }
}
