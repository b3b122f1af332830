using System.Globalization;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Cli.Reports;

/// <summary>How good a trained model is on rows it has not seen, and how close the board's integers are to real numbers.</summary>
internal sealed class TrainingReport(TrainResult result, CancellationToken cancellation)
{
    /// <summary>Where the difference between integers and real numbers comes from.</summary>
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
                verdict = VerdictText.Document(result.Verdict),
                floatScores = Document(result.RealScores),
                fixedScores = Document(result.IntegerScores),
                disagreements = result.Disagreements,
                worstError = result.LargestDifference,
                heldOut = OutsideText.Document(model, result.HeldOut.Inputs),
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
        Console.Out.Write(FileText(file));
        ConversionText.WriteNext(Console.Out, file, page, result.Oversize is null);

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
        VerdictText.WriteFirst(writer, result.Verdict);
        OutsideText.Write(writer, result.Model.File, result.HeldOut.Inputs, "rows it was judged by");
        ProtectionText.Write(writer, result.Model.File, rows: [.. result.Training.Inputs, .. result.Compared.Inputs.Except(result.Training.Inputs)]);
        VerdictText.WriteFigures(writer, result);
        DecisionText.Write(writer, result.Model.File);
        writer.WriteLine($"Trained on {NumberText.Count(result.Training.Count, "row")}. Real numbers and integers at {NumberText.Count(result.Compared.Count, "row")}:");
        if (result.Training.Task == TaskKind.Classify)
        {
            writer.WriteLine($"  {NumberText.Count(result.Disagreements, "row")} of {result.Compared.Count} get another class from the integers than from real numbers.");
        }

        WriteClipped(writer);
        writer.WriteLine($"  Largest difference between the integers and real numbers{(result.Model.Model.Network.HasProbabilities ? ", in a probability" : "")}: {Show.Measure(result.LargestDifference)}.");
        return writer.ToString();
    }

    /// <summary>What the file is, and whether a board takes it.</summary>
    internal string FileText(string file)
    {
        string summary = ConversionText.Summary(result.Model, file, pinsWithheld: result.Verdict.Unwired.Count > 0);
        if (result.Oversize is not Oversize oversize)
        {
            return summary;
        }

        string fitting = oversize.Fitting is null ? "take fewer inputs" : $"about --hidden {string.Join(",", oversize.Fitting)} fits";
        string compact = oversize.CompactFits ? ", or --profile compact, which takes half the bytes" : "";
        return summary + $"TOO LARGE: {oversize.Bytes} bytes, and a board takes {BoardLimits.LongestModel} as its firmware comes; {fitting}{compact}. Or raise the limit in its Settings.cs.\n";
    }

    // The board limits an input to its range; a row outside of it is answered for the end of the range.
    private void WriteClipped(TextWriter writer)
    {
        int clipped = result.Compared.Inputs.Count(row => !result.Model.File.Inputs.Select((input, i) => row[i] >= input.Minimum && row[i] <= input.Maximum).All(inside => inside));
        if (clipped > 0)
        {
            writer.WriteLine($"  {NumberText.Count(clipped, "row")} of them lie outside the ranges the model is made for, and are answered for the end of the range.");
        }
    }

    private static object? Document(Scores? scores) => scores is null ? null : scores.Confusion.Length > 0
        ? new { accuracy = scores.Accuracy, confusion = scores.Confusion }
        : new { rmse = scores.RootMeanSquare, largest = scores.Largest, r2 = scores.Explained };
}
