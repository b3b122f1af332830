using CsCheck;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Tests.Data;

/// <summary>A value that is none is never learned without a word.</summary>
[TestClass]
public sealed class MissingValueTests
{
    [TestMethod]
    [DataRow("")]
    [DataRow("NA")]
    [DataRow("nan")]
    [DataRow("ovf")]
    [DataRow("null")]
    [DataRow("-")]
    [DataRow("#N/A")]
    public void RowsWithoutAValueAreLeftOutAndCountedByColumn(string cell)
    {
        Table table = Table.Parse(Soil.Csv((r, cells) => [cells[0], r % 40 == 2 ? cell : cells[1], r == 2 || r == 7 ? cell : cells[2], cells[3]]), "t.csv");
        DataSet data = DataSet.From(table, ["label"]);
        Assert.AreEqual(116, data.Count);
        CollectionAssert.DoesNotContain(data.Lines, 4);
        DataFinding found = data.Findings.Single(f => f.Kind == DataFindingKind.MissingValues);
        Assert.AreEqual(4, found.Rows);
        StringAssert.Contains(found.Sentence, "4 of 120 rows have no value in \"light\" (3), \"temp\" (2) and are left out");
        Refusals.Expect("t.csv line 4, column \"light\"|line 4, column \"temp\"|line 9, column \"temp\"|4 rows in all|--missing drop", () => DataSet.From(table, ["label"], missing: MissingRule.Refuse));
        Assert.AreEqual(120, DataSet.From(table, ["label"], inputs: ["soil"]).Count);
    }

    [TestMethod]
    public void RowsWithoutALabelAreLeftOutAndNoneIsALabel()
    {
        DataSet data = DataSet.From(Table.Parse(Soil.Csv((r, cells) => [.. cells[..3], r < 10 ? "" : cells[3] == "dry" ? "none" : "rain"]), "t.csv"), ["label"]);
        Assert.AreEqual(110, data.Count);
        CollectionAssert.AreEqual(new[] { "none", "rain" }, data.ClassNames);
    }

    [TestMethod]
    public void WhenNoRowIsLeftTheColumnThatLacksTheMostIsNamed() =>
        Refusals.Expect("no row|\"temp\" (120)|--ignore temp", () => DataSet.From(
            Table.Parse(Soil.Csv((r, cells) => [cells[0], r == 5 ? "" : cells[1], "nan", cells[3]]), "t.csv"), ["label"], inputs: ["soil", "light", "temp"]));

    [TestMethod]
    [DataRow(3, true)]
    [DataRow(2, true)]
    [DataRow(4, false)]
    public void AZeroFarFromAllOthersIsNeverLearnedWithoutAWord(int one, bool isLearned)
    {
        Table table = Table.Parse(Soil.Csv((r, cells) => [cells[0], r % one == 0 ? "0" : cells[1], .. cells[2..]]), "t.csv");
        DataSet data = DataSet.From(table, ["label"]);
        Assert.AreEqual(isLearned ? 120 : 90, data.Count);
        DataFinding found = data.Findings.Single(f => f.Column == "light");
        Assert.AreEqual(isLearned ? DataFindingKind.ManyZeros : DataFindingKind.Sentinel, found.Kind);
        Assert.AreEqual(120 / one, found.Rows);
        Assert.IsFalse(DataSet.From(table, ["label"], trust: ["light"]).Findings.Any(f => f.Column == "light"));
    }

    [TestMethod]
    public void ASensorThatGoesDownToZeroIsNoMatter()
    {
        Table table = Table.Parse(Soil.Csv((r, cells) => [cells[0], $"{Math.Max(0, (r * 37 % 100) - 40)}", .. cells[2..]]), "t.csv");
        Assert.IsFalse(DataSet.From(table, ["label"]).Findings.Any(f => f.Column == "light"));
    }

    [TestMethod]
    public void AColumnThatCostsManyRowsIsNamed()
    {
        DataSet data = DataSet.From(Table.Parse(Soil.Csv((r, cells) => [cells[0], r % 3 == 0 ? "" : cells[1], .. cells[2..]]), "t.csv"), ["label"]);
        StringAssert.Contains(data.Notes[0], "--ignore light keeps most of them");
    }

