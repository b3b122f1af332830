using System.Globalization;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Cli.Reports;

/// <summary>How good a trained model is in real numbers and in the board's integers, on rows it has not seen.</summary>
internal sealed class TrainingReport(TrainResult result, CancellationToken cancellation)
{
    /// <summary>Where the difference between the two comes from.</summary>
    internal ConversionAnalysis Analysis { get; } = result.Analyse(cancellation);

    internal void Write(string file, string? page, bool json)
    {
        ModelFile model = result.Model.File;
        if (json)
        {
            Show.Json(new
            {
                model = file,
                task = result.Training.Task,
                inputs = result.Training.InputNames,
                outputs = result.Training.OutputNames,
                trainingRows = result.Training.Count,
                heldOutRows = result.HeldOut.Count,
                floatScores = Document(result.RealScores),
                fixedScores = Document(result.IntegerScores),
                disagreements = result.Disagreements,
                worstError = result.LargestDifference,
                bytes = model.Bytes.Length,
                digest = Show.Digest(model.Model.Digest),
                findings = result.Findings,
                notes = result.Notes,
                analysis = AnalysisText.Document(Analysis),
            });
            return;
        }

        Console.Out.Write(Summary());
        AnalysisText.Write(Console.Out, Analysis);
        ConversionText.Write(Console.Out, result.Model, file, page);

        // Last, where nobody overlooks them.
        foreach (string note in result.Notes)
        {
            Console.Out.WriteLine("note: " + note);
        }
    }

    /// <summary>What was found in the tables, one line each.</summary>
    internal string Findings() => string.Concat(result.Findings.Select(finding => FindingsDisplay.Line(finding) + "\n"));

    /// <summary>How good the model is, in some lines.</summary>
    internal string Summary()
    {
        StringWriter writer = new(CultureInfo.InvariantCulture);
        DecisionText.Write(writer, result.Model.File);
        ProtectionText.Write(writer, result.Model.File, rows: [.. result.Training.Inputs, .. result.HeldOut.Inputs]);
        writer.WriteLine($"Trained on {NumberText.Count(result.Training.Count, "row")}, judged on {NumberText.Count(result.HeldOut.Count, "row")} it has not seen:");
        if (result.Training.Task == TaskKind.Classify)
        {
            TextTable table = new("", "float", "fixed point");
            table.Add("accuracy", Show.Percent(result.RealScores.Accuracy), Show.Percent(result.IntegerScores.Accuracy));
            table.Write(writer);
            writer.WriteLine($"  {NumberText.Count(result.Disagreements, "row")} of {result.HeldOut.Count} get another class from the integers than from real numbers.");
        }
        else
        {
            TextTable table = new("", "float RMSE", "fixed RMSE", "float R2", "fixed R2");
            for (int t = 0; t < result.Training.TargetNames.Length; t++)
            {
                table.Add(
                    result.Training.TargetNames[t],
                    Show.Measure(result.RealScores.RootMeanSquare[t]),
                    Show.Measure(result.IntegerScores.RootMeanSquare[t]),
                    Show.Measure(result.RealScores.Explained[t]),
                    Show.Measure(result.IntegerScores.Explained[t]));
            }

            table.Write(writer);
        }

        WriteClipped(writer);
        writer.WriteLine($"  Largest difference between the integers and real numbers{(result.Model.Model.Network.HasProbabilities ? ", in a probability" : "")}: {Show.Measure(result.LargestDifference)}.");
        return writer.ToString();
    }

    // The board limits an input to its range; a row outside of it is answered for the end of the range.
    private void WriteClipped(TextWriter writer)
    {
        int clipped = result.HeldOut.Inputs.Count(row => !result.Model.File.Inputs.Select((input, i) => row[i] >= input.Minimum && row[i] <= input.Maximum).All(inside => inside));
        if (clipped > 0)
        {
            writer.WriteLine($"  {NumberText.Count(clipped, "row")} of them lie outside the ranges the model is made for, and are answered for the end of the range.");
        }
    }

    private static object Document(Scores scores) => scores.Confusion.Length > 0
        ? new { accuracy = scores.Accuracy, confusion = scores.Confusion }
        : new { rmse = scores.RootMeanSquare, largest = scores.Largest, r2 = scores.Explained };
}
