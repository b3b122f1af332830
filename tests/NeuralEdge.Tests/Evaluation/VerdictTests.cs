using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;
using NeuralEdge.Learning.Training;
using NeuralEdge.Models;

namespace NeuralEdge.Tests.Evaluation;

/// <summary>What is said of a network, and what a network that is no good may not do.</summary>
[TestClass]
public sealed class VerdictTests
{
    private static readonly Hyperparameters Quick = new() { Hidden = [4], Starts = 1, MaximumEpochs = 60 };

    [TestMethod]
    public void LabelsThatMeanNothingAreNoBetterThanAGuessAndSwitchNoPin()
    {
        for (int seed = 1; seed <= 4; seed++)
        {
            TrainResult result = Pipeline.Train(Options(Made.Noise(200, seed)));
            Assert.AreEqual(VerdictKind.NoBetter, result.Verdict.Kind);
            StringAssert.StartsWith(result.Verdict.Sentence, "No better than guessing");
            int right = result.IntegerScores!.Confusion[0][0] + result.IntegerScores.Confusion[1][1];
            int always = result.IntegerScores.Confusion.Max(row => row.Sum());
            Assert.AreEqual(right > always, result.Verdict.Sentence.Contains("chance may make such a difference", StringComparison.Ordinal), result.Verdict.Sentence);
            CollectionAssert.AreEqual(new[] { "k0", "k1" }, result.Verdict.Unwired.ToArray());
            Assert.IsTrue(Array.TrueForAll(PinsOf(result), pin => pin.Rule == OutputBinding.RuleNone));
            Assert.IsTrue(Array.TrueForAll(result.Model.File.Model.Bindings.Inputs, input => input.Source == InputBinding.SourceAdc), "it can still be looked at on a board");
        }
    }

    [TestMethod]
    public void AnywayWiresAGuess()
    {
        TrainResult result = Pipeline.Train(Options(Made.Noise(200, 1)) with { Anyway = true });
        Assert.AreEqual(VerdictKind.NoBetter, result.Verdict.Kind);
        Assert.IsTrue(Array.TrueForAll(PinsOf(result), pin => pin.Rule == OutputBinding.RuleArgMax));
    }

    [TestMethod]
    public void FourRowsCannotBeJudgedAndSwitchNoPin()
    {
        Table table = Table.Parse("soil,label\n2600,dry\n2500,dry\n1500,wet\n1400,wet\n", "four.csv");
        TrainResult result = Pipeline.Train(Options(table));
        Assert.AreEqual(VerdictKind.Unjudged, result.Verdict.Kind);
        StringAssert.Contains(result.Verdict.Sentence, "4 rows are too few");
        Assert.IsTrue(Array.TrueForAll(PinsOf(result), pin => pin.Rule == OutputBinding.RuleNone));
        Assert.IsNull(result.IntegerScores);
    }

    [TestMethod]
    public void WhatIsEasyIsUsefulAndItsPinsAreCounted()
    {
        TrainResult result = Pipeline.Train(Options(Made.Rows(200, r => (r * 7919 % 97 > 48 ? "dry" : "wet", [1000 + (20 * (r * 7919 % 97)), 300 + (r % 7)]))));
        Assert.AreEqual(VerdictKind.Useful, result.Verdict.Kind);
        StringAssert.Matches(result.Verdict.Sentence, new(@"^Right in \d+ of 200 rows it has not seen \(always answering '\w+' would be right in 1\d\d\)\.$"));
        int right = result.IntegerScores!.Confusion[0][0] + result.IntegerScores.Confusion[1][1];
        StringAssert.StartsWith(result.Verdict.Sentence, $"Right in {right} of 200 rows");
        Assert.IsTrue(Array.TrueForAll(PinsOf(result), pin => pin.Rule == OutputBinding.RuleArgMax));
        Assert.AreEqual(200, result.Verdict.Pins[0].ShouldBeOff + result.Verdict.Pins[0].ShouldBeOn);
        Assert.AreEqual(result.Verdict.Pins[0].WronglyOn, result.Verdict.Pins[1].WronglyOff, "of two classes one is always on");
        Assert.AreEqual(result.IntegerScores!.Confusion[0][1] + result.IntegerScores.Confusion[1][0], result.Verdict.Pins[0].WronglyOn + result.Verdict.Pins[0].WronglyOff);
    }

