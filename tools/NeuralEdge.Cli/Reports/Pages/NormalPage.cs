using System.Xml.Linq;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning.Normality;

namespace NeuralEdge.Cli.Reports.Pages;

/// <summary>The page about a model of what is normal: what its alarms promise, where the scores lie, and what else would notice the same.</summary>
internal static class NormalPage
{
    private const int Bins = 40;

    /// <summary>The page.</summary>
    /// <param name="result">The training.</param>
    /// <param name="model">The file.</param>
    /// <param name="conversion">What the file is and how a board would be wired, a sentence a line.</param>
    internal static byte[] Write(NormalResult result, string model, string conversion) => Page.Write(
        "Report of " + model,
        [
            .. NormalText.Sentences(result).Select((sentence, i) => i == 0
                ? new XElement("p", new XAttribute("class", result.MostPerDay <= result.FalseAlarmsPerDay ? "verdict" : "verdict poor"), sentence)
                : Page.Sentence(sentence)),
            .. Findings(result),
            .. Scores(result),
            .. Others(result),
            Page.Heading("The file and the board"),
            .. Page.Paragraphs(conversion),
        ]);

    private static IEnumerable<XElement> Findings(NormalResult result) => result.Findings.Count == 0 ? [] :
    [
        Page.Heading("What was found in the data"),
        new XElement(
            "ul",
            result.Findings.Select(finding => finding.IsWarning
                ? new XElement("li", new XAttribute("class", "warning"), FindingsDisplay.Line(finding))
                : new XElement("li", finding.Sentence))),
    ];

    // Both on one scale, so that it is seen how far apart they are.
    private static IEnumerable<XElement> Scores(NormalResult result)
    {
        double most = Math.Max(result.Level, Math.Max(result.Scores.Max(), result.OtherScores.DefaultIfEmpty(0).Max()));
        return
        [
            Page.Heading("How unlike the normal windows they are"),
            Page.Explanation($"The averaged score of {NumberText.Count(result.Scores.Count, "normal window")} that were not learned from{(result.OtherScores.Count > 0 ? $", and of {NumberText.Count(result.OtherScores.Count, "other window")}" : "")}; 1 is usual. The dashed line is where an alarm begins, {NumberText.Brief(result.Level)}; it ends below {NumberText.Percent(NormalResult.AlarmEndsAt)} of that."),
            Page.Plots([Histogram("Normal windows", result.Scores, most, result.Level), .. result.OtherScores.Count > 0 ? [Histogram("Other windows", result.OtherScores, most, result.Level)] : (XElement[])[]]),
        ];
    }

    private static XElement Histogram(string title, IReadOnlyList<double> scores, double most, double level)
    {
        int[] counts = new int[Bins];
        foreach (double score in scores)
        {
            counts[Math.Clamp((int)(score / most * Bins), 0, Bins - 1)]++;
        }

        SvgPlot plot = new($"{title}: averaged scores", "averaged score", title.ToLowerInvariant(), (0, most), (0, counts.Max()));
        for (int b = 0; b < Bins; b++)
        {
            if (counts[b] > 0)
            {
                plot.Bar(most * b / Bins, 0, most * (b + 0.9) / Bins, counts[b]);
            }
        }

        plot.Line("curve second", level, 0, level, counts.Max());
        return plot.Root;
    }

    private static IEnumerable<XElement> Others(NormalResult result) => result.Tests.Count == 0
        ?
        [
            Page.Heading("Would a single threshold do?"),
            Page.Sentence("Nobody can say without rows that are not normal: give some with --test, or label them in the table, and they are noticed, or not, by the model and by each feature alone."),
        ]
        :
        [
            Page.Heading("Would a single threshold do?"),
            Page.Sentence(OfThresholds(result)),
            Page.Explanation(NormalText.TestsHeading(result)),
            Page.Facts(NormalText.TestsHeader(result), NormalText.TestsCells(result)),
        ];

    private static string OfThresholds(NormalResult result)
    {
        Detection all = result.Tests[0];
        Detection? best = result.Tests.Skip(1).OrderByDescending(test => test.Noticed).ThenBy(test => test.Seconds ?? double.PositiveInfinity).FirstOrDefault();
        return best is null || best.Noticed < all.Noticed || (best.Seconds ?? double.PositiveInfinity) > (all.Seconds ?? double.PositiveInfinity)
            ? "No single feature notices these rows as surely and as soon as the model does."
            : all.Noticed == 0 && best.Noticed == 0 ? "Neither the model nor any single feature notices these rows."
            : $"{best.By} alone, with a level set by the same normal rows, notices these rows as well as the model. It was picked as the best of {NumberText.Count(result.Tests.Count - 1, "feature")} by these very rows, so that others may tell less.";
    }
}
