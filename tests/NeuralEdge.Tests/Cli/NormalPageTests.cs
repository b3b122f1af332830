using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace NeuralEdge.Tests.Cli;

/// <summary>What train --normal says and shows, from a labelled log on.</summary>
[TestClass]
public sealed class NormalPageTests
{
    [TestMethod]
    public void ThePageShowsScoresLevelHoursAndWhatAThresholdWouldDo()
    {
        using Scratch scratch = new();
        scratch.Write("log.csv", Log());
        ToolResult trained = scratch.Run("train", "log.csv", "--normal", "--window", "1s", "-o", "n.nedge", "--report", "n.html").MustSucceed();
        StringAssert.Contains(trained.Output, "warning: Column \"label\" calls 6000 of 6300 rows \"normal\": only they are learned from. 300 others (\"shaken\") show below whether they would be noticed.");
        StringAssert.Contains(trained.Output, "Wrote n.html");
        XElement body = ReportTests.Page(scratch.PathOf("n.html")).Element("body")!;
        CollectionAssert.AreEqual(
            new[] { "What was found in the data", "How unlike the normal windows they are", "Would a single threshold do?", "The file and the board" },
            body.Elements("h2").Select(h => h.Value).ToArray());
        XElement[] plots = [.. body.Descendants().Where(part => part.Name.LocalName == "svg")];
        Assert.HasCount(2, plots, "normal windows, and the others");
        Assert.IsTrue(Array.TrueForAll(plots, plot => plot.Descendants().Any(part => (string?)part.Attribute("class") == "bar")));
        JsonElement normal = scratch.Run("train", "log.csv", "--normal", "--window", "1s", "-o", "n.nedge", "--json").Json().GetProperty("normal");
        string level = normal.GetProperty("level").GetDouble().ToString("0.###", CultureInfo.InvariantCulture);
        StringAssert.Contains(body.Value, "where an alarm begins");
        StringAssert.Contains(body.Value, level[..Math.Min(4, level.Length)]);
        StringAssert.Contains(body.Value, "must be judged: record");
        StringAssert.Contains(body.Descendants("table").Single().Value, "all features");
        Assert.AreEqual(1, normal.GetProperty("tests")[0].GetProperty("noticed").GetInt32());
    }

    [TestMethod]
    public void WithoutOtherRowsNobodyKnowsWhatAThresholdWouldDo()
    {
        using Scratch scratch = new();
        scratch.Write("log.csv", string.Join('\n', Log().Split('\n')[..6001]));
        scratch.Run("train", "log.csv", "--normal", "--window", "1s", "-o", "n.nedge", "--report", "n.html").MustSucceed();
        XElement body = ReportTests.Page(scratch.PathOf("n.html")).Element("body")!;
        Assert.HasCount(1, body.Descendants().Where(part => part.Name.LocalName == "svg"));
        StringAssert.Contains(body.Value, "Nobody can say without rows that are not normal");
    }

    [TestMethod]
    public void OneIsSaidInTheSingular()
    {
        using Scratch scratch = new();
        scratch.Write("log.csv", string.Join('\n', Log().Split('\n')[..6001]));
        scratch.Write("board.json", """{"decisions": {"votes": 3}}""");
        StringAssert.Contains(scratch.Run("train", "log.csv", "--normal", "--window", "1s", "--board", "board.json", "-o", "n.nedge").MustSucceed().Output, "The score is that of each window by itself and ends at ");
        StringAssert.Contains(scratch.Run("train", "log.csv", "--normal", "--window", "1s", "-o", "n.nedge").MustSucceed().Output, "The score is averaged over about 16 windows and ends at ");
        scratch.Write("short.csv", string.Join('\n', Log().Split('\n')[..24]));
        StringAssert.Contains(scratch.Run("train", "short.csv", "--normal", "--window", "1s", "-o", "n.nedge").MustFail(2), "1 window does not tell what is normal");
    }

    // Five minutes of noise at 20 rows a second, and a quarter of a minute of more.
    private static string Log()
    {
        Random random = new(3);
        StringBuilder text = new("time_ms,x,label\n");
        for (int t = 0; t < 6300; t++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{50 * t},{(t < 6000 ? 1000 + random.Next(100) : 700 + random.Next(700))},{(t < 6000 ? "normal" : "shaken")}\n");
        }

        return text.ToString();
    }
}
