using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Tests.Data;

/// <summary>From a table to samples.</summary>
[TestClass]
public sealed class DataSetTests
{
    private const string Log = "time,light,soil,note,pump\n10:00,1,5,,0\n10:01,2,6,,1\n10:02,3,7,,0\n";

    [TestMethod]
    public void NumbersBesideTheTargetAreTheInputs()
    {
        DataSet data = DataSet.From(Table.Parse(Log, "t.csv"), ["pump"]);
        Assert.AreEqual(TaskKind.Regress, data.Task);
        CollectionAssert.AreEqual(new[] { "light", "soil" }, data.InputNames);
        CollectionAssert.AreEqual(new[] { 2.0, 6 }, data.Inputs[1]);
        Assert.AreEqual(1, data.Targets[1][0]);
        Assert.IsTrue(data.Notes.Any(n => n.Contains("\"time\" is a time stamp", StringComparison.Ordinal)));
        Assert.IsTrue(data.Notes.Any(n => n.Contains("\"note\" is empty", StringComparison.Ordinal)));
        CollectionAssert.AreEqual(new[] { (1.0, 3.0), (5.0, 7.0) }, data.InputRanges());
    }

    [TestMethod]
    public void InputsCanBeChosen()
    {
        DataSet data = DataSet.From(Table.Parse(Log, "t.csv"), ["pump"], null, ["soil"]);
        CollectionAssert.AreEqual(new[] { 7.0 }, data.Inputs[2]);
        Refusals.Expect("line 2, column \"time\"|not a number", () => DataSet.From(Table.Parse(Log, "t.csv"), ["pump"], null, ["time"]));
    }

    [TestMethod]
    public void TextTargetsAreClassesInAnOrderThatDoesNotDependOnTheRows()
    {
        DataSet data = DataSet.From(Table.Parse("x,y\n1,wet\n2,dry\n3,wet\n", "t.csv"), ["y"]);
        Assert.AreEqual(TaskKind.Classify, data.Task);
        CollectionAssert.AreEqual(new[] { "dry", "wet" }, data.ClassNames);
        CollectionAssert.AreEqual(new[] { 1, 0, 1 }, data.Classes);
        CollectionAssert.AreEqual(new[] { 0.0, 1 }, data.Targets[0]);
        DataSet numbers = DataSet.From(Table.Parse("x,y\n1,10\n2,9\n", "t.csv"), ["y"], TaskKind.Classify);
        CollectionAssert.AreEqual(new[] { "9", "10" }, numbers.ClassNames);
    }

