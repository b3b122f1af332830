using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Data;
using NeuralEdge.Tests.Evaluation;

namespace NeuralEdge.Tests.Data;

/// <summary>What was pasted into a log again is judged by nobody, and what a sensor repeats by chance stays.</summary>
[TestClass]
public sealed class RepeatedRowsTests
{
    private const int Rows = 300;

    [TestMethod]
    public void AFileBelowItselfIsReadOnce() => LeavesTheLog([.. Log(), .. Log()], $"lines {Rows + 2} to {(2 * Rows) + 1} are lines 2 to {Rows + 1} again");

    [TestMethod]
    public void AFileThreeTimesIsReadOnce() => LeavesTheLog([.. Log(), .. Log(), .. Log()], "in the same order");

    [TestMethod]
    public void AStretchPastedInTheMiddleIsLeftOut() =>
        LeavesTheLog([.. Log()[..200], .. Log()[40..120], .. Log()[200..]], "lines 202 to 281 are lines 42 to 121 again");

    [TestMethod]
    public void RowsBelowThemselvesAreReadOnce() => LeavesTheLog([.. Log().SelectMany(row => new[] { row, row, row })], "stands 3 times below itself");

    [TestMethod]
    public void RepeatsAreKeptByRequestAndSaidToFlatter()
    {
        foreach ((string, double[])[] rows in new[] { (IEnumerable<(string, double[])>)[.. Log(), .. Log()], Log().SelectMany(row => new[] { row, row, row }) }.Select(rows => rows.ToArray()))
        {
            DataSet data = DataSet.From(Made.Rows(rows.Length, r => rows[r]), ["label"], inputs: ["x0", "x1"], keepRepeats: true);
            Assert.AreEqual(rows.Length, data.Count);
            StringAssert.Contains(data.Findings.Single(f => f.Kind == DataFindingKind.Copies).Sentence, "flatters");
        }
    }

    [TestMethod]
    public void ALogThatGoesInCirclesIsKeptAndSaidToDoSo()
    {
        (string, double[])[] rows = [.. Enumerable.Range(0, 30 * 288).Select(r => (r % 288 / 36 == 2 ? "on" : "off", new[] { Math.Floor(r % 288 / 2.88), 10 + (r % 288 / 12) }))];
        DataSet data = Read(rows);
        Assert.AreEqual(rows.Length, data.Count);
        StringAssert.Contains(data.Findings.Single(f => f.Kind == DataFindingKind.Copies).Sentence, "goes in circles");
    }

    [TestMethod]
    public void RowsThatJudgeAreNotLeftOut()
    {
        DataSet learned = Read(Log());
        DataSet judges = DataSet.Like(learned, Made.Rows(2 * Rows, r => Log()[r % Rows]));
        Assert.AreEqual(2 * Rows, judges.Count);
    }

    [TestMethod]
    public void WhatOtherLabelsHaveIsNoRepeat()
    {
        (string Label, double[] Inputs)[] both = [.. Log(), .. Log().Select(row => (row.Label + "x", row.Inputs))];
        Assert.AreEqual(both.Length, Read(both).Count);
    }

    [TestMethod]
    public void SlowCoarseSensorsAndSwitchesAreNotTouched()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            PortableRandom random = new(seed);
            double slow = 200;
            (string, double[])[] rows = [.. Enumerable.Range(0, 2000).Select(r =>
            {
                slow = Math.Clamp(slow + Math.Floor(3 * random.NextDouble()) - 1, 180, 220);
                return (r / 100 % 2 == 0 ? "a" : "b", new[] { slow, 5 });
            })];
            Assert.AreEqual(rows.Length, Read(rows).Count, $"seed {seed}");
        }

        (string, double[])[] switches = [.. Enumerable.Range(0, 600).Select(r => (r % 3 == 0 ? "a" : "b", new double[] { r % 2, r % 3, r % 5 }))];
        Assert.AreEqual(switches.Length, Read(switches).Count);
    }

    private static void LeavesTheLog((string Label, double[] Inputs)[] rows, string words)
    {
        DataSet data = Read(rows);
        Assert.AreEqual(Rows, data.Count);
        CollectionAssert.AreEqual(Log().Select(row => row.Inputs[0]).ToArray(), data.Inputs.Select(row => row[0]).ToArray());
        DataFinding found = data.Findings.Single(f => f.Kind == DataFindingKind.Copies);
        Assert.AreEqual(rows.Length - Rows, found.Rows);
        StringAssert.Contains(found.Sentence, words);
    }

    private static (string Label, double[] Inputs)[] Log()
    {
        PortableRandom random = new(4);
        double soil = 2000;
        return [.. Enumerable.Range(0, Rows).Select(r =>
        {
            soil += Math.Floor(81 * random.NextDouble()) - 40;
            return (r / 60 % 2 == 0 ? "dry" : "wet", new[] { soil, 500 + Math.Floor(200 * random.NextDouble()) });
        })];
    }

    private static DataSet Read((string Label, double[] Inputs)[] rows) => Made.Set(Made.Rows(rows.Length, r => rows[r]));
}
