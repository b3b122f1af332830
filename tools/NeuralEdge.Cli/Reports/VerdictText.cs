using System.Globalization;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Cli.Reports;

/// <summary>A verdict in the terminal: first one sentence, then what it rests on.</summary>
internal static class VerdictText
{
    /// <summary>The sentence, and what the pins would do.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="noun">What a row is called.</param>
    internal static void WriteFirst(TextWriter writer, Verdict verdict, string noun)
    {
        writer.WriteLine(verdict.Sentence);
        foreach (string warning in verdict.Warnings)
        {
            writer.WriteLine("warning: " + warning);
        }

        foreach (string sentence in OfPins(verdict, noun))
        {
            writer.WriteLine(sentence);
        }
    }

    /// <summary>Which pins follow it, and how often they would be wrong.</summary>
    internal static IEnumerable<string> OfPins(Verdict verdict, string noun)
    {
        string[] unjudged = [.. verdict.TooFewJudged.Intersect(verdict.Classes.Where(c => c.Rows == 0).Select(c => c.Name))];
        string[] few = [.. verdict.TooFewJudged.Except(unjudged)];
        string[] guessed = [.. verdict.Unwired.Except(verdict.TooFewJudged)];
        if (guessed.Length > 0)
        {
            yield return $"No pin follows {string.Join(", ", guessed)}: a load must not be switched by a guess. --anyway wires {(guessed.Length == 1 ? "it" : "them")} all the same.";
        }

        if (unjudged.Length > 0)
        {
            (string it, string theyAre) = unjudged.Length == 1 ? ("it", "it is") : ("them", "they are");
            yield return $"No pin follows {string.Join(", ", unjudged)}: no {noun} of {it} was held out, so that nobody can say whether {theyAre} found. --anyway wires {it} all the same.";
        }

        foreach (PinFigures pin in verdict.Pins.Where(pin => few.Contains(pin.Output)))
        {
            yield return $"No pin follows {pin.Output}: too few {noun}s to judge, {pin.ShouldBeOn} at which it should be on and {pin.ShouldBeOff} at which it should be off. --anyway wires it all the same.";
        }

        foreach (PinFigures pin in verdict.Pins.Where(pin => !verdict.Unwired.Contains(pin.Output)))
        {
            yield return $"GPIO{pin.Pin}, {pin.Output}: wrongly on in {pin.WronglyOn} of {NumberText.Count(pin.ShouldBeOff, noun)}, wrongly off in {pin.WronglyOff} of {pin.ShouldBeOn}.";
        }

        if (verdict.PinsDecideInOrder && verdict.Pins.Any(pin => !verdict.Unwired.Contains(pin.Output)))
        {
            yield return "So the board's own rules switch these pins, one decision after the other, averages, votes and times included; each recording begins with all off.";
            if (verdict.PinsBegin.Length > 0)
            {
                yield return verdict.PinsBegin;
            }
        }
    }

    /// <summary>What the verdict rests on: tables, how it was judged, and what that does not show.</summary>
    internal static void WriteFigures(TextWriter writer, TrainResult result, Study? study)
    {
        if (result.RealScores is not null)
        {
            TextTable.Write(writer, StandingHeader(result), StandingCells(result));
            WriteClasses(writer, result.Verdict, result.HeldOut.Noun);
            WriteMistakes(writer, result, study);
        }

        foreach (string remark in result.Verdict.Remarks)
        {
            writer.WriteLine(remark);
        }
    }

    /// <summary>The columns of <see cref="StandingCells"/>.</summary>
    internal static string[] StandingHeader(TrainResult result) => result.HeldOut.Task == TaskKind.Classify
        ? ["", "right", result.Verdict.IsLog ? $"over {result.Verdict.Parts}" : "90% interval"]
        : ["", "", "RMSE", $"over {result.Verdict.Parts}", "R2"];

    /// <summary>What answers, and how well, at the rows held out.</summary>
    internal static IEnumerable<string[]> StandingCells(TrainResult result)
    {
        Scores real = result.RealScores!;
        if (result.HeldOut.Task == TaskKind.Classify)
        {
            return
            [
                .. result.Verdict.Standings.Select(s => (string[])[s.Name, Show.Percent(s.Scores.Accuracy), $"{Show.Percent(s.Intervals[0].Low)} to {Show.Percent(s.Intervals[0].High)}"]),
                ["the same in real numbers", Show.Percent(real.Accuracy), ""],
            ];
        }

        DataSet rows = result.HeldOut;
        string Error(double value, int t) => rows.TargetUnits[t].Length == 0 ? Show.Measure(value) : $"{Show.Measure(value)} {rows.TargetUnits[t]}";
        return Enumerable.Range(0, rows.TargetNames.Length).SelectMany(t => (string[][])
        [
            .. result.Verdict.Standings.Select(s => (string[])
                [rows.TargetNames[t], s.Name, Error(s.Scores.RootMeanSquare[t], t), $"{Show.Measure(s.Intervals[t].Low)} to {Show.Measure(s.Intervals[t].High)}", Explained(s.Scores.Explained[t])]),
            [rows.TargetNames[t], "the same in real numbers", Error(real.RootMeanSquare[t], t), "", Explained(real.Explained[t])],
        ]);
    }

    /// <summary>The same as a part of a JSON document.</summary>
    internal static object Document(Verdict verdict) => new
    {
        verdict.Kind,
        verdict.Sentence,
        verdict.Split,
        verdict.Roughness,
        hidden = verdict.Hidden,
        balanced = verdict.ClassWeights.Count > 0,
        verdict.Shift,
        standings = verdict.Standings.Select(s => new
        {
            s.Name,
            accuracy = double.IsNaN(s.Scores.Accuracy) ? null : (double?)s.Scores.Accuracy,
            rmse = s.Scores.RootMeanSquare,
            r2 = s.Scores.Explained,
            intervals = s.Intervals.Select(i => (double[])[i.Low, i.High]),
        }),
        classes = verdict.Classes.Select(c => new { c.Name, c.Rows, c.Recall, c.Precision }),
        pins = verdict.Pins,
        verdict.PinsDecideInOrder,
        verdict.Unwired,
        verdict.TooFewJudged,
        verdict.Warnings,
        verdict.Remarks,
    };

    private static void WriteClasses(TextWriter writer, Verdict verdict, string noun)
    {
        if (verdict.Classes.Count == 0)
        {
            return;
        }

        TextTable table = new("class", $"{noun}s", "found (recall)", "right when answered (precision)");
        foreach (ClassFigures figures in verdict.Classes)
        {
            table.Add(figures.Name, figures.Rows.ToString(CultureInfo.InvariantCulture), Show.Share(figures.Recall), Show.Share(figures.Precision));
        }

        table.Write(writer);
    }

    private static void WriteMistakes(TextWriter writer, TrainResult result, Study? study)
    {
        const int Listed = 4;
        writer.WriteLine(MistakeText.Heading(result, Listed));
        if (result.Verdict.Mistakes.Count > 0)
        {
            TextTable.Write(writer, MistakeText.Header(result, study), MistakeText.Cells(result, study, Listed));
        }
    }

    // A share that only rounds to nothing, or to less, is none.
    private static string Explained(double share) => double.IsNaN(share) ? "-" : share.ToString("F3", CultureInfo.InvariantCulture).Replace("-0.000", "0.000", StringComparison.Ordinal);
}
