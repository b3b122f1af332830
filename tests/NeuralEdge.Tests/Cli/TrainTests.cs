using System.Globalization;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.Tests.Cli;

/// <summary>train, inspect and run on the examples.</summary>
[TestClass]
public sealed class TrainTests
{
    private static readonly string Iris = Repository.PathOf("tools/examples/iris.csv");

    [TestMethod]
    public void TheIrisesAreToldApartAsWellInIntegersAsInRealNumbers()
    {
        using Scratch scratch = new();
        JsonElement report = scratch.Run("train", Iris, "--target", "species", "-o", "iris.nedge", "--json").Json();
        Assert.AreEqual(150, report.GetProperty("trainingRows").GetInt32());
        Assert.AreEqual(150, report.GetProperty("heldOutRows").GetInt32());
        Assert.AreEqual("folds", report.GetProperty("verdict").GetProperty("split").GetString());
        double real = report.GetProperty("floatScores").GetProperty("accuracy").GetDouble();
        double integers = report.GetProperty("fixedScores").GetProperty("accuracy").GetDouble();
        Assert.AreEqual(real, integers);
        Assert.IsGreaterThanOrEqualTo(0.93, integers);
        Assert.AreEqual(0, report.GetProperty("disagreements").GetInt32());

        // The same digest every time: training is decided by its seed.
        string digest = report.GetProperty("digest").GetString()!;
        string text = scratch.Run("train", Iris, "--target", "species", "-o", "again.nedge").MustSucceed().Output;
        StringAssert.Contains(text, digest);
        CollectionAssert.AreEqual(File.ReadAllBytes(scratch.PathOf("iris.nedge")), File.ReadAllBytes(scratch.PathOf("again.nedge")));
        Assert.AreNotEqual(digest, scratch.Run("train", Iris, "--target", "species", "--seed", "2", "-o", "other.nedge", "--json").Json().GetProperty("digest").GetString());

        // A row of answers for each row of questions, and most of them right.
        Assert.AreEqual("", scratch.Run("run", "iris.nedge", "--input", Iris, "--output", "answers.csv", "--class").MustSucceed().Output);
        string[] answers = File.ReadAllLines(scratch.PathOf("answers.csv"));
        string[] questions = File.ReadAllLines(Iris);
        Assert.AreEqual("setosa,versicolor,virginica,class", answers[0]);
        Assert.HasCount(questions.Length, answers);
        int right = answers.Skip(1).Zip(questions.Skip(1)).Count(pair => pair.First.Split(',')[^1] == pair.Second.Split(',')[^1]);
        Assert.IsGreaterThanOrEqualTo(139, right);

        JsonElement inspected = scratch.Run("inspect", "iris.nedge", "--json").Json();
        Assert.AreEqual(digest, inspected.GetProperty("digest").GetString());
        Assert.AreEqual(new FileInfo(scratch.PathOf("iris.nedge")).Length, inspected.GetProperty("bytes").GetInt64());
        StringAssert.Contains(scratch.Run("inspect", "iris.nedge").MustSucceed().Output, digest);
    }

    [TestMethod]
    public void RowsOfAnotherFileCanBeTheJudges()
    {
        using Scratch scratch = new();
        string[] rows = File.ReadAllLines(Iris);
        scratch.Write("few.csv", string.Join('\n', rows.Where((_, i) => i % 15 == 0)));
        scratch.Write("others.csv", string.Join('\n', rows.Where((_, i) => i == 0 || i % 15 != 0)));
        JsonElement report = scratch.Run("train", "others.csv", "--target", "species", "--test", "few.csv", "--hidden", "4", "--activation", "relu", "-o", "m.nedge", "--json").Json();
        Assert.AreEqual(140, report.GetProperty("trainingRows").GetInt32());
        Assert.AreEqual(10, report.GetProperty("heldOutRows").GetInt32());
        JsonElement layers = scratch.Run("inspect", "m.nedge", "--json").Json().GetProperty("layers");
        Assert.AreEqual(4, layers[0].GetProperty("neurons").GetInt32());
        Assert.AreEqual("relu", layers[0].GetProperty("activation").GetString());
    }

    [TestMethod]
    [DataRow("nothere.csv", "--target species", "nothere.csv")]
    [DataRow("iris.csv", "--target colour", "colour")]
    [DataRow("iris.csv", "--target species --hidden 4,x", "--hidden")]
    [DataRow("iris.csv", "--target species --hidden 1100", "1100")]
    [DataRow("iris.csv", "--target species --activation step", "step")]
    [DataRow("iris.csv", "--target species --task regress", "species")]
    [DataRow("iris.csv", "--target species --board nothere.json", "nothere.json")]
    [DataRow("iris.csv", "--target species --test nothere.csv", "nothere.csv")]
    [DataRow("gap.csv", "--target y --missing refuse", "line 3")]
    [DataRow("one.csv", "--target y", "1 row is too few")]
    [DataRow("empty.csv", "--target y", "empty.csv")]
    [DataRow("pins.csv", "--target y --inputs x --board flash.json", "6")]
    public void WhatCannotBeTrainedOnIsRefusedWithASentenceAndNoFile(string table, string options, string named)
    {
        using Scratch scratch = new();
        File.Copy(Iris, scratch.PathOf("iris.csv"));
        scratch.Write("gap.csv", "x,y\n1,2\n3,\n5,6\n7,8\n9,1\n");
        scratch.Write("one.csv", "x,y\n1,2\n");
        scratch.Write("empty.csv", "");
        scratch.Write("pins.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i * 50},{i}\n"))));
        scratch.Write("flash.json", """{"inputs":[{"name":"x","adc":0}],"outputs":[{"name":"y","pin":6,"on":1,"off":0}]}""");
        string sentence = scratch.Run(["train", table, .. options.Split(' '), "-o", "m.nedge"]).MustFail(2);
        StringAssert.Contains(sentence, named);
        Assert.IsFalse(File.Exists(scratch.PathOf("m.nedge")));
    }

    [TestMethod]
    public void WhereNothingCanBeWrittenASentenceSaysSo()
    {
        using Scratch scratch = new();
        StringAssert.Contains(scratch.Run("train", Iris, "--target", "species", "--hidden", "2", "-o", "no/such/folder/m.nedge", "--json").MustFail(2), "no/such/folder/m.nedge");
        scratch.Write("net.json", """{"inputs":[{"name":"a","min":0,"max":1}],"layers":[{"weights":[[1]],"activation":"linear"}]}""");
        StringAssert.Contains(scratch.Run("import", "net.json", "-o", scratch.Folder).MustFail(2), scratch.Folder);
    }
}
