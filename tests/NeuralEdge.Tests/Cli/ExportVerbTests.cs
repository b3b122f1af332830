using System.Globalization;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Tests.Export;

namespace NeuralEdge.Tests.Cli;

/// <summary>From a model file to C# as a user has it: files, sentences, exit codes.</summary>
[TestClass]
public sealed class ExportVerbTests
{
    private static readonly byte[] Good = Examples.Convert(Examples.WorkedExample).File.Bytes;

    [TestMethod]
    [DataRow(Profile.Exact)]
    [DataRow(Profile.Compact)]
    [DataRow(Profile.Fast)]
    public void TheExportedClassAnswersWhatRunAnswers(Profile profile)
    {
        using Scratch scratch = new();
        scratch.Write("net.nedge", Imported.Model(RefusalTests.Wide(5, 12, 9, 3), range: 1, profile, acceptError: 10));
        scratch.Write("rows.csv", "x1,x2,x3,x4,x5\n0,0,0,0,0\n-1,-1,1,1,0.5\n0.25,-0.75,0.125,1,-1\n");
        string output = scratch.Run("export", "net.nedge", "--csharp", "Five.cs").MustSucceed().Output;
        StringAssert.Contains(output, "NeuralEdge.Exported.Five");

        JsonElement inspected = scratch.Run("inspect", "net.nedge", "--json").Json();
        JsonElement[] inputs = [.. inspected.GetProperty("inputs").EnumerateArray()];
        JsonElement[] rows = [.. scratch.Run("run", "net.nedge", "--input", "rows.csv", "--json").Json().GetProperty("rows").EnumerateArray()];
        Action<int[], int[]> forward = new ExportedAssembly([File.ReadAllText(scratch.PathOf("Five.cs"))]).Forward("Five");
        double[][] values = [.. File.ReadLines(scratch.PathOf("rows.csv")).Skip(1).Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        for (int r = 0; r < rows.Length; r++)
        {
            // By the formula at the head of the file.
            int[] raw = [.. inputs.Select((input, i) => (int)Math.Floor(((values[r][i] - input.GetProperty("offset").GetDouble()) / input.GetProperty("scale").GetDouble()) + 0.5))];
            int[] answer = new int[3];
            forward(raw, answer);
            CollectionAssert.AreEqual(rows[r].GetProperty("raw").EnumerateArray().Select(number => number.GetInt32()).ToArray(), answer, $"row {r}");
        }
    }

    [TestMethod]
    public void JsonSaysWhatWasWrittenAndNothingElse()
    {
        using Scratch scratch = new();
        scratch.Write("good.nedge", Good);
        JsonElement document = scratch.Run("export", "good.nedge", "--csharp", "Own.cs", "--class", "Worked", "--namespace", "My.Models", "--json").Json();
        Assert.AreEqual("My.Models", document.GetProperty("namespace").GetString());
        Assert.AreEqual("Worked", document.GetProperty("class").GetString());
        Assert.AreEqual(65535, document.GetProperty("codeLimit").GetInt32());
        Assert.IsGreaterThan(50, document.GetProperty("codeBytes").GetInt32());
        Assert.AreEqual(scratch.Run("inspect", "good.nedge", "--json").Json().GetProperty("digest").GetString(), document.GetProperty("digest").GetString());
        string text = File.ReadAllText(scratch.PathOf("Own.cs"));
        StringAssert.Contains(text, "namespace My.Models\n");
        StringAssert.Contains(text, "public static class Worked\n");
    }

    [TestMethod]
    public void AFileThatIsThereIsReplacedWhole()
    {
        using Scratch scratch = new();
        scratch.Write("good.nedge", Good);
        scratch.Run("export", "good.nedge", "--csharp", "A.cs").MustSucceed();
        string fresh = File.ReadAllText(scratch.PathOf("A.cs"));
        scratch.Write("A.cs", new string('x', 100_000));
        scratch.Run("export", "good.nedge", "--csharp", "A.cs").MustSucceed();
        Assert.AreEqual(fresh, File.ReadAllText(scratch.PathOf("A.cs")));
        Assert.HasCount(2, Directory.GetFiles(scratch.Folder), "no file beside it");
    }

    [TestMethod]
    public void ANetworkThatDoesNotFitAnAssemblyIsRefusedAndNothingIsWritten()
    {
        using Scratch scratch = new();
        foreach ((Profile profile, string hint) in new[] { (Profile.Exact, "the profile fast"), (Profile.Fast, "upload") })
        {
            scratch.Write("wide.nedge", Imported.Model(RefusalTests.Wide(64, 128, 64), range: 1, profile, acceptError: 10));
            scratch.Write("Kept.cs", "// mine");
            foreach (string[] more in (string[][])[[], ["--json"]])
            {
                string sentence = scratch.Run(["export", "wide.nedge", "--csharp", "Kept.cs", .. more]).MustFail(2);
                StringAssert.Contains(sentence, "wide.nedge");
                StringAssert.Contains(sentence, "65,535");
                StringAssert.Contains(sentence, hint);
                Assert.AreEqual("// mine", File.ReadAllText(scratch.PathOf("Kept.cs")));
            }
        }
    }

    [TestMethod]
    [DataRow("nothere.nedge --csharp A.cs", "nothere.nedge")]
    [DataRow("text.nedge --csharp A.cs", "text.nedge")]
    [DataRow(" --csharp A.cs", ".nedge")]
    [DataRow("good.nedge --csharp ", "folder")]
    [DataRow("good.nedge --csharp nowhere/A.cs", "nowhere")]
    [DataRow("good.nedge --csharp .", "folder")]
    [DataRow("good.nedge --csharp good.nedge", "would be lost")]
    [DataRow("good.nedge --csharp ./good.nedge", "would be lost")]
    [DataRow("good.nedge --csharp A.cs --class 3d", "--class 3d")]
    [DataRow("good.nedge --csharp A.cs --class Forward", "--class Forward")]
    [DataRow("good.nedge --csharp A.cs --namespace a-b", "--namespace a-b")]
    public void WhatCannotBeExportedIsRefusedByName(string arguments, string named)
    {
        using Scratch scratch = new();
        scratch.Write("good.nedge", Good);
        scratch.Write("text.nedge", "soil,light\n1,2\n");
        StringAssert.Contains(scratch.Run(["export", .. arguments.Split(' ')]).MustFail(2), named);
        StringAssert.Contains(scratch.Run(["export", .. arguments.Split(' '), "--json"]).MustFail(2), named);
        Assert.IsFalse(File.Exists(scratch.PathOf("A.cs")));
        CollectionAssert.AreEqual(Good, File.ReadAllBytes(scratch.PathOf("good.nedge")));
    }
}
