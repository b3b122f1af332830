using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Benchmarks.Scoring;
using NeuralEdge.Learning.Training;
using NeuralEdge.Tests.Cli;

namespace NeuralEdge.Tests.Evaluation;

/// <summary>A smaller version of what "scores" of the benchmarks measures.</summary>
[TestClass]
public sealed class ScoresThatHoldTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void WhatIsPrintedOfALogHoldsForWhatComesLater()
    {
        const int Seeds = 20;
        Hyperparameters options = new() { Hidden = [4], Starts = 1, MaximumEpochs = 15 };
        List<DriftCase> all = [];
        foreach ((string name, Func<long, int, Learning.Data.Table> generate) in DriftCase.Logs.Where(log => log.Name.StartsWith("presence", StringComparison.Ordinal)))
        {
            DriftCase[] cases = [.. Enumerable.Range(1, Seeds).Select(seed => DriftCase.Of(generate(seed, 2000), options))];
            TestContext.WriteLine($"{name}: gap {100 * cases.Average(c => c.Printed - c.Later):F1}, held {100 * cases.Average(c => c.Later >= c.Low && c.Later <= c.High ? 1.0 : 0):F0} %, every fifth {100 * cases.Average(c => c.Fifth - c.FifthLater):F1}");
            all.AddRange(cases);
        }

        Assert.IsInRange(-0.02, 0.02, all.Average(c => c.Printed - c.Later));
        Assert.IsGreaterThanOrEqualTo(0.75, all.Average(c => c.Later >= c.Low && c.Later <= c.High ? 1.0 : 0));
    }

    /// <summary>Somebody records on eight days, the sensors lie otherwise on each of them, and half of the days are yet to come.</summary>
    [TestMethod]
    public void WhatIsPrintedOfSeveralRecordingsHoldsForThoseThatComeLater()
    {
        const int Seeds = 40;
        Hyperparameters options = new() { Hidden = [4], Starts = 1, MaximumEpochs = 15 };
        DriftCase[] whole = [.. Enumerable.Range(1, Seeds).Select(seed => DriftCase.Of(Made.Days(seed, 8, 260, hasClock: true), options))];
        DriftCase[] unknown = [.. Enumerable.Range(1, Seeds).Select(seed => DriftCase.Of(Made.Days(seed, 8, 260, hasClock: false), options))];
        TestContext.WriteLine($"recordings: printed {100 * whole.Average(c => c.Printed):F1}, later {100 * whole.Average(c => c.Later):F1}; stretches: {100 * unknown.Average(c => c.Printed):F1}, later {100 * unknown.Average(c => c.Later):F1}");
        Assert.IsInRange(-0.06, 0.06, whole.Average(c => c.Printed - c.Later));
        Assert.IsGreaterThan(whole.Average(c => c.Printed - c.Later) + 0.05, unknown.Average(c => c.Printed - c.Later), "a fifth of a table is no day");
    }

    [TestMethod]
    public void EveryTableOfAFolderHasALine()
    {
        using Scratch scratch = new();
        File.Copy(Repository.PathOf("tools/examples/iris.csv"), scratch.PathOf("iris.csv"));
        File.Copy(Repository.PathOf("tools/examples/iris.csv"), scratch.PathOf("iris.later.csv"));
        scratch.Write("words.csv", "a,b\nx,y\n");
        List<string> lines = [];
        new ScoreProgram(lines.Add).RunTables(scratch.Folder);
        Assert.HasCount(3, lines);
        StringAssert.Matches(lines[1], new(@"^iris +150 +Folds +33\.3 +9\d\.\d +9\d\.\d +\S+ +9\d\.\d$"));
        StringAssert.StartsWith(lines[2], "words.csv: ");
    }
}
