using System.Globalization;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.Tests.Cli;

/// <summary>The worked example the way a user takes it: the same digits from a file, from a table and from a board.</summary>
[TestClass]
public sealed class WorkedExampleTests
{
    private const double Exact = 1.2382242526;
    private const string Json = """{"layers":[{"weights":[[1,1],[-1,1]],"activation":"tanh"},{"weights":[[2,-1]],"activation":"linear"}]}""";

    [TestMethod]
    public void ImportRunAndAskGiveTheSameDigits()
    {
        using Scratch scratch = new();
        scratch.Write("net.json", Json);
        StringAssert.Contains(scratch.Run("import", "net.json", "-o", "net.nedge").MustFail(2), "--range");
        JsonElement imported = scratch.Run("import", "net.json", "--range", "-4,4", "-o", "net.nedge", "--json").Json();
        Assert.AreEqual(new FileInfo(scratch.PathOf("net.nedge")).Length, imported.GetProperty("bytes").GetInt64());
        scratch.Write("ranges.csv", "x2,x1\n-4,4\n4,-4\n");

        // The same ranges give the same network; only what the certificate says of the rows seen is another.
        JsonElement same = scratch.Run("import", "net.json", "--calibrate", "ranges.csv", "-o", "same.nedge", "--json").Json();
        Assert.AreEqual(imported.GetProperty("inputs").GetRawText(), same.GetProperty("inputs").GetRawText());
        Assert.AreEqual(imported.GetProperty("layers").GetRawText(), same.GetProperty("layers").GetRawText());
        CollectionAssert.AreEqual(
            Lines(scratch.Run("run", "net.nedge", "--input", "ranges.csv", "--raw")), Lines(scratch.Run("run", "same.nedge", "--input", "ranges.csv", "--raw")));

        scratch.Write("bare.csv", "2,3");
        string[] bare = Lines(scratch.Run("run", "net.nedge", "--input", "bare.csv"));
        scratch.Write("named.csv", "x2,other,x1\r\n3,9,2\r\n");
        string[] named = Lines(scratch.Run("run", "net.nedge", "--input", "named.csv"));
        CollectionAssert.AreEqual(bare, named);
        Assert.HasCount(2, bare);
        Assert.AreEqual(Exact, double.Parse(bare[1], CultureInfo.InvariantCulture), 2e-5);
        string[] raw = Lines(scratch.Run("run", "net.nedge", "--input", "bare.csv", "--raw"));

        using BoardProcess board = new(scratch.Folder);
        scratch.Run("upload", "net.nedge", "--port", board.Address).MustSucceed();
        Assert.AreEqual($"{bare[0]} = {bare[1]}", scratch.Run("ask", "--port", board.Address, "2", "3").MustSucceed().Output.TrimEnd());
        JsonElement asked = scratch.Run("ask", "--port", board.Address, "2", "3", "--json").Json().GetProperty("outputs")[0];
        JsonElement ran = scratch.Run("run", "net.nedge", "--input", "bare.csv", "--json").Json().GetProperty("rows")[0];
        Assert.AreEqual(raw[1], asked.GetProperty("raw").GetRawText());
        Assert.AreEqual(raw[1], ran.GetProperty("raw")[0].GetRawText());
        Assert.AreEqual(ran.GetProperty("values")[0].GetRawText(), asked.GetProperty("value").GetRawText());

        // A negative value is a value, not an option.
        StringAssert.StartsWith(scratch.Run("ask", "--port", board.Address, "-2", "3").MustSucceed().Output, bare[0]);
    }

    [TestMethod]
    public void ABoardThatNobodyHasTaughtAnswersTheWorkedExample()
    {
        using Scratch scratch = new();
        using BoardProcess board = new(scratch.Folder);
        JsonElement answer = scratch.Run("ask", "--port", board.Address, "2", "3", "--json").Json();
        Assert.AreEqual(Exact, answer.GetProperty("outputs")[0].GetProperty("value").GetDouble(), 2e-5);
        StringAssert.Contains(scratch.Run("ask", "--port", board.Address, "2").MustFail(2), "2 inputs (a, b)");
        StringAssert.Contains(scratch.Run("ask", "--port", board.Address, "2", "x").MustFail(2), "\"x\"");
        StringAssert.Contains(scratch.Run("ask", "--port", board.Address, "2", "400").MustFail(2), "outside the range");
    }

    [TestMethod]
    public void TheDemoShowsItAndEndsWell()
    {
        using Scratch scratch = new();
        JsonElement demo = scratch.Run("demo", "--json").Json();
        Assert.AreEqual(Exact, demo.GetProperty("workedExample").GetDouble(), 2e-5);
        Assert.AreEqual("confirmed", demo.GetProperty("modelState").GetString());
        Assert.IsGreaterThanOrEqualTo(4, demo.GetProperty("pinSwitches").GetInt32());
        Assert.IsEmpty(Directory.GetFileSystemEntries(scratch.Folder));
    }

    private static string[] Lines(ToolResult result) => result.MustSucceed().Output.TrimEnd().Split('\n');
}