    [TestMethod]
    public void OfTwoQuantitiesTheOneThatIsGuessedSwitchesNoPin()
    {
        PortableRandom random = new(5);
        string rows = string.Concat(Enumerable.Range(0, 200).Select(r => $"{300 + (r * 7919 % 997)},{(r * 7919 % 997 > 500 ? 1 : 0)},{(random.NextDouble() > 0.5 ? 1 : 0)}\n"));
        TrainResult result = Pipeline.Train(new TrainOptions(Table.Parse("adc0,pump,fan\n" + rows, "t.csv"), "pump", "fan") { Hyperparameters = Quick, Work = 1e4 });
        CollectionAssert.AreEqual(new[] { "fan" }, result.Verdict.Unwired.ToArray());
        Assert.AreEqual((OutputBinding.RuleThreshold, OutputBinding.RuleNone), (PinsOf(result)[0].Rule, PinsOf(result)[1].Rule));
        StringAssert.Contains(result.Verdict.Sentence, "No better than guessing: at rows it has not seen it is off in 'fan'");
    }

    [TestMethod]
    public void AMisspeltLabelIsNamedWithTheOneMeantAndSwitchesNothing()
    {
        TrainResult result = Pipeline.Train(Options(Misspelt("drry")));
        DataFinding finding = result.Findings.Single(f => f.Kind == DataFindingKind.RareLabel);
        Assert.AreEqual("\"drry\" in \"label\" has 1 row (line 33); did you mean \"dry\"?", finding.Sentence);
        Assert.AreEqual(VerdictKind.Useful, result.Verdict.Kind, "one row does not count for as much as thirty");
        Assert.IsEmpty(result.Verdict.ClassWeights);
        CollectionAssert.AreEqual(new[] { "drry" }, result.Verdict.Unwired.ToArray());
        Assert.AreEqual(OutputBinding.RuleNone, PinsOf(result)[Array.IndexOf(result.Training.ClassNames, "drry")].Rule);
        Assert.AreEqual(2, PinsOf(result).Count(pin => pin.Rule == OutputBinding.RuleArgMax));
        Assert.IsTrue(Array.TrueForAll(PinsOf(Pipeline.Train(Options(Misspelt("drry")) with { Anyway = true })), pin => pin.Rule == OutputBinding.RuleArgMax));
        Assert.HasCount(3, Pipeline.Train(Options(Misspelt("drry")) with { Balance = true }).Verdict.ClassWeights, "as it was asked for");
    }

    [TestMethod]
    [DataRow("soaked", "; too few to learn from or to judge by")]
    [DataRow("dyr", "; did you mean \"dry\"?")]
    [DataRow("Wett", "; did you mean \"wet\"?")]
    [DataRow("dry2", "; too few to learn from or to judge by")]
    public void ALabelOfOneRowIsNamedWhateverItIsLike(string label, string said) =>
        StringAssert.EndsWith(Made.Set(Misspelt(label)).Findings.Single(f => f.Kind == DataFindingKind.RareLabel).Sentence, said);

    [TestMethod]
    public void ClassesOfFewRowsInASmallTableAreNoMistake()
    {
        Assert.IsEmpty(Made.Set(Made.Rows(12, r => (r < 4 ? "low" : r < 8 ? "high" : "mid", [r * 7 % 12]))).Findings.Where(f => f.Kind == DataFindingKind.RareLabel));
        Assert.IsEmpty(Made.Set(Made.Rows(30, r => (r == 3 ? "k1" : r % 2 == 0 ? "k2" : "k3", [r * 7 % 12]))).Findings.Where(f => f.Kind == DataFindingKind.RareLabel));
    }

