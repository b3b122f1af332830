using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;

namespace NeuralEdge.Tests.Cli;

/// <summary>The page of the verb train, read back.</summary>
[TestClass]
public sealed class TrainingPageTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly string Iris = Repository.PathOf("tools/examples/iris.csv");

    [TestMethod]
    public void SectionsComeInTheOrderOfAPersonsQuestions()
    {
        using Scratch scratch = new();
        scratch.Run("train", Iris, "--target", "species", "--hidden", "4", "-o", "m.nedge", "--report", "m.html").MustSucceed();
        XElement body = ReportTests.Page(scratch.PathOf("m.html")).Element("body")!;
        Assert.AreEqual("verdict", (string?)body.Elements().ElementAt(1).Attribute("class"));
        CollectionAssert.AreEqual(
            new[]
            {
                "What was found in the data", "Class by class", "Rows answered wrongly", "How training went", "What each input is worth",
                "Each input, class by class", "Would more rows help?", "The network", "The file and the board", "Profiles", "Rounding",
            },
            body.Elements("h2").Select(h => h.Value).ToArray());
        Assert.IsEmpty(body.Descendants("script"));
    }

    [TestMethod]
    public void FiguresAreThoseOfTheResult()
    {
        using Scratch scratch = new();
        string[] train = ["train", Iris, "--target", "species", "--hidden", "4", "-o", "m.nedge"];
        string text = scratch.Run([.. train, "--report", "m.html"]).MustSucceed().Output;
        XElement body = ReportTests.Page(scratch.PathOf("m.html")).Element("body")!;
        TrainResult result = Pipeline.Train(new TrainOptions(Table.Read(Iris), "species") { Hyperparameters = new() { Hidden = [4] } });
        Study study = result.Study()!;

        Assert.AreEqual(result.Verdict.Sentence, body.Elements("p").First().Value);
        CollectionAssert.AreEqual(
            result.Verdict.Standings.Select(s => $"{s.Name}|{Percent(s.Scores.Accuracy)}|{Percent(s.Intervals[0].Low)} to {Percent(s.Intervals[0].High)}").ToArray(),
            Rows(body, "").SkipLast(1).ToArray());
        CollectionAssert.AreEqual(
            result.Verdict.Classes.Select(c => $"{c.Name}|{c.Rows}|{Percent(c.Recall)}|{Percent(c.Precision)}").ToArray(),
            Rows(body, "class"));
        CollectionAssert.AreEqual(
            result.IntegerScores!.Confusion.Select((row, c) => $"{result.HeldOut.ClassNames[c]}|{string.Join('|', row)}").ToArray(),
            Rows(body, "true class"));
        CollectionAssert.AreEqual(
            result.Verdict.Mistakes.Take(12).Select(m =>
            {
                int line = result.HeldOut.Lines[m.Row];
                string[] cells = File.ReadAllLines(Iris)[line - 1].Split(',');
                string inputs = string.Join('|', cells.Take(4).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)));
                return $"{line}|{cells[4]}|{result.HeldOut.ClassNames[m.Output]} ({Percent(m.Answer)})|{inputs}";
            }).ToArray(),
            Rows(body, "line"));
        CollectionAssert.AreEqual(
            study.ByRows.Select(p => $"{100 * p.Share} % of the rows|{Percent(p.Score)}|{Percent(p.StandardError)}").ToArray(),
            Rows(body, "learned from"));
        CollectionAssert.AreEqual(
            study.Importance.OrderByDescending(i => i.Loss).Select(i => $"{i.Name}: {Percent(Math.Max(0, i.Loss))}").ToArray(),
            Picture(body, "What each input is worth").Elements(Svg + "text").Select(t => t.Value).Where(t => t.Contains(": ", StringComparison.Ordinal)).ToArray());
        Assert.Contains($"{result.Losses.Count} epochs;", body.Value);

        // Rows that chose the size judge it there, so that the verdict may say otherwise.
        StringAssert.Matches(body.Value, new(@"from all in \S+ ?% \(networks of the size that is kept\)"));
        StringAssert.Matches(text, new(@"\(networks of\s+the\s+size\s+that\s+is\s+kept\)"));

        // Four inputs, four neurons, three classes; and the terminal says the same.
        Assert.HasCount(11, Picture(body, "The network").Elements(Svg + "circle"));
        string best = study.Importance.MaxBy(i => i.Loss)!.Name;
        StringAssert.Contains(text, $"when it is shuffled): {best} ");
        Assert.DoesNotContain("shuffled", scratch.Run(train).MustSucceed().Output);
    }

    [TestMethod]
    public void NumbersOfAPageHaveThreeDigitsAndNoPowersOfTenThatCanBeCounted()
    {
        using Scratch scratch = new();
        string text = scratch.Run("train", Repository.PathOf("tools/examples/greenhouse.csv"), "--target", "water,shade", "--hidden", "2", "-o", "m.nedge", "--report", "m.html").MustSucceed().Output;
        foreach (string shown in new[] { text, ReportTests.Page(scratch.PathOf("m.html")).Element("body")!.Value })
        {
            Assert.DoesNotMatchRegex("[0-9]E[-+]?[0-9]", shown);
        }

        Assert.DoesNotContain("[default: E", scratch.Run("train", "--help").MustSucceed().Output);
    }

    [TestMethod]
    public void NamesMadeToBreakThePageAreShownAsTheyAre()
    {
        using Scratch scratch = new();
        string name = "<b onload='x'>&\"" + new string('w', 60);
        IEnumerable<string> rows = Enumerable.Range(0, 60).Select(r => $"{r * 37 % 17},{(r % 2 == 0 ? r : 200 + r)},{(r % 2 == 0 ? "\"</td><script>a\"" : "\"]]>--'\"")}");
        scratch.Write("t.csv", $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\",b,label\n{string.Join('\n', rows)}\n");
        scratch.Run("train", "t.csv", "--target", "label", "--hidden", "2", "-o", "m.nedge", "--report", "m.html").MustSucceed();
        XElement page = ReportTests.Page(scratch.PathOf("m.html"));
        Assert.IsEmpty(page.Descendants().Where(e => e.Name.LocalName is "script" or "b"));
        StringAssert.Contains(page.Value, name);
        CollectionAssert.Contains(Rows(page, "class").Select(row => row.Split('|')[0]).ToArray(), "</td><script>a");
    }

    [TestMethod]
    public void ATableOfManyColumnsIsAListOnEveryScreen()
    {
        using Scratch scratch = new();
        string classes = string.Join('\n', Enumerable.Range(0, 240).Select(r => $"{(r % 12 * 100) + (r * 7 % 50)},k{r % 12}"));
        scratch.Write("t.csv", "x,label\n" + classes + "\n");
        scratch.Run("train", "t.csv", "--target", "label", "--hidden", "4", "-o", "m.nedge", "--report", "m.html").MustSucceed();
        XElement page = ReportTests.Page(scratch.PathOf("m.html"));
        Assert.IsTrue(page.Descendants("table").Any(t => (string?)t.Attribute("class") == "facts many"));
        Assert.IsEmpty(page.Descendants("table").Where(t => (string?)t.Attribute("class") == "matrix"));
    }

    [TestMethod]
    public void ATableThatCannotBeJudgedHasAPageToo()
    {
        using Scratch scratch = new();
        scratch.Write("t.csv", "x,label\n1,a\n2,b\n3,a\n4,b\n");
        JsonElement report = scratch.Run("train", "t.csv", "--target", "label", "-o", "m.nedge", "--report", "m.html", "--json").Json();
        XElement body = ReportTests.Page(scratch.PathOf("m.html")).Element("body")!;
        Assert.AreEqual(report.GetProperty("verdict").GetProperty("sentence").GetString(), body.Elements("p").First().Value);
        Assert.AreEqual("verdict poor", (string?)body.Elements("p").First().Attribute("class"));
        Assert.DoesNotContain("Would more rows help?", body.Elements("h2").Select(h => h.Value));
    }

    private static string[] Rows(XElement body, string firstColumn) => [.. body.Descendants("table")
        .First(t => t.Descendants("th").First().Value == firstColumn)
        .Element("tbody")!.Elements("tr").Select(tr => string.Join('|', tr.Elements("td").Select(td => td.Value)))];

    private static XElement Picture(XElement body, string title) => body.Descendants(Svg + "svg").Single(svg => svg.Element(Svg + "title")!.Value == title);

    private static string Percent(double share) => share.ToString("P1", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal);
}
