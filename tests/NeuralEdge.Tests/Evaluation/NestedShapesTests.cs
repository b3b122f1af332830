using System.Globalization;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;

namespace NeuralEdge.Tests.Evaluation;

/// <summary>That a score is not of hidden layers which the rows chose that judge it.</summary>
[TestClass]
public sealed class NestedShapesTests
{
    private const int Seeds = 40;
    private const int Rows = 60;

    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void OfNoiseThePrintedScoreIsNoBetterThanAGuess()
    {
        double nested = 0;
        double leaking = 0;
        for (int seed = 1; seed <= Seeds; seed++)
        {
            TrainResult result = Train(Noise(seed));
            Trial chosen = result.Holdout!.Chosen;
            Assert.AreEqual(SplitKind.Folds, result.Verdict.Split);
            Assert.AreEqual(result.RealScores!.Accuracy, chosen.Score, 1e-9, "what is printed");
            CollectionAssert.AreEqual(result.Verdict.Hidden.ToArray(), chosen.Kept.Hidden.ToArray());
            nested += chosen.Score / Seeds;
            leaking += chosen.Kept.Score / Seeds;
        }

        TestContext.WriteLine(string.Create(CultureInfo.InvariantCulture, $"chosen without the rows that judge {100 * nested:F1} %, by them {100 * leaking:F1} %"));
        double deviation = Math.Sqrt(0.25 / (Seeds * Rows));
        Assert.IsLessThan(0.5 + (2.5 * deviation), nested);
        Assert.IsGreaterThan(nested + deviation, leaking, "this test must be able to fail");
    }

    [TestMethod]
    public void EachPartIsAnsweredByTheShapeThatTheOthersChose()
    {
        TrainResult result = Train(Noise(3));
        (Judge judge, Trial chosen, _) = result.Holdout!;
        for (int r = 0; r < judge.Judged.Count; r++)
        {
            CollectionAssert.AreEqual(chosen.Of(judge.Partition.PartOf[r]).Outputs[r], chosen.Outputs[r]);
        }

        // Other labels in a part must not change the shape that answers it.
        int part = judge.Partition.PartOf[0];
        Trial[] trials = [.. chosen.ByPart!.Append(chosen.Kept).Distinct()];
        double[][] Spoilt(Trial trial) => [.. trial.Outputs.Select((output, r) => judge.Partition.PartOf[r] == part ? [.. output.Select((_, j) => j == judge.Judged.Classes[r] ? 1.0 : 0)] : output)];
        Trial[] better = [.. trials.Select((trial, t) => t == 0 ? trial : trial with { Outputs = Spoilt(trial) })];
        Trial again = Shapes.ChooseNested(judge, better, null);
        Trial before = Shapes.ChooseNested(judge, trials, null);
        CollectionAssert.AreEqual(before.Of(part).Hidden.ToArray(), again.Of(part).Hidden.ToArray());
    }

    [TestMethod]
    public void TheVerdictSaysHowCertainTheChoiceIs()
    {
        StringAssert.Matches(string.Join('\n', Train(Noise(1)).Verdict.Remarks), new(@"Hidden layers were chosen anew for each part that is judged, by the other parts alone: in [0-5] of 5 the same as those that are kept"));
        TrainOptions named = Options(Noise(1));
        Assert.DoesNotContain("Hidden layers", string.Join('\n', Pipeline.Train(named with { Hyperparameters = named.Hyperparameters with { Hidden = [4] } }).Verdict.Remarks));
        Assert.DoesNotContain("Hidden layers", string.Join('\n', Pipeline.Train(named with { Test = Noise(2) }).Verdict.Remarks), "another table has had no say anyway");
    }

    [TestMethod]
    public void ARowIsNamedAfterTheKeptNetworkOnlyWhereAllPartsWereAnsweredByItsSize()
    {
        HashSet<(bool, bool)> seen = [];
        for (int seed = 1; seed <= 12; seed++)
        {
            TrainResult result = Train(Noise(seed));
            Trial chosen = result.Holdout!.Chosen;
            bool same = chosen.ByPart!.All(trial => trial.Hidden.SequenceEqual(result.Verdict.Hidden));
            bool isLinear = result.Verdict.Hidden.Count == 0;
            string[] names = [.. result.Verdict.Standings.Select(standing => standing.Name)];
            Assert.AreEqual(!same ? "networks of sizes chosen anew" : isLinear ? "this network, linear" : $"this network, {Shapes.Name(result.Verdict.Hidden)}", names[^1]);
            Assert.AreEqual(!same || !isLinear, names.Contains(Standing.Linear));
            seen.Add((same, isLinear));
        }

        Assert.Contains((false, true), seen, "this test must be able to fail");
    }

    // As many rows of each class: whoever answers without looking is right in half of them.
    private static Table Noise(long seed)
    {
        PortableRandom random = new(seed);
        double[][] inputs = [.. Enumerable.Range(0, Rows).Select(_ => new[] { 300 + Math.Floor(3000 * random.NextDouble()), 300 + Math.Floor(3000 * random.NextDouble()) })];
        return Made.Rows(Rows, r => ($"k{r % 2}", inputs[r]));
    }

    private static TrainResult Train(Table table) => Pipeline.Train(Options(table));

    private static TrainOptions Options(Table table) => new(table, "label")
    {
        Hyperparameters = new() { Starts = 1, MaximumEpochs = 60, WorkLimit = 5 },
        AcceptError = 1,
        Work = 1000,
    };
}
