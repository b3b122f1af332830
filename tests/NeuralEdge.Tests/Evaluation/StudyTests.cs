using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Tests.Evaluation;

/// <summary>What a score rests on: which inputs, which rows, how many of them.</summary>
[TestClass]
public sealed class StudyTests
{
    private const double Exactly = 1e-12;

    [TestMethod]
    public void AnInputThatTheNetworkIgnoresIsWorthNothing()
    {
        // x1 never changes, so that its weights are zero; x0 is all there is.
        PortableRandom random = new(3);
        double[] x = [.. Enumerable.Range(0, 120).Select(_ => Math.Floor(4000 * random.NextDouble()))];
        TrainResult result = Train(Made.Rows(120, r => (x[r] > 2000 ? "wet" : "dry", [x[r], 700])), null);
        Study study = result.Study()!;
        Assert.AreEqual(0, study.Importance[1].Loss);
        Assert.IsGreaterThan(0.3, study.Importance[0].Loss);
        CollectionAssert.AreEqual(result.HeldOut.InputNames, study.Importance.Select(i => i.Name).ToArray());
    }

    [TestMethod]
    public void AnInputWithoutWeightsIsWorthNothingWhateverItsValues()
    {
        PortableRandom random = new(4);
        double[][] inputs = [.. Enumerable.Range(0, 100).Select(_ => new[] { random.NextDouble(), random.NextDouble() })];
        DataSet all = Made.Set(Made.Rows(100, r => (inputs[r][0] > 0.5 ? "b" : "a", inputs[r])));
        Holdout holdout = Held(all, new FloatLayer([[-40, 0], [40, 0]], [20, -20], Conversion.Activations.ActivationFunction.Named("softmax")));
        Study study = Study.Of(holdout, null, CancellationToken.None);
        Assert.AreEqual(1, study.Score, Exactly);
        Assert.AreEqual(0, study.Importance[1].Loss);
        Assert.IsGreaterThan(0.3, study.Importance[0].Loss);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("k0")]
    public void WrongRowsAreThoseWrongByRecomputation(string? recall)
    {
        PortableRandom random = new(5);
        double[][] inputs = [.. Enumerable.Range(0, 400).Select(_ => new[] { Math.Floor(1000 * random.NextDouble()), Math.Floor(1000 * random.NextDouble()) })];
        TrainResult result = Train(Made.Rows(400, r => ($"k{(inputs[r][0] + (300 * random.NextDouble()) > 600 ? 1 : 0)}", inputs[r])), recall is null ? null : new DecisionGoal(recall) { Recall = 0.9 });
        int[][] counts = [.. result.HeldOut.ClassNames.Select(_ => new int[2])];
        foreach (Mistake mistake in result.Verdict.Mistakes)
        {
            counts[result.HeldOut.Classes[mistake.Row]][mistake.Output]++;
            Assert.AreEqual(result.Answers[mistake.Row][mistake.Output], mistake.Answer);
            Assert.AreEqual(result.Answers[mistake.Row][result.HeldOut.Classes[mistake.Row]], mistake.Truth);
        }

        Assert.IsNotEmpty(result.Verdict.Mistakes);
        Assert.AreEqual(result.Verdict.Mistakes.Count, result.Verdict.Mistakes.Select(m => m.Row).Distinct().Count());
        Assert.AreEqual(0, counts[0][0] + counts[1][1]);
        Assert.AreEqual(result.IntegerScores!.Confusion[0][1], counts[0][1]);
        Assert.AreEqual(result.IntegerScores.Confusion[1][0], counts[1][0]);

        // Probabilities are rounded, so that only a row that is all but tied may look otherwise.
        int[] byProbability = [.. Enumerable.Range(0, result.HeldOut.Count).Where(r => result.Answers[r][result.HeldOut.Classes[r]] < 0.499)];
        CollectionAssert.IsSubsetOf(byProbability, result.Verdict.Mistakes.Select(m => m.Row).ToArray());
        double[] sureness = [.. result.Verdict.Mistakes.Select(m => m.Answer)];
        CollectionAssert.AreEqual(sureness.OrderDescending().ToArray(), sureness);
    }

    [TestMethod]
    public void OfQuantitiesTheRowsWithTheLargestErrorsAreListed()
    {
        Table table = Table.Read(Repository.PathOf("tools/examples/iris.csv"));
        TrainResult result = Pipeline.Train(new TrainOptions(table, "petal_length") { Hyperparameters = new() { Hidden = [] }, Ignore = ["species"] });
        double[] errors = [.. result.HeldOut.Targets.Select((target, r) => Math.Abs(result.Answers[r][0] - target[0]))];
        CollectionAssert.AreEqual(errors.OrderDescending().Take(10).ToArray(), result.Verdict.Mistakes.Select(m => Math.Abs(m.Answer - m.Truth)).ToArray());
        Assert.AreEqual(result.IntegerScores!.Largest[0], errors.Max(), 1e-9);
    }