    /// <summary>Classes of 500, 25 and 2 rows: the second is rare, and the third does not decide what a row of the others counts for.</summary>
    [TestMethod]
    public void WeightsAreThoseOfTheClassesThatCanBeJudged()
    {
        string Label(int r) => r is 7 or 300 ? "odd" : r % 21 == 0 ? "fault" : "ok";
        double[] weights = [.. Pipeline.Train(Options(Made.Rows(527, r => (Label(r), [r * 7919 % 997, r % 21 == 0 ? 3000 : 1000])))).Verdict.ClassWeights];
        double[] counts = [.. new[] { "fault", "odd", "ok" }.Select(name => (double)Enumerable.Range(0, 527).Count(r => Label(r) == name))];
        Assert.AreEqual(525 / (2 * counts[0]), weights[0], 1e-9);
        Assert.AreEqual(1, weights[1]);
        Assert.AreEqual(525 / (2 * counts[2]), weights[2], 1e-9);
    }

    [TestMethod]
    public void QuantitiesHaveNoBalance() =>
        Refusals.Expect("balance|quantity|--task classify", () => Pipeline.Train(Options(Made.Rows(60, r => ($"{r * 7 % 60}.5", [r * r % 29]))) with { Balance = true }));

    [TestMethod]
    [DataRow(0.975, 40, "39 of 40 rows")]
    [DataRow(1.0, 1, "1 of 1 row")]
    [DataRow(998 / 999.0, 999, "998 of 999 rows")]
    [DataRow(0.9999, 10000, "99.9% of 10000 rows")]
    [DataRow(0.0001, 10000, "0.1% of 10000 rows")]
    [DataRow(0.956, 1000, "96% of 1000 rows")]
    public void ShareIsSaidInRowsThatWereThere(double share, int rows, string said) => Assert.AreEqual(said, Words.OfRows(share, rows, "row"));

    [TestMethod]
    public void RareClassesAreBalancedByThemselvesAndFound()
    {
        PortableRandom random = new(2);
        Table table = Made.Rows(1000, r => (r % 40 == 0 ? "fault" : "ok", [Math.Floor(1500 + (400 * random.NextDouble()) + (r % 40 == 0 ? 300 : 0)), Math.Floor(4000 * random.NextDouble())]));
        TrainResult balanced = Pipeline.Train(Options(table));
        Assert.AreEqual(VerdictKind.Useful, balanced.Verdict.Kind);
        Assert.HasCount(2, balanced.Verdict.ClassWeights);
        Assert.IsGreaterThanOrEqualTo(0.8, balanced.Verdict.Classes[0].Recall);
        StringAssert.StartsWith(balanced.Verdict.Sentence, $"Finds {balanced.Verdict.Classes[0].Found} of 25 rows of 'fault'");
        TrainResult alike = Pipeline.Train(Options(table) with { Balance = false });
        Assert.IsEmpty(alike.Verdict.ClassWeights);

        // What it costs stands beside what it gains.
        string right = Words.Part(alike.RealScores!.Accuracy, 1000);
        StringAssert.Contains(balanced.Verdict.Sentence, $"--balance off would find {alike.Verdict.Classes[0].Found}, and be right in {right}; ");
        Assert.AreEqual("this network, --balance off", balanced.Verdict.Standings[^2].Name);
        Assert.AreEqual(alike.RealScores.Accuracy, balanced.Verdict.Standings[^2].Scores.Accuracy);
        Assert.DoesNotContain("--balance", alike.Verdict.Sentence);
        Assert.IsEmpty(Pipeline.Train(Options(Made.Noise(200, 1, 5))).Verdict.ClassWeights, "five classes of a fifth each");
    }

    /// <summary>Thirteen faults in 400 rows, of which a fifth holds three: in no order all of them are judged.</summary>
    [TestMethod]
    public void EveryRowOfARareClassIsJudgedWhereTheRowsAreInNoOrder()
    {
        Verdict verdict = Pipeline.Train(Options(Faults(r => r % 33 == 1))).Verdict;
        Assert.AreEqual(SplitKind.Folds, verdict.Split);
        StringAssert.StartsWith(verdict.Sentence, "Finds 13 of 13 rows of 'fault' that it has not seen");
        Assert.IsEmpty(verdict.Warnings);
        Assert.IsEmpty(verdict.Unwired);
    }