    [TestMethod]
    public void MediansAreThoseOfTheRowsTrainedOnAndNothingIsJudgedByThem()
    {
        Table table = Table.Parse(Soil.Csv((r, cells) => [cells[0], r % 4 == 0 ? "" : cells[1], .. cells[2..]]), "t.csv");
        DataSet data = DataSet.From(table, ["label"], missing: MissingRule.Median);
        Assert.AreEqual(120, data.Count);
        (DataSet training, DataSet held) = data.HoldOutEveryFifth();
        double[] known = [.. training.Inputs.Where((_, k) => (training.Lines[k] - 2) % 4 != 0).Select(row => row[1]).Order()];
        double median = (known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2;
        for (int k = 0; k < training.Count; k++)
        {
            string cell = Soil.Rows(120)[training.Lines[k] - 2][1];
            Assert.AreEqual((training.Lines[k] - 2) % 4 == 0 ? median : double.Parse(cell, null), training.Inputs[k][1]);
        }

        DataSet measured = held.Measured();
        Assert.IsLessThan(held.Count, measured.Count);
        Assert.IsTrue(measured.Lines.All(line => (line - 2) % 4 != 0));
        StringAssert.Contains(data.Notes[0], "a board has no median");

        TrainResult result = Pipeline.Train(new TrainOptions(table, "label") { Missing = MissingRule.Median, Hyperparameters = new() { Hidden = [2], MaximumEpochs = 5 } });
        Assert.IsGreaterThan(0, result.HeldOut.Count);
        Assert.IsTrue(result.HeldOut.Lines.All(line => (line - 2) % 4 != 0), "a fourth of the rows has a median in it");
    }

    [TestMethod]
    public void ATargetIsNeverFilled()
    {
        DataSet data = DataSet.From(Table.Parse(Soil.Csv((r, cells) => [.. cells[..3], r == 8 ? "nan" : cells[0]], "a,light,temp,y"), "t.csv"), ["y"], TaskKind.Regress, missing: MissingRule.Median);
        Assert.AreEqual(119, data.Count);
    }

    [TestMethod]
    [DataRow(-999.0)]
    [DataRow(-200.0)]
    [DataRow(-127.0)]
    [DataRow(85.0)]
    [DataRow(0.0)]
    [DataRow(65535.0)]
    [DataRow(-555.0)]
    public void AValueForNoReadingIsLeftOutSaidAndInByRequest(double sentinel)
    {
        Table table = Table.Parse(Soil.Csv((r, cells) => [.. cells[..2], r % 30 == 4 ? $"{sentinel}" : cells[2], cells[3]]), "t.csv");
        DataSet data = DataSet.From(table, ["label"]);
        Assert.AreEqual(116, data.Count);
        Assert.IsTrue(data.Inputs.All(row => row[2] != sentinel));
        DataFinding found = data.Findings.Single(f => f.Kind == DataFindingKind.Sentinel);
        Assert.AreEqual("temp", found.Column);
        Assert.AreEqual(4, found.Rows);
        StringAssert.Contains(found.Sentence, "first in line 6");
        StringAssert.Contains(found.Sentence, "--trust temp");
        Assert.AreEqual(120, DataSet.From(table, ["label"], trust: ["temp"]).Count);
        Refusals.Expect("line 6, column \"temp\"", () => DataSet.From(table, ["label"], missing: MissingRule.Refuse));
    }

    [TestMethod]
    public void AValueForNoReadingIsNoneInATestFileEither()
    {
        DataSet data = DataSet.From(Table.Parse(Soil.Csv((r, cells) => [.. cells[..2], r % 30 == 4 ? "-999" : cells[2], cells[3]]), "t.csv"), ["label"]);
        DataSet test = DataSet.Like(data, Table.Parse("soil,light,temp,label\n1500,1000,-999,wet\n1500,1000,20,wet\n,1000,20,wet\n", "u.csv"));
        CollectionAssert.AreEqual(new[] { 3 }, test.Lines);
        Assert.IsTrue(test.Findings.Any(f => f.Kind == DataFindingKind.Sentinel));
        Assert.IsTrue(test.Findings.Any(f => f.Kind == DataFindingKind.MissingValues && f.Rows == 2));
    }

    [TestMethod]
    public void AValueForNoReadingInATargetIsNotLearned()
    {
        string text = Soil.Csv((r, cells) => [.. cells[..3], r % 30 == 4 ? "-200" : $"{20 + (r * 7919 % 101 / 10.0):0.0}"], "soil,light,temp,y");
        DataSet data = DataSet.From(Table.Parse(text, "t.csv"), ["y"]);
        Assert.AreEqual(116, data.Count);
        Assert.IsTrue(data.Targets.All(row => row[0] > 0));
    }

    [TestMethod]
    public void ARareClassDoesNotVanishWithTheRowsLeftOut()
    {
        Table table = Table.Parse(Soil.Csv((r, cells) => [.. cells[..2], r == 60 ? "900" : cells[2], r == 60 ? "fault" : cells[3]]), "t.csv");
        Refusals.Expect("every row of the class \"fault\"|--trust", () => DataSet.From(table, ["label"]));
        Assert.AreEqual(120, DataSet.From(table, ["label"], trust: ["temp"]).Count);
    }

    [TestMethod]
    public void OfAHandfulOfRowsNoneIsFarFromTheOthers() =>
        Assert.AreEqual(4, DataSet.From(Table.Parse("soil,label\n100,a\n120,a\n130,a\n900,b\n", "t.csv"), ["label"]).Count);

    [TestMethod]
    public void SwitchesAndLevelsAreNotTakenForFailures()
    {
        foreach (string[] levels in new[] { new[] { "0", "1" }, ["-1", "1"], ["-1", "0", "1"], ["0", "255"], ["0", "4095"], ["0", "1", "2", "3"] })
        {
            string text = Soil.Csv((r, cells) => [.. cells[..2], levels[r % 11 == 0 ? 0 : 1 + (r % (levels.Length - 1))], cells[3]]);
            Assert.AreEqual(120, DataSet.From(Table.Parse(text, "t.csv"), ["label"]).Count, string.Join(',', levels));
        }
    }

    /// <summary>At least as often as on injected values of public tables: 97 of 100 outside the range, 78 for 85, 56 for 0.</summary>
    [TestMethod]
    [DataRow(-999.0, 0.97)]
    [DataRow(-200.0, 0.97)]
    [DataRow(-127.0, 0.97)]
    [DataRow(4095.0, 0.97)]
    [DataRow(65535.0, 0.97)]
    [DataRow(85.0, 0.78)]
    [DataRow(0.0, 0.56)]
    public void ValuesOutsideTheRangeOfASensorAreFound(double sentinel, double share)
    {
        int tried = 0;
        int found = 0;
        (from low in Gen.Double[1, 60]
         from width in Gen.Double[1, 40]
         from rows in Gen.Int[100, 400]
         from every in Gen.Int[5, 30]
         from seed in Gen.Int
         select (low, width, rows, every, seed)).Sample(
            t =>
            {
                Random random = new(t.seed);
                double[] values = [.. Enumerable.Range(0, t.rows).Select(_ => Math.Round(t.low + (t.width * (random.NextDouble() + random.NextDouble()) / 2), 2))];
                if (sentinel >= values.Min() && sentinel <= values.Max())
                {
                    return;
                }

                string text = "x,y\n" + string.Concat(values.Select((v, r) => FormattableString.Invariant($"{(r % t.every == 1 ? sentinel : v)},{(r % 2 == 0 ? "a" : "b")}\n")));
                DataSet data = DataSet.From(Table.Parse(text, "t.csv"), ["y"]);
                Interlocked.Increment(ref tried);
                if (data.Inputs.All(row => row[0] != sentinel))
                {
                    Interlocked.Increment(ref found);
                }
            },
            iter: 300);
        Assert.IsGreaterThan(100, tried);
        Assert.IsGreaterThanOrEqualTo(share * tried, found, $"{found} of {tried}");
    }

    /// <summary>No measurement is left out, whether rows are in order, shuffled, or a slow log.</summary>
    [TestMethod]
    public void OfACleanTableNothingIsLeftOut()
    {
        (from rows in Gen.Int[20, 200]
         from columns in Gen.Int[1, 6]
         from kind in Gen.Int[0, 4]
         from shuffled in Gen.Bool
         from seed in Gen.Int
         select (rows, columns, kind, shuffled, seed)).Sample(
            t =>
            {
                Random random = new(t.seed);
                double[][] columns = [.. Enumerable.Range(0, t.columns).Select(c => Measured(random, t.rows, (t.kind + c) % 5))];
                int[] order = [.. Enumerable.Range(0, t.rows)];
                if (t.shuffled)
                {
                    random.Shuffle(order);
                }

                string text = string.Join(',', Enumerable.Range(0, t.columns).Select(c => $"x{c}")) + ",y\n"
                    + string.Concat(order.Select(r => string.Join(',', columns.Select(c => FormattableString.Invariant($"{c[r]}"))) + (r % 3 == 0 ? ",a\n" : ",b\n")));
                DataSet data = DataSet.From(Table.Parse(text, "t.csv"), ["y"]);
                Assert.HasCount(t.columns, data.InputNames, string.Join('\n', data.Notes));
                Assert.AreEqual(t.rows, data.Count, string.Join('\n', data.Notes));
            },
            iter: 2000);
    }

    // Noise, a day's course with noise, a switch, counts of a converter, a random walk.
    private static double[] Measured(Random random, int rows, int kind)
    {
        double walk = 0;
        return [.. Enumerable.Range(0, rows).Select(r => kind switch
        {
            0 => Math.Round(20 + (5 * (random.NextDouble() + random.NextDouble() - 1)), 2),
            1 => Math.Round(20 + (8 * Math.Sin(r / 9.0)) + random.NextDouble(), 1),
            2 => random.Next(2),
            3 => random.Next(200, 3800),
            _ => Math.Round(walk += random.NextDouble() - 0.5, 3),
        })];
    }
}
