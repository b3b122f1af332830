using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;
using NeuralEdge.Studio.Training;
using NeuralEdge.StudioTests.Wiring;

namespace NeuralEdge.StudioTests.Training;

[TestClass]
public sealed class TrainingJobTests
{
    [TestMethod]
    public async Task ATrainingGivesItsVerdictItsCourseAndWhatEachInputIsWorth()
    {
        using TrainingJob job = new();
        int told = 0;
        job.Changed += () => told++;
        await job.Start("pot.csv", () => Options() with { Hyperparameters = new Hyperparameters { Hidden = [] } });
        Assert.IsNull(job.Problem);
        Assert.IsNull(job.Doing);
        StringAssert.Contains(job.Result!.Verdict.Sentence, "Right in");
        Assert.HasCount(2, job.Study!.Importance);
        Assert.IsGreaterThan(3, job.Losses.Count);
        Assert.IsGreaterThan(2, told);
    }

    [TestMethod]
    public async Task ATrainingIsStoppedAndSaysSo()
    {
        using TrainingJob job = new();
        Task end = job.Start("pot.csv", () => Options() with { Hyperparameters = new Hyperparameters { Hidden = [64, 64], WorkLimit = 1e7, MaximumEpochs = 100_000 } });
        await Task.Delay(200);
        job.Cancel();
        await end.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.IsNull(job.Result);
        StringAssert.Contains(job.Problem, "Stopped");
    }

    [TestMethod]
    public async Task ATableThatCannotBeLearnedFromIsRefusedInASentence()
    {
        using TrainingJob job = new();
        await job.Start("nothing", () => new TrainOptions(Table.Parse("a,b\n1,2\n", "small.csv"), "c"));
        StringAssert.Contains(job.Problem, "no column \"c\"");
    }

    private static TrainOptions Options() => new(Table.Parse(WiringPlanTests.Csv("adc0,adc3"), "pot.csv"), "label");
}