    [TestMethod]
    public void WholeNumbersAsTargetAreToldToLookLikeClasses()
    {
        DataSet data = DataSet.From(Table.Parse("x,y\n1,0\n2,1\n3,2\n", "t.csv"), ["y"]);
        Assert.IsTrue(data.Notes.Any(n => n.Contains("--task classify", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void ImpossibleTargetsAreRefused()
    {
        Table table = Table.Parse("x,y,z\n1,a,b\n2,a,c\n", "t.csv");
        Refusals.Expect("no column \"w\"", () => DataSet.From(table, ["w"]));
        Refusals.Expect("always \"a\"", () => DataSet.From(table, ["y"]));
        Refusals.Expect("named twice", () => DataSet.From(table, ["y", "y"]));
        Refusals.Expect("--target", () => DataSet.From(table, []));
        Refusals.Expect("one target column", () => DataSet.From(table, ["y", "z"], TaskKind.Classify));
        Refusals.Expect("line 2, column \"y\"", () => DataSet.From(table, ["y"], TaskKind.Regress));
        Refusals.Expect("target at once", () => DataSet.From(table, ["z"], null, ["z"]));
        Refusals.Expect("no column of numbers", () => DataSet.From(Table.Parse("x,y\n1,a\n2,b\n", "t.csv"), ["x"]));
        string many = "x,y\n" + string.Concat(Enumerable.Range(0, 101).Select(i => $"{i},c{i}\n"));
        Refusals.Expect("101 different values", () => DataSet.From(Table.Parse(many, "t.csv"), ["y"], inputs: ["x"]));
        Refusals.Expect("line 3, column \"y\": has no value", () => DataSet.From(Table.Parse("x,y\n1,a\n2,\n3,b\n", "t.csv"), ["y"], missing: MissingRule.Refuse));
    }

    [TestMethod]
    public void ATestFileIsReadByTheClassesLearned()
    {
        DataSet training = DataSet.From(Table.Parse("x,y\n1,a\n2,b\n3,c\n", "t.csv"), ["y"]);
        DataSet test = DataSet.Like(training, Table.Parse("y,extra,x\nc,1,9\na,2,8\n", "u.csv"));
        CollectionAssert.AreEqual(new[] { 2, 0 }, test.Classes);
        Assert.AreEqual(9, test.Inputs[0][0]);
        Refusals.Expect("u.csv line 2|class \"d\"|a, b, c", () => DataSet.Like(training, Table.Parse("x,y\n1,d\n", "u.csv")));
        Refusals.Expect("u.csv has no column \"x\"", () => DataSet.Like(training, Table.Parse("y\na\n", "u.csv")));
    }

    [TestMethod]
    public void EveryClassGivesAFifthAndNoRowIsLostOrDoubled()
    {
        DataSet iris = DataSet.From(Table.Read(Repository.PathOf("tools/examples/iris.csv")), ["species"]);
        (DataSet training, DataSet held) = iris.Split(1);
        for (int c = 0; c < 3; c++)
        {
            Assert.AreEqual(10, held.Classes.Count(k => k == c));
        }

        CollectionAssert.AreEqual(iris.Lines, training.Lines.Concat(held.Lines).Order().ToArray());
        CollectionAssert.AreEqual(held.Lines, iris.Split(1).HeldOut.Lines);
        CollectionAssert.AreNotEqual(held.Lines, iris.Split(2).HeldOut.Lines);
    }

    /// <summary>The measurements are Fisher's: the species' means, and the two flowers that copies get wrong.</summary>
    [TestMethod]
    public void TheIrisFileHoldsFishersMeasurements()
    {
        DataSet iris = DataSet.From(Table.Read(Repository.PathOf("tools/examples/iris.csv")), ["species"]);
        double[][] means = [[5.006, 3.428, 1.462, 0.246], [5.936, 2.770, 4.260, 1.326], [6.588, 2.974, 5.552, 2.026]];
        for (int c = 0; c < 3; c++)
        {
            for (int i = 0; i < 4; i++)
            {
                double mean = Enumerable.Range(0, 150).Where(r => iris.Classes[r] == c).Average(r => iris.Inputs[r][i]);
                Assert.AreEqual(means[c][i], mean, 1e-9);
            }
        }

        CollectionAssert.AreEqual(new[] { 4.9, 3.1, 1.5, 0.2 }, iris.Inputs[34]);
        CollectionAssert.AreEqual(new[] { 4.9, 3.6, 1.4, 0.1 }, iris.Inputs[37]);
    }

    [TestMethod]
    public void StandardUnitsHaveMeanZeroAndDeviationOne()
    {
        double[][] rows = [[1, 5, 1e9], [2, 5, 1e9 + 2], [6, 5, 1e9 + 4]];
        Standardiser standardiser = Standardiser.Measure(rows);
        double[][] standard = [.. rows.Select(standardiser.Apply)];
        foreach (int c in new[] { 0, 2 })
        {
            Assert.AreEqual(0, standard.Average(r => r[c]), 1e-9);
            Assert.AreEqual(1, standard.Average(r => r[c] * r[c]), 1e-9);
        }

        CollectionAssert.AreEqual(new[] { false, true, false }, standardiser.IsConstant);
        Assert.AreEqual(0, standard[1][1]);
    }

    [TestMethod]
    public void EveryFifthRowOfEachClassIsHeldOutWhateverTheSeed()
    {
        DataSet iris = DataSet.From(Table.Read(Repository.PathOf("tools/examples/iris.csv")), ["species"]);
        (DataSet training, DataSet held) = iris.HoldOutEveryFifth();
        Assert.AreEqual(120, training.Count);
        for (int c = 0; c < 3; c++)
        {
            Assert.AreEqual(10, held.Classes.Count(k => k == c));
        }

        Assert.AreEqual(iris.Lines[0], held.Lines[0]);
        Assert.AreEqual(iris.Lines[5], held.Lines[1]);
        CollectionAssert.AreEquivalent(iris.Lines, training.Lines.Concat(held.Lines).ToArray());
    }
}