    /// <summary>Twelve faults in one stretch of a log: two of them are held out, and say next to nothing.</summary>
    [TestMethod]
    public void AClassJudgedByTwoRowsIsNoHeadlineAndSwitchesNothing()
    {
        Table log = Faults(r => r is >= 200 and < 212, isLog: true);
        TrainResult result = Pipeline.Train(Options(log));
        Assert.AreEqual(SplitKind.LastFifths, result.Verdict.Split);
        StringAssert.StartsWith(result.Verdict.Sentence, "Right in 80 of 80 rows it has not seen, finding 2 of 2 rows of 'fault' (");
        Assert.AreEqual("Only 2 rows of 'fault' were judged: that says little; record more of them.", result.Verdict.Warnings[0]);
        CollectionAssert.AreEquivalent(new[] { "fault", "ok" }, result.Verdict.TooFewJudged.ToArray(), "of two classes each is the other's opposite");
        Assert.IsTrue(Array.TrueForAll(PinsOf(result), pin => pin.Rule == OutputBinding.RuleNone));
        TrainResult anyway = Pipeline.Train(Options(log) with { Anyway = true });
        Assert.IsEmpty(anyway.Verdict.TooFewJudged);
        Assert.IsTrue(Array.TrueForAll(PinsOf(anyway), pin => pin.Rule == OutputBinding.RuleArgMax));
    }

    [TestMethod]
    public void AGoalMovesTheBoardsOwnAnswer()
    {
        PortableRandom random = new(3);
        Table table = Made.Rows(400, r => (r % 4 == 0 ? "fault" : "ok", [Math.Floor(1500 + (600 * random.NextDouble()) + (r % 4 == 0 ? 200 : 0))]));
        double Recall(DecisionGoal? goal)
        {
            TrainResult result = Pipeline.Train(Options(table) with { Goal = goal, Balance = false });
            Assert.AreEqual(goal is not null, result.Verdict.Shift != 0);
            ModelFile file = result.Model.File;
            int[] faults = [.. Enumerable.Range(0, 400).Where(r => r % 4 == 0)];
            double ofFile = (double)faults.Count(r => file.ClassOf(file.Run(file.ToRaw(result.Training.Inputs[r]))) == 0) / faults.Length;
            Assert.AreEqual(ofFile, result.Verdict.Classes[0].Recall, 0.2, "what is said of held-out rows is what the file does");
            return ofFile;
        }

        double plain = Recall(null);
        Assert.IsLessThan(0.7, plain);
        Assert.IsGreaterThan(0.8, Recall(new DecisionGoal("fault") { Recall = 0.9 }));
        Assert.IsGreaterThan(plain + 0.1, Recall(new DecisionGoal("fault") { InsteadOf = "ok", Cost = 10 }));
        Refusals.Expect("\"smoke\"", () => Pipeline.Train(Options(table) with { Goal = new DecisionGoal("smoke") { Recall = 0.9 } }));
    }

    [TestMethod]
    public void ParityIsLearnedWithATenthOfTheDecay()
    {
        DataSet parity = Made.Set(Made.Rows(256, r => (int.PopCount(r) % 2 == 0 ? "even" : "odd", [.. Enumerable.Range(0, 8).Select(b => (double)((r >> b) & 1))])));
        TrainedModel trained = new Trainer(new Hyperparameters { Hidden = [16, 16], Starts = 1 }).Train(parity);
        Assert.IsGreaterThan(0.9, Scores.Of(parity, trained.ToFloatModel().Network.Scores).Accuracy);
    }

