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
    internal static void WriteFirst(TextWriter writer, Verdict verdict)
    {
        writer.WriteLine(verdict.Sentence);
        if (verdict.Unwired.Count > 0)
        {
            writer.WriteLine($"No pin follows {string.Join(", ", verdict.Unwired)}: a load must not be switched by a guess. --anyway wires {(verdict.Unwired.Count == 1 ? "it" : "them")} all the same.");
        }

        foreach (PinFigures pin in verdict.Pins.Where(pin => !verdict.Unwired.Contains(pin.Output)))
        {
            writer.WriteLine($"GPIO{pin.Pin}, {pin.Output}: wrongly on in {pin.WronglyOn} of {NumberText.Count(pin.ShouldBeOff, "row")}, wrongly off in {pin.WronglyOff} of {pin.ShouldBeOn}.");
        }
    }

    /// <summary>What the verdict rests on: tables, how it was judged, and what that does not show.</summary>
    internal static void WriteFigures(TextWriter writer, TrainResult result)
    {
        if (result.RealScores is Scores real)
        {
            if (result.HeldOut.Task == TaskKind.Classify)
            {
                WriteAccuracy(writer, result.Verdict, real);
            }
            else
            {
                WriteErrors(writer, result.Verdict, real, result.HeldOut.TargetNames);
            }
        }

        WriteClasses(writer, result.Verdict);
        foreach (string remark in result.Verdict.Remarks)
        {
            writer.WriteLine(remark);
        }
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
        verdict.Unwired,
        verdict.Remarks,
    };

    private static void WriteAccuracy(TextWriter writer, Verdict verdict, Scores real)
    {
        TextTable table = new("", "right", verdict.IsLog ? "in fifths" : "90% interval");
        foreach (Standing standing in verdict.Standings)
        {
            (double low, double high) = standing.Intervals[0];
            table.Add(standing.Name, Show.Percent(standing.Scores.Accuracy), $"{Show.Percent(low)} to {Show.Percent(high)}");
        }

        table.Add("the same in real numbers", Show.Percent(real.Accuracy), "");
        table.Write(writer);
    }

    private static void WriteErrors(TextWriter writer, Verdict verdict, Scores real, string[] targets)
    {
        TextTable table = new("", "", "RMSE", "in fifths", "R2");
        for (int t = 0; t < targets.Length; t++)
        {
            foreach (Standing standing in verdict.Standings)
            {
                (double low, double high) = standing.Intervals[t];
                table.Add(targets[t], standing.Name, Show.Measure(standing.Scores.RootMeanSquare[t]), $"{Show.Measure(low)} to {Show.Measure(high)}", Share(standing.Scores.Explained[t]));
            }

            table.Add(targets[t], "the same in real numbers", Show.Measure(real.RootMeanSquare[t]), "", Share(real.Explained[t]));
        }

        table.Write(writer);
    }

    private static void WriteClasses(TextWriter writer, Verdict verdict)
    {
        if (verdict.Classes.Count == 0)
        {
            return;
        }

        TextTable table = new("class", "rows", "found (recall)", "right when answered (precision)");
        foreach (ClassFigures figures in verdict.Classes)
        {
            table.Add(figures.Name, figures.Rows.ToString(CultureInfo.InvariantCulture), Percent(figures.Recall), Percent(figures.Precision));
        }

        table.Write(writer);
    }

    private static string Percent(double share) => double.IsNaN(share) ? "-" : Show.Percent(share);

    // A share that only rounds to nothing, or to less, is none.
    private static string Share(double explained) => double.IsNaN(explained) ? "-" : explained.ToString("F3", CultureInfo.InvariantCulture).Replace("-0.000", "0.000", StringComparison.Ordinal);
}