    [TestMethod]
    public void MoreRowsAreAskedForWhereTheyHelpAndOnlyThere()
    {
        // One comparison is learned from a quarter of the rows.
        Table easy = Made.Rows(200, r => (r * 37 % 200 > 100 ? "a" : "b", [r * 37 % 200]));
        Study enough = Train(easy, null).Study()!;
        Assert.AreEqual(MoreRows.WouldHardlyHelp, enough.MoreRows);
        CollectionAssert.AreEqual(new[] { 0.25, 0.5, 1 }, enough.ByRows.Select(p => p.Share).ToArray());

        // Forty places, each of its own class, told apart by nothing but having been seen.
        PortableRandom random = new(8);
        int[] place = [.. Enumerable.Range(0, 280).Select(_ => random.Next(40))];
        bool[] odd = [.. Enumerable.Range(0, 40).Select(_ => random.NextDouble() > 0.5)];
        Table hard = Made.Rows(280, r => (odd[place[r]] ? "a" : "b", [.. Enumerable.Range(0, 40).Select(i => i == place[r] ? 1.0 : 0)]));
        Study few = Train(hard, null).Study()!;
        Assert.AreNotEqual(MoreRows.WouldHardlyHelp, few.MoreRows);
        Assert.IsGreaterThan(few.ByRows[0].Score, few.ByRows[2].Score);
    }

    [TestMethod]
    public void TheCurveEndsAtTheScoreOfTheVerdict()
    {
        TrainResult result = Train(Made.Noise(120, 6), null);
        Study study = result.Study()!;
        Assert.AreEqual(result.RealScores!.Accuracy, study.ByRows[^1].Score, Exactly);
        Assert.AreEqual(result.RealScores.Accuracy, study.Score, Exactly);
    }

    [TestMethod]
    public void FewerRowsAreAShareOfEachClassAndStretchesOfALog()
    {
        DataSet mixed = Made.Set(Made.Rows(200, r => (r % 4 == 0 ? "rare" : "often", [r * 37 % 200])));
        DataSet quarter = FewerRows.Of(mixed, 0.25);
        Assert.AreEqual(13, quarter.Classes.Count(c => quarter.ClassNames[c] == "rare"), 1);
        Assert.AreEqual(37, quarter.Classes.Count(c => quarter.ClassNames[c] == "often"), 1);

        DataSet log = Made.Set(Made.Rows(500, r => (r / 50 % 2 == 0 ? "on" : "off", [1000 + (500 * Math.Sin(r / 20.0))])));
        int[] lines = FewerRows.Of(log, 0.5).Lines;
        Assert.AreEqual(250, lines.Length, 5);

        // Stretches, not every second row.
        Assert.IsGreaterThan(220, lines.Zip(lines.Skip(1)).Count(pair => pair.Second == pair.First + 1));
        Assert.AreSame(log, FewerRows.Of(log, 1));
    }

    [TestMethod]
    public void LossesAreThoseThatWereReportedInTheirOrder()
    {
        List<EpochLoss> reported = [];
        Listener listener = new(p =>
        {
            if (p.Trying is null)
            {
                reported.Add(new EpochLoss(p.TrainingLoss, p.ValidationLoss));
            }
        });
        TrainResult result = Pipeline.Train(new TrainOptions(Made.Noise(80, 9), "label") { Hyperparameters = new() { Hidden = [2] } }, listener);
        Assert.IsGreaterThan(10, result.Losses.Count);

        // Other first weights were tried in between.
        int at = 0;
        foreach (EpochLoss loss in reported)
        {
            at += at < result.Losses.Count && loss == result.Losses[at] ? 1 : 0;
        }

        Assert.AreEqual(result.Losses.Count, at);
        Assert.IsGreaterThan(result.Losses.Count, reported.Count);
    }

    [TestMethod]
    public void AStudyObeysItsOwnCancellation()
    {
        TrainResult result = Train(Made.Noise(120, 7), null);
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.ThrowsExactly<OperationCanceledException>(() => result.Study(null, source.Token));
        Assert.IsNotNull(result.Study());
    }

    private sealed class Listener(Action<TrainingProgress> told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => told(value);
    }

    private static TrainResult Train(Table table, DecisionGoal? goal) => Pipeline.Train(new TrainOptions(table, "label")
    {
        Hyperparameters = new() { Hidden = [] },
        Inputs = [.. table.Columns.Where(column => column != "label")],
        Goal = goal,
    });

    private static Holdout Held(DataSet all, FloatLayer layer)
    {
        Partition partition = Partition.OfTest(all);
        FloatModel model = new FloatModel(
            new FloatNetwork(layer),
            [.. all.InputNames.Select(name => new InputSpec(name, "", 0, 1))],
            [.. all.ClassNames.Select(name => new OutputSpec(name))]);
        Judge judge = new(
            all, all, partition, new() { Hidden = [], MaximumEpochs = 20 }, Conversion.Quantisation.Profile.Exact,
            Conversion.Boards.DefaultWiring.For(model, true, null), null, null, CancellationToken.None);
        return new Holdout(judge, judge.Of(model, []), null);
    }
}