    [TestMethod]
    public void TheSmallestShapeThatIsAsGoodIsTaken()
    {
        Table line = Made.Rows(150, r => (r * 7919 % 97 > 48 ? "a" : "b", [r * 7919 % 97, r % 5]));
        Assert.IsEmpty(Pipeline.Train(Options(line) with { Hyperparameters = Quick with { Hidden = null } }).Verdict.Hidden);
        Table ring = Made.Rows(200, r => (Math.Abs((r * 7919 % 97) - 48) > 24 ? "out" : "in", [r * 7919 % 97, r % 5]));
        Assert.IsNotEmpty(Pipeline.Train(Options(ring) with { Hyperparameters = Quick with { Hidden = null, MaximumEpochs = 300 } }).Verdict.Hidden);
    }

    [TestMethod]
    [DataRow(Profile.Exact)]
    [DataRow(Profile.Compact)]
    public void RowsToJudgeByDoNotChangeTheFile(Profile profile)
    {
        Table iris = Table.Read(Repository.PathOf("tools/examples/iris.csv"));
        Table Test(string row) => Table.Parse("sepal_length,sepal_width,petal_length,petal_width,species\n" + row, "test.csv");
        TrainOptions options = new(iris, "species") { Hyperparameters = Quick, Profile = profile, Work = 1e4, Test = Test("5.1,3.5,1.4,0.2,setosa\n6,3,5,2,virginica\n") };
        byte[] one = Pipeline.Train(options).Model.File.Bytes;
        byte[] other = Pipeline.Train(options with { Test = Test("9,9,9,9,setosa\n4,1,0.5,0,versicolor\n7,7,7,7,virginica\n") }).Model.File.Bytes;
        CollectionAssert.AreEqual(one, other);
    }

    /// <summary>Planted: the rows of the stretch that is held out last are others, and its network's integers must stay as they are.</summary>
    [TestMethod]
    public void HeldOutRowsNeverReachTheRoundingOfTheNetworkThatTheyJudge()
    {
        double[] Inputs(int r, double planted) => [r < 320 ? 1000 + (5 * r) : 2600 + r + planted, 500 + (r % 50 * 40)];
        DataSet Log(double planted) => Made.Set(Made.Rows(400, r => (r / 20 % 2 == 0 ? "a" : "b", Inputs(r, planted))));
        byte[] Draft(DataSet log, int training)
        {
            Partition partition = Partition.Of(log);
            Assert.AreEqual(SplitKind.Blocks, partition.Kind);
            Judge judge = new(log, log.Select(partition.Rows), partition, Quick, Profile.Compact, new BoardSpec(0, [], []), null, null, CancellationToken.None);
            Trial trial = judge.Try([4], null);
            return judge.Draft(trial.Models[training]!, training).Bytes;
        }

        CollectionAssert.AreEqual(Draft(Log(0), 4), Draft(Log(700), 4));
        CollectionAssert.AreNotEqual(Draft(Log(0), 0), Draft(Log(700), 0), "a network that has seen them is another one");
    }

    [TestMethod]
    public void AFileThatABoardDoesNotTakeIsSaidWithWhatFits()
    {
        TrainResult result = Pipeline.Train(Options(Made.Noise(40, 1)) with { Hyperparameters = Quick with { Hidden = [120, 120], MaximumEpochs = 2 } });
        Assert.IsGreaterThan(BoardLimits.LongestModel, result.Oversize!.Bytes);
        TrainResult fitting = Pipeline.Train(Options(Made.Noise(40, 1)) with { Hyperparameters = Quick with { Hidden = result.Oversize.Fitting, MaximumEpochs = 2 } });
        Assert.IsNull(fitting.Oversize);
    }

    [TestMethod]
    public void WeightsThatNoBoardHasRoomForAreSaidBeforeTraining()
    {
        using CancellationTokenSource stop = new();
        List<DataFinding> found = [];
        TrainOptions options = Options(Made.Noise(40, 1)) with { Hyperparameters = Quick with { Hidden = [120, 120] }, Found = new Told<DataFinding>(f =>
        {
            found.Add(f);
            stop.Cancel();
        }) };
        Assert.ThrowsExactly<OperationCanceledException>(() => Pipeline.Train(options, null, stop.Token));
        StringAssert.Contains(found.Single(f => f.Kind == DataFindingKind.TooLarge).Sentence, "--hidden 120,120");
    }

