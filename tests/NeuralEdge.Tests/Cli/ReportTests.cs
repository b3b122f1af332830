using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.Tests.Cli;

/// <summary>The report in the terminal, and the page that train and import write.</summary>
[TestClass]
public sealed class ReportTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly string Iris = Repository.PathOf("tools/examples/iris.csv");

    [TestMethod]
    public void TrainingAClassifierWritesAPageWithItsConfusionMatrix()
    {
        using Scratch scratch = new();
        string text = scratch.Run("train", Iris, "--target", "species", "--hidden", "4", "--profile", "compact", "-o", "m.nedge", "--report", "m.html").MustSucceed().Output;
        StringAssert.Contains(text, "Rounding changes the class of no row: more bits would not be seen.");
        Assert.DoesNotContain("Would help", text);
        StringAssert.Contains(text, "bytes of the board's RAM");
        StringAssert.Contains(text, "compact (this one)");
        XElement page = Page(scratch.PathOf("m.html"));
        XElement matrix = page.Descendants("table").Single(t => t.Descendants("th").First().Value == "true class");
        Assert.AreEqual(150, matrix.Descendants("td").Sum(td => int.TryParse(td.Value, out int rows) ? rows : 0));

        // Standings, course, importance, four inputs, more rows, the network, weights, pre-activations, errors.
        Assert.HasCount(12, page.Descendants(Svg + "svg"));
        foreach (string line in text.Split('\n').Where(l => l.StartsWith("Largest error", StringComparison.Ordinal) || l.StartsWith("Would", StringComparison.Ordinal)))
        {
            Assert.Contains(line.TrimEnd('\r'), page.Descendants("p").Select(p => p.Value));
        }
    }

    [TestMethod]
    public void TrainingOnNumbersWritesAPlotOfEachPredictionAgainstTheTruth()
    {
        using Scratch scratch = new();
        JsonElement report = scratch.Run("train", Iris, "--target", "petal_length,petal_width", "--task", "regress", "--hidden", "3", "-o", "m.nedge", "--report", "m.html", "--json").Json().GetProperty("analysis");
        Assert.AreEqual(2, report.GetProperty("layers").GetArrayLength());
        Assert.AreEqual(4, report.GetProperty("errorSources").GetArrayLength());
        JsonElement[] profiles = [.. report.GetProperty("profiles").EnumerateArray()];
        CollectionAssert.AreEqual(new[] { true, false, false }, profiles.Select(p => p.GetProperty("chosen").GetBoolean()).ToArray());
        Assert.AreEqual(new FileInfo(scratch.PathOf("m.nedge")).Length, profiles[0].GetProperty("bytes").GetInt64());
        Assert.IsLessThan(profiles[0].GetProperty("operations").GetInt64(), profiles[2].GetProperty("operations").GetInt64());
        XElement page = Page(scratch.PathOf("m.html"));

        // Each row is a dot beside the truth of each output.
        CollectionAssert.AreEqual(new[] { 150, 150 }, page.Descendants(Svg + "svg").Select(p => p.Elements(Svg + "circle").Count()).Where(n => n >= 100).ToArray());
    }

    [TestMethod]
    public void ImportingWritesAPageEvenWhenNamesAreMadeToBreakIt()
    {
        using Scratch scratch = new();
        scratch.Write("net.json", """
            {"inputs":[{"name":"<script>&\"a\"","min":0,"max":1}],"outputs":[{"name":"</table>'y'"}],"layers":[{"weights":[[0.3]],"activation":"tanh"},{"weights":[[2]],"activation":"linear"}]}
            """);
        string text = scratch.Run("import", "net.json", "-o", "m.nedge", "--report", "m.html").MustSucceed().Output;
        StringAssert.Contains(text, "300 rows spread over the ranges");
        XElement page = Page(scratch.PathOf("m.html"));
        Assert.IsTrue(page.Descendants("th").Any(th => th.Value == "</table>'y'"));
        Assert.IsEmpty(page.Descendants("script"));
    }

    [TestMethod]
    public void ImportingWithDataNamesTheLinesWhoseClassFlips()
    {
        using Scratch scratch = new();
        scratch.Write("net.json", """
            {"inputs":[{"name":"x","min":-4,"max":4}],"outputs":[{"name":"low"},{"name":"high"}],"layers":[{"weights":[[0],[1]],"activation":"softmax"}]}
            """);
        scratch.Write("rows.csv", "x\n-4\n0.00001\n4\n");
        string text = scratch.Run("import", "net.json", "--calibrate", "rows.csv", "-o", "m.nedge", "--report", "m.html").MustSucceed().Output;
        StringAssert.Contains(text, "Another class in 1 row: line 3 (low, in real numbers high).");
        Page(scratch.PathOf("m.html"));
    }

    [TestMethod]
    [DataRow("no/such/folder/m.html")]
    [DataRow("m.nedge")]
    public void APageThatCannotBeWrittenIsRefusedBeforeAnyWork(string path)
    {
        using Scratch scratch = new();
        StringAssert.Contains(scratch.Run("train", Iris, "--target", "species", "-o", "m.nedge", "--report", path).MustFail(2), path);
        Assert.IsFalse(File.Exists(scratch.PathOf("m.nedge")));
    }

    // Well-formed, and complete without anything from elsewhere.
    internal static XElement Page(string path)
    {
        string text = File.ReadAllText(path);
        XElement page = XDocument.Parse(text).Root!;
        string without = text.Replace(Svg.NamespaceName, "", StringComparison.Ordinal);
        foreach (string loaded in (string[])["http", "//", "src=", "href", "url(", "@import", "NaN"])
        {
            Assert.DoesNotContain(loaded, without);
        }

        // Every mark is in its picture, and no picture says how wide it is: it takes what its page has.
        foreach (XElement picture in page.Descendants(Svg + "svg"))
        {
            double[] box = [.. picture.Attribute("viewBox")!.Value.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
            Assert.IsNull(picture.Attribute("width"));
            foreach (XElement mark in picture.Elements().Where(e => e.Attribute("transform") is null))
            {
                AssertInside(mark, ["x", "x1", "x2", "cx"], "width", box[2]);
                AssertInside(mark, ["y", "y1", "y2", "cy"], "height", box[3]);
                foreach (string point in mark.Attribute("points")?.Value.Split(' ') ?? [])
                {
                    double[] at = [.. point.Split(',').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
                    Assert.IsTrue(at[0] >= 0 && at[0] <= box[2] && at[1] >= 0 && at[1] <= box[3], point);
                }
            }
        }

        AssertNothingIsWider(page);

        return page;
    }

    // What can make a page wider than its screen: pictures, words, lines that stay whole, tables.
    private static void AssertNothingIsWider(XElement page)
    {
        string style = page.Descendants("style").Single().Value;
        StringAssert.Contains(style, "svg { display: block; width: 100%; max-width: 30rem; height: auto; }");
        StringAssert.Contains(style, "overflow-wrap: anywhere");
        StringAssert.Contains(style, "pre { white-space: pre-wrap; }");
        Assert.DoesNotContain("nowrap", style);
        foreach (XElement cell in page.Descendants().Where(e => (string?)e.Attribute("class") == "whole"))
        {
            Assert.IsLessThanOrEqualTo(14, cell.Value.Split(' ').Max(word => word.Length), cell.Value);
        }

        foreach (XElement table in page.Descendants("table"))
        {
            string kind = (string)table.Attribute("class")!;
            int columns = table.Descendants("th").Count();
            Assert.IsTrue(kind == "matrix" ? columns <= 7 : kind == "facts many" || (kind == "facts" && columns <= 8), $"{kind}: {columns} columns");
        }
    }

    private static void AssertInside(XElement mark, string[] places, string length, double most)
    {
        double size = (double?)mark.Attribute(length) ?? 0;
        foreach (XAttribute place in places.Select(name => mark.Attribute(name)).OfType<XAttribute>())
        {
            Assert.IsGreaterThanOrEqualTo(0, (double)place, mark.ToString());
            Assert.IsLessThanOrEqualTo(most, (double)place + size, mark.ToString());
        }
    }
}
