using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Tests.Data;

namespace NeuralEdge.Tests.Cli;

/// <summary>What the verb train says of a table before it learns from it, and the options that change what it does.</summary>
[TestClass]
public sealed class TrainDataTests
{
    private static readonly string Messy = Soil.Csv(
        (r, cells) => [$"{r * 1000}", cells[0], r is 4 or 9 ? "" : cells[1], r % 30 == 3 ? "-999" : cells[2], cells[3] == "dry" ? "1" : "0", r == 20 ? "Dry" : cells[3]],
        "millis,soil,light,temp,pump,label");

    [TestMethod]
    public void WhatIsInATableIsSaidFirstInTheReportAndAsJson()
    {
        using Scratch scratch = new();
        scratch.Write("log.csv", Messy);
        string[] train = ["train", "log.csv", "--target", "label", "--hidden", "2", "-o", "m.nedge"];
        string output = scratch.Run([.. train, "--report", "m.html"]).MustSucceed().Output;
        string[] lines = output.Split('\n');
        string page = File.ReadAllText(scratch.PathOf("m.html"));
        foreach (string said in new[] { "\"millis\" goes by the same step", "warning: -999 in 4 rows of \"temp\"", "6 of 120 rows have no value in \"temp\" (4), \"light\" (2)", "warning: Column \"pump\" alone tells", "taken for one class" })
        {
            Assert.IsTrue(lines.Take(8).Any(line => line.Contains(said, StringComparison.Ordinal)), $"{said}\n{output}");
            StringAssert.Contains(System.Net.WebUtility.HtmlDecode(page), said);
        }

        JsonElement[] findings = [.. scratch.Run([.. train, "--json"]).Json().GetProperty("findings").EnumerateArray()];
        JsonElement missing = findings.Single(f => string.Equals(f.GetProperty("kind").GetString(), "missingValues", StringComparison.OrdinalIgnoreCase));
        Assert.AreEqual(6, missing.GetProperty("rows").GetInt32());
        Assert.AreEqual("temp", findings.Single(f => string.Equals(f.GetProperty("kind").GetString(), "sentinel", StringComparison.OrdinalIgnoreCase)).GetProperty("column").GetString());
    }

    [TestMethod]
    [DataRow("--ignore pump", "soil,light,temp")]
    [DataRow("--inputs millis,soil", "millis,soil")]
    [DataRow("--inputs soil --trust temp", "soil")]
    public void InputsAreThoseAskedFor(string options, string inputs)
    {
        using Scratch scratch = new();
        scratch.Write("log.csv", Messy);
        JsonElement report = scratch.Run(["train", "log.csv", "--target", "label", "--hidden", "2", "-o", "m.nedge", "--json", .. options.Split(' ')]).Json();
        Assert.AreEqual(inputs, string.Join(',', report.GetProperty("inputs").EnumerateArray().Select(i => i.GetString())));
    }

    [TestMethod]
    [DataRow("--missing refuse", "log.csv line 5, column \"temp\": \"-999\" stands for no value")]
    [DataRow("--inputs ground", "ground")]
    [DataRow("--ignore ground", "ground")]
    [DataRow("--trust ground", "ground")]
    [DataRow("--label-from file", "has a column \"label\" already")]
    public void WhatCannotBeReadAsAskedIsRefused(string options, string named)
    {
        using Scratch scratch = new();
        scratch.Write("log.csv", Messy);
        StringAssert.Contains(scratch.Run(["train", "log.csv", "--target", "label", "-o", "m.nedge", .. options.Split(' ')]).MustFail(2), named);
        Assert.IsFalse(File.Exists(scratch.PathOf("m.nedge")));
    }

    [TestMethod]
    public void FilesNamedAfterTheirClassNeedNoTarget()
    {
        using Scratch scratch = new();
        string[] lines = Soil.Csv().TrimEnd().Split('\n');
        foreach (string label in new[] { "dry", "wet" })
        {
            IEnumerable<string> rows = lines.Skip(1).Where(line => line.EndsWith(label, StringComparison.Ordinal)).Select(line => line[..line.LastIndexOf(',')]);
            scratch.Write(label + ".csv", "soil,light,temp\n" + string.Join('\n', rows) + "\n");
        }

        JsonElement report = scratch.Run("train", "dry.csv", "wet.csv", "--label-from", "file", "--hidden", "2", "-o", "m.nedge", "--json").Json();
        Assert.AreEqual("dry,wet", string.Join(',', report.GetProperty("outputs").EnumerateArray().Select(o => o.GetString())));
        StringAssert.Contains(scratch.Run("train", "dry.csv", "wet.csv", "--label-from", "file", "--target", "state, now", "--hidden", "2", "-o", "m.nedge").MustSucceed().Output, "Wrote m.nedge");
        StringAssert.Contains(scratch.Run("train", "dry.csv", "--label-from", "file", "-o", "m.nedge").MustFail(2), "always \"dry\"");
        StringAssert.Contains(scratch.Run("train", "dry.csv", "wet.csv", "-o", "m.nedge").MustFail(1), "--target");
        StringAssert.Contains(scratch.Run("train", "dry.csv", "wet.csv", "--label-from", "file", "-o", "wet.csv").MustFail(2), "wet.csv");
    }

    [TestMethod]
    public void AModelRunsOnTheTableItWasTrainedOnUnitsAndAll()
    {
        using Scratch scratch = new();
        scratch.Write("log.csv", Soil.Csv((_, cells) => [.. cells[..2], cells[2] + " °C", cells[3]], "#soil,light,temp,label"));
        scratch.Run("train", "log.csv", "--target", "label", "--hidden", "2", "-o", "m.nedge").MustSucceed();
        StringAssert.Contains(scratch.Run("inspect", "m.nedge").MustSucceed().Output, "°C");
        Assert.HasCount(121, scratch.Run("run", "m.nedge", "--input", "log.csv").MustSucceed().Output.TrimEnd().Split('\n'));
    }
}