    [TestMethod]
    public void AThresholdThatIsAsGoodStandsBesideTheNetwork()
    {
        PortableRandom random = new(5);
        double[][] inputs = [.. Enumerable.Range(0, 240).Select(_ => new[] { Math.Floor(4000 * random.NextDouble()), Math.Floor(4000 * random.NextDouble()) })];
        TrainResult simple = Pipeline.Train(Options(Made.Rows(240, r => (inputs[r][1] + (r % 12 == 0 ? 900 : 0) > 2000 ? "wet" : "dry", inputs[r]))));
        Standing standing = simple.Verdict.Standings[^2];
        StringAssert.Matches(standing.Name, new(@"^x1 above (19|20)\d\d$"));
        Assert.IsGreaterThan(0.9, standing.Scores.Accuracy);
        Assert.AreEqual(1, simple.Verdict.Remarks.Count(remark => remark.StartsWith("Comparing one input with one number is as good", StringComparison.Ordinal)));

        // Which of two is larger no threshold knows.
        TrainResult both = Pipeline.Train(Options(Made.Rows(240, r => (inputs[r][1] > inputs[r][0] ? "wet" : "dry", inputs[r]))));
        Assert.IsFalse(both.Verdict.Standings.Any(s => s.Name.Contains(" above ", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void AVerdictByAnotherTableSpeaksOfTheSameClass()
    {
        static Table Log(int fault, int snow) => Made.Rows(600, r => r % fault == 0 ? ("fault", [4000 + r, 100 + (r * 7919 % 97)]) : r % snow == 1 ? ("snow", [2000 + r, 900 + (r * 7919 % 97)]) : ("ok", [1000 + (r * 31 % 211), r * 7919 % 397]));
        TrainOptions options = Options(Log(30, 15)) with { Balance = true };
        StringAssert.Contains(Pipeline.Train(options).Verdict.Sentence, "of 'fault' that it has not seen");
        StringAssert.Contains(Pipeline.Train(options with { Test = Log(10, 40) }).Verdict.Sentence, "of 'fault' that it has not seen");
    }

    [TestMethod]
    public void TheShapeOfALongTableIsChosenByAPartOfItAndSaid()
    {
        TrainResult result = Pipeline.Train(Options(Made.Noise(Shapes.MostRows + 5000, 1)) with { Hyperparameters = Quick with { Hidden = null, MaximumEpochs = 2 } });
        Assert.AreEqual(Shapes.MostRows + 5000, result.Training.Count);
        Assert.IsTrue(result.Verdict.Remarks.Any(remark => remark.Contains($"{Shapes.MostRows} of the {Shapes.MostRows + 5000} rows", StringComparison.Ordinal)));
        Assert.IsFalse(Pipeline.Train(Options(Made.Noise(40, 1))).Verdict.Remarks.Any(remark => remark.Contains("were chosen by", StringComparison.Ordinal)));
    }

    private sealed class Told<T>(Action<T> told) : IProgress<T>
    {
        public void Report(T value) => told(value);
    }

    private static Table Faults(Func<int, bool> isFault, bool isLog = false)
    {
        PortableRandom random = new(9);
        return Made.Rows(400, r => (
            isFault(r) ? "fault" : "ok",
            [(isFault(r) ? 3000 : 1000) + (isLog ? r : Math.Floor(400 * random.NextDouble())), 500 + (isLog ? 300 * Math.Sin(r / 40.0) : Math.Floor(300 * random.NextDouble()))]));
    }

    // Thirty rows of "wet", 29 of "dry" and one of another label in line 33.
    private static Table Misspelt(string label) =>
        Made.Rows(60, r => (r == 31 ? label : r % 2 == 0 ? "wet" : "dry", [(r % 2 == 0 ? 1000 : 3000) + (r * 7919 % 97), 300 + (r * 31 % 50)]));

    private static OutputBinding[] PinsOf(TrainResult result) => result.Model.File.Model.Bindings.Outputs;

    private static TrainOptions Options(Table table) => new(table, "label") { Hyperparameters = Quick, Work = 1e4 };
}
