using System.Xml.Linq;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Cli.Reports.Pages;

/// <summary>
/// The page about a network that was trained here: first whether it is any good, then what in the data makes it so, and last what the
/// board's integers cost.
/// </summary>
internal static class TrainingPage
{
    private const int MostMistakes = 12;

    /// <summary>The page.</summary>
    /// <param name="result">The training.</param>
    /// <param name="study">What the score rests on; null when nothing could be judged.</param>
    /// <param name="analysis">Where rounding errors are from.</param>
    /// <param name="model">The file.</param>
    /// <param name="outside">That no sensor feeds the model, and warnings of its size and of rows that it is not made for, one a line.</param>
    /// <param name="conversion">What the file is and how a board would be wired, a sentence a line.</param>
    /// <param name="comparison">How far the integers are from real numbers, a sentence a line.</param>
    internal static byte[] Write(TrainResult result, Study? study, ConversionAnalysis analysis, string model, string outside, string conversion, string comparison) => Page.Write(
        "Report of " + model,
        [
            .. Verdict(result, outside),
            .. Findings(result),
            .. Answers(result),
            .. Mistakes(result, study),
            .. StudySections.Course(result.Losses, result.Training.Task, result.Training.Noun),
            .. StudySections.Importance(study, result.Training.Task, result.Training.Noun),
            .. DistributionSection.Of(result.Training, study),
            .. StudySections.MoreRows(study, result.Training.Task, result.Training.Noun),
            .. NetworkPicture.Section(result.Model.Model),
            Page.Heading("The file and the board"),
            .. Page.Paragraphs(conversion),
            .. RoundingSections.Profiles(analysis),
            .. RoundingSections.Rounding(analysis, comparison),
        ]);

    private static IEnumerable<XElement> Verdict(TrainResult result, string outside)
    {
        Verdict verdict = result.Verdict;
        yield return new XElement("p", new XAttribute("class", verdict.Kind == VerdictKind.Useful ? "verdict" : "verdict poor"), verdict.Sentence);
        foreach (string sentence in verdict.Warnings.Concat(VerdictText.OfPins(verdict, result.Training.Noun)))
        {
            yield return Page.Sentence(sentence);
        }

        foreach (XElement warning in Page.Paragraphs(outside))
        {
            yield return warning;
        }

        if (verdict.Standings.Count > 0)
        {
            yield return Standings(result);
            yield return Page.Plots(StandingPlots(result));
        }

        foreach (string remark in verdict.Remarks)
        {
            yield return Page.Sentence(remark);
        }
    }

    // On a narrow screen the first cell of a row is its heading.
    private static XElement Standings(TrainResult result)
    {
        string[] header = VerdictText.StandingHeader(result);
        IEnumerable<string[]> cells = VerdictText.StandingCells(result);
        return result.HeldOut.Task == TaskKind.Classify
            ? Page.Facts(header, cells)
            : Page.Facts(header[1..], cells.Select(row => (string[])[$"{row[0]}: {row[1]}", .. row[2..]]));
    }

    // Each way to answer as a point with its interval.
    private static IEnumerable<XElement> StandingPlots(TrainResult result)
    {
        bool classifies = result.HeldOut.Task == TaskKind.Classify;
        IReadOnlyList<Standing> standings = result.Verdict.Standings;
        for (int t = 0; t < standings[0].Intervals.Count; t++)
        {
            double Of(Standing s) => classifies ? 100 * s.Scores.Accuracy : s.Scores.RootMeanSquare[t];
            double scale = classifies ? 100 : 1;
            double most = classifies ? 100 : standings.Max(s => Math.Max(Of(s), s.Intervals[t].High));
            string name = classifies ? $"{result.HeldOut.Noun}s right, %" : $"RMSE of {result.HeldOut.TargetNames[t]}";
            SvgPlot plot = new(name, name, "", (0, most), (standings.Count - 0.4, -0.7), 52 + (38 * standings.Count));
            for (int s = 0; s < standings.Count; s++)
            {
                plot.Line("axis", scale * standings[s].Intervals[t].Low, s, scale * standings[s].Intervals[t].High, s);
                plot.Dot(Of(standings[s]), s, 4);
                plot.Note(0, s - 0.3, SvgPlot.Short(standings[s].Name, 40));
            }

            yield return plot.Root;
        }
    }

    private static IEnumerable<XElement> Findings(TrainResult result)
    {
        string[] notes = [.. result.Notes.Except(result.Findings.Select(finding => finding.Sentence))];
        yield return Page.Heading("What was found in the data");
        yield return Page.Sentence($"{NumberText.Count(result.Training.Count, result.Training.Noun)} to learn from, {NumberText.Count(result.Training.InputNames.Length, "input")}: {string.Join(", ", result.Training.InputNames)}.");
        if (result.Findings.Count + notes.Length > 0)
        {
            yield return new XElement(
                "ul",
                result.Findings.Select(finding => finding.IsWarning
                    ? new XElement("li", new XAttribute("class", "warning"), FindingsDisplay.Line(finding))
                    : new XElement("li", finding.Sentence)),
                notes.Select(note => new XElement("li", note)));
        }
    }

    private static IEnumerable<XElement> Answers(TrainResult result)
    {
        if (result.IntegerScores is not Scores scores)
        {
            return [];
        }

        DataSet rows = result.HeldOut;
        return rows.Task == TaskKind.Classify
            ? [Page.Heading("Class by class"), ConfusionSection.Figures(result.Verdict.Classes, rows.Noun), .. ConfusionSection.Counts(rows.ClassNames, scores.Confusion, "true class", rows.Noun)]
            : [Page.Heading("Answers beside the truth"), Page.Explanation($"Each dot is a {rows.Noun} it has not seen; on the line the answer is the truth."), Page.Plots(AnalysisPlots.Predictions(rows.TargetNames, rows.Targets, result.Answers, "true"))];
    }

    private static IEnumerable<XElement> Mistakes(TrainResult result, Study? study)
    {
        if (result.IntegerScores is null)
        {
            return [];
        }

        bool classifies = result.HeldOut.Task == TaskKind.Classify;
        string sentence = classifies ? MistakeText.Heading(result, MostMistakes).TrimEnd(':', '.') + "." : $"Of the {result.HeldOut.Noun}s it has not seen, the largest errors first.";
        return
        [
            Page.Heading($"{char.ToUpperInvariant(result.HeldOut.Noun[0])}{result.HeldOut.Noun[1..]}s {(classifies ? "answered wrongly" : "with the largest errors")}"),
            Page.Sentence(sentence),
            .. result.Verdict.Mistakes.Count == 0 ? [] : (XElement[])
            [
                Page.Facts(MistakeText.Header(result, study), MistakeText.Cells(result, study, MostMistakes)),
                Page.Explanation($"Look at these lines of the table first{(result.HeldOut.Noun == "row" ? "" : ", in which the windows end")}: a wrong label or a bad reading teaches the network something untrue."),
            ],
        ];
    }
}
