using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;
using NeuralEdge.Tests.Evaluation;

namespace NeuralEdge.Tests.Data;

/// <summary>A row of which a copy was learned says nothing of rows that were not.</summary>
[TestClass]
public sealed class CopiesTests
{
    [TestMethod]
    public void CopiesOfARowAreHeldOutTogetherAndJudgedOnce()
    {
        foreach (int rows in new[] { 40, 400 })
        {
            DataSet noise = Made.Set(Made.Noise(rows, 3));
            int[] order = [.. Enumerable.Range(0, 10 * rows).Select(r => r % rows)];
            new PortableRandom(1).Shuffle(order);
            DataSet data = noise.Select(order);
            Partition partition = Partition.Of(data);
            Assert.AreEqual(9 * rows, partition.RowsCopied);
            for (int k = 0; k < partition.HeldOut.Count; k++)
            {
                Assert.IsEmpty(partition.HeldOut[k].Select(r => order[r]).Intersect(partition.TrainingRows(k, data.Count).Select(r => order[r])));
            }

            CollectionAssert.AllItemsAreUnique(partition.Rows.Select(r => order[r]).ToArray());
        }
    }

    /// <summary>Another file with the same rows in another order is another recording by its name alone.</summary>
    [TestMethod]
    public void ACopyInAnotherRecordingIsHeldOutTogetherWithItsRow()
    {
        string[] rows = [.. Enumerable.Range(0, 120).Select(r => $"{r * 7919 % 1009},{r * 104729 % 997},{(r * 31 % 7 > 3 ? "a" : "b")}")];
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        new PortableRandom(1).Shuffle(order);
        string[] both = [.. rows, .. order.Select(r => rows[r])];
        DataSet data = DataSet.From(Table.Parse("ms,x,y,label\n" + string.Join('\n', both.Select((row, r) => $"{r % rows.Length * 10},{row}")), "two.csv"), ["label"], inputs: ["x", "y"]);
        CollectionAssert.AreEqual(new[] { 0, 1 }, data.Sessions.Distinct().ToArray(), "there are two");
        Partition partition = Partition.Of(data);
        Assert.AreEqual(SplitKind.Folds, partition.Kind);
        Assert.AreEqual(rows.Length, partition.RowsCopied);
        Assert.HasCount(rows.Length, partition.Rows);
    }

    [TestMethod]
    public void RowsOfSwitchesAreNoCopies() =>
        Assert.AreEqual(0, Partition.Of(Made.Set(Made.Rows(200, r => ($"k{r % 3 % 2}", [r * 7919 % 2, r * 104729 % 3])))).RowsCopied);

    [TestMethod]
    public void ScatteredCopiesAreCountedBeforeAnythingIsLearned()
    {
        PortableRandom random = new(4);
        double[][] inputs = [.. Enumerable.Range(0, 300).Select(_ => new[] { Math.Floor(4000 * random.NextDouble()), Math.Floor(4000 * random.NextDouble()) })];
        int[] order = [.. Enumerable.Range(0, 400).Select(r => r % 300)];
        random.Shuffle(order);
        TrainOptions options = new(Made.Rows(400, r => (inputs[order[r]][0] > 2000 ? "wet" : "dry", inputs[order[r]])), "label")
        {
            Hyperparameters = new() { Hidden = [], Starts = 1, MaximumEpochs = 20 },
            Work = 1e4,
        };
        DataFinding finding = Pipeline.Train(options).Findings.Single(f => f.Kind == DataFindingKind.ScatteredCopies);
        Assert.AreEqual("100 of 400 rows repeat another in every input; all copies of a row are held out together, and it is judged by the first.", finding.Sentence);
        Assert.IsFalse(Pipeline.Train(options with { Test = Made.Rows(40, r => (r % 2 == 0 ? "wet" : "dry", [r % 2 == 0 ? 3000 + r : 1000 + r, 7 * r])) }).Findings.Any(f => f.Kind == DataFindingKind.ScatteredCopies), "nothing is held out");
    }

    [TestMethod]
    public void RowsThatWereLearnedFromDoNotJudge()
    {
        DataSet learned = Made.Set(Made.Noise(100, 1));
        DataSet both = learned.Select([.. Enumerable.Range(0, 50)]);
        Refusals.Expect("u.csv|among those learned from", () => Copies.WithoutLearned(learned, both, "u.csv"));
        DataSet other = Made.Set(Made.Noise(100, 2));
        Assert.AreSame(other, Copies.WithoutLearned(learned, other, "u.csv"));
    }

    [TestMethod]
    public void ATestInAnotherUnitIsRefused()
    {
        DataSet celsius = DataSet.From(Table.Parse("t,label\n21 C,a\n22 C,b\n", "t.csv"), ["label"]);
        Refusals.Expect("u.csv|\"F\"|\"C\"", () => DataSet.Like(celsius, Table.Parse("t,label\n70 F,a\n", "u.csv")));
        StringAssert.Contains(DataSet.Like(celsius, Table.Parse("t,label\n21,a\n", "u.csv")).Notes[0], "has no unit");
    }
}
