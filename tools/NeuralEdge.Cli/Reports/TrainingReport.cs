using System.Globalization;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Cli.Reports;

/// <summary>How good a trained model is on rows it has not seen, and how close the board's integers are to real numbers.</summary>
/// <param name="result">The training.</param>
/// <param name="study">What its score rests on; null when nobody wants to know.</param>
/// <param name="progress">Told what is done; may be null.</param>
/// <param name="cancellation">Looked at every few milliseconds.</param>
internal sealed class TrainingReport(TrainResult result, Study? study, IProgress<ConversionProgress>? progress, CancellationToken cancellation)
{
    /// <summary>Where the difference between integers and real numbers comes from.</summary>
    internal ConversionAnalysis Analysis { get; } = result.Analyse(progress, cancellation);

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

        StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        text.Write(Summary());
        text.Write(FileText(file));
        AnalysisText.Write(text, Analysis);
        ConversionText.WriteNext(text, model, file, page, result.Oversize is null, result.Verdict.Kind == VerdictKind.Useful);

        // Last, where nobody overlooks them; findings were the first lines.
        foreach (string note in result.Notes.Except(result.Findings.Select(finding => finding.Sentence)))
        {
            text.WriteLine("note: " + note);
        }

        Screen.Write(text.ToString());
    }

    /// <summary>What the file is, whether a board takes it, and what protects its loads.</summary>
    internal string BoardText(string file) => Protection() + FileText(file);

    // How good the model is.
    private string Summary()
    {
        StringWriter writer = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        VerdictText.WriteFirst(writer, result.Verdict, result.Training.Noun);
        writer.Write(NoSensors());
        writer.Write(TooLarge());
        writer.Write(Outside());
        writer.Write(Protection());
        VerdictText.WriteFigures(writer, result, study);
        if (study is not null)
        {
            StudyText.Write(writer, study, result.Training.Task, result.Training.Noun);
        }

        writer.Write(Comparison());
        return writer.ToString();
    }

    /// <summary>That no sensor feeds the model, which is as good as no pin; empty when one does.</summary>
    internal string NoSensors() => ConversionText.OfNoSensors(result.Model.File) is string unfed ? unfed + "\n" : "";

    /// <summary>Rows it was judged by that it is not made for; empty when there are none.</summary>
    internal string Outside()
    {
        StringWriter writer = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        OutsideText.Write(writer, result.Model.File, result.HeldOut.Inputs, $"{result.HeldOut.Noun}s it was judged by");
        return writer.ToString();
    }

    private string Protection()
    {
        StringWriter writer = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        double[][] rows = result.Samples is { } samples ? samples.Inputs : [.. result.Training.Inputs, .. result.Compared.Inputs.Except(result.Training.Inputs)];
        string noun = (result.Samples ?? result.Training).Noun;
        ProtectionText.Write(writer, result.Model.File, rows: rows, noun: noun);
        AdcRangeText.Write(writer, result.Model.File, rows, noun);
        FirmwarePinText.Write(writer, result.Model.File);
        return writer.ToString();
    }

    /// <summary>The board's integers beside real numbers.</summary>
    internal string Comparison()
    {
        StringWriter writer = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        DecisionText.Write(writer, result.Model.File);
        writer.WriteLine($"Trained on {NumberText.Count(result.Training.Count, result.Training.Noun)}. Real numbers and integers at {NumberText.Count(result.Compared.Count, result.Compared.Noun)}:");
        if (result.Training.Task == TaskKind.Classify)
        {
            writer.WriteLine($"  {NumberText.Count(result.Disagreements, result.Compared.Noun)} of {result.Compared.Count} {(result.Disagreements == 1 ? "gets" : "get")} another class from the integers than from real numbers.");
        }

        WriteClipped(writer);
        writer.WriteLine($"  Largest difference between the integers and real numbers{(result.Model.Model.Network.HasProbabilities ? ", in a probability" : "")}: {(result.Model.Model.Network.HasProbabilities ? Show.Small(result.LargestDifference) : Show.Measure(result.LargestDifference))}.");
        return writer.ToString();
    }

    private string FileText(string file) => ConversionText.Summary(result.Model, file, wiringSaid: result.Verdict.Unwired.Count > 0 || NoSensors().Length > 0);

    /// <summary>That a board does not take the file as its firmware comes, and what it would take; empty when it does.</summary>
    internal string TooLarge()
    {
        if (result.Oversize is not Oversize oversize)
        {
            return "";
        }

        string fitting = oversize.Fitting is null ? "even one neuron in each layer does not fit: take fewer inputs" : $"about --hidden {string.Join(",", oversize.Fitting)} fits";
        string compact = oversize.CompactFits ? ", or --profile compact, which takes half the bytes" : "";
        return $"warning: too large: {oversize.Bytes} bytes, and a board takes {BoardLimits.LongestModel} as its firmware comes; {fitting}{compact}. Or raise the limit in its Tuning.cs.\n";
    }

    // The board limits an input to its range; a row outside of it is answered for the end of the range.
    private void WriteClipped(TextWriter writer)
    {
        int clipped = result.Compared.Inputs.Count(row => !result.Model.File.Inputs.Select((input, i) => row[i] >= input.Minimum && row[i] <= input.Maximum).All(inside => inside));
        if (clipped > 0)
        {
            writer.WriteLine($"  {NumberText.Count(clipped, result.Compared.Noun)} of them {(clipped == 1 ? "lies" : "lie")} outside the ranges the model is made for, and {(clipped == 1 ? "is" : "are")} answered for the end of the range.");
        }
    }

    private static object? Document(Scores? scores) => scores is null ? null : scores.Confusion.Length > 0
        ? new { accuracy = scores.Accuracy, confusion = scores.Confusion }
        : new { rmse = scores.RootMeanSquare, largest = scores.Largest, r2 = scores.Explained };
}
