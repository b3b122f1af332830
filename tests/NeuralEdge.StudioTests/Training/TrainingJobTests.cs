using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Quantisation;
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
        CollectionAssert.AreEqual(Enum.GetValues<Profile>(), job.Analysis!.Profiles.Select(profile => profile.Profile).ToArray(), "each profile beside the others");
        Assert.IsGreaterThan(3, job.Losses.Count);
        Assert.IsGreaterThan(2, told);
    }

    [TestMethod]
    public async Task EachRowThatWasJudgedHasItsPlaceOnTheCurveOfWhatWasLearnedFrom()
    {
        using TrainingJob job = new();
        await job.Start("pot.csv", () => Options() with { Hyperparameters = new Hyperparameters { Hidden = [] } });
        LearnedCurve curve = job.Curve!;
        Assert.AreEqual(120, curve.Rows.Count);
        CollectionAssert.AreEqual(new[] { (0.0, 20.0, "dry"), (20.0, 40.0, "wet") }, curve.Bands.Take(2).Select(band => (band.From, band.To, band.Name)).ToArray());
        List<float> first = [];
        curve.Rows.ForEach((_, values) => first.Add(values[0]));
        DataSet judged = job.Result!.HeldOut;
        for (int row = 0; row < judged.Count; row++)
        {
            int place = curve.PlaceOf(judged.Lines[row])!.Value;
            Assert.AreEqual((float)judged.Inputs[row][0], first[place]);
        }

        Assert.IsNull(curve.PlaceOf(1), "the names of the columns");
    }

    [TestMethod]
    public async Task OfWindowsTheCurveHasTheSamplesAndAWindowEndsAtItsPlace()
    {
        using TrainingJob job = new();
        await job.Start("shaken.csv", () => WiringPlanTests.Moving(Table.Parse(WiringPlanTests.Shaken("adc3"), "shaken.csv")));
        Assert.IsNull(job.Problem);
        LearnedCurve curve = job.Curve!;
        Assert.AreEqual(1600, curve.Rows.Count);
        CollectionAssert.AreEqual(new[] { "adc3" }, curve.Rows.Names.ToArray());
        Assert.AreEqual(job.Result!.WindowRows, curve.Width);
        Assert.IsInRange(45, 55, curve.Width, "a second of rows 20 ms apart");
        DataSet judged = job.Result.HeldOut;
        Assert.IsTrue(judged.Lines.All(line => curve.PlaceOf(line) == line - 2), "a line of the table behind that of the names");
        Assert.IsNotEmpty(job.Study!.Importance, "what each feature is worth");
    }

    [TestMethod]
    public void WindowsAreOfferedWhereAColumnSaysWhenRowsWereMeasured()
    {
        TrainingChoice choice = new();
        choice.TakeText(WiringPlanTests.Shaken("adc3"), "shaken.csv");
        Assert.IsNull(choice.ToOptions(null)().Windows);
        choice.WindowSeconds = 1;
        Assert.AreEqual(TimeSpan.FromMilliseconds(20), choice.Time!.Step);
        Assert.AreEqual(1, choice.ToOptions(null)().Windows!.Seconds);
        choice.TakeText(WiringPlanTests.Csv("adc0,adc3"), "pot.csv");
        Assert.IsNull(choice.WindowSeconds, "another table is looked at row by row until somebody says otherwise");
        choice.TakeText("a,b,label\n1,2,x\n2,1,y\n", "few.csv");
        Assert.IsNull(choice.Time);
        choice.WindowSeconds = 1;
        Assert.IsNull(choice.ToOptions(null)().Windows, "nothing says how far apart the rows are");
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
