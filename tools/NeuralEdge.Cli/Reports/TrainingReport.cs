using System.Globalization;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Cli.Reports;

/// <summary>How good a trained model is in real numbers and in the board's integers, on rows it has not seen.</summary>
internal sealed class TrainingReport
{
    private readonly ConvertedModel _conversion;
    private readonly DataSet _training;
    private readonly DataSet _heldOut;
    private readonly IReadOnlyList<string> _notes;

    private TrainingReport(ConvertedModel conversion, DataSet training, DataSet heldOut, IReadOnlyList<string> notes)
    {
        _conversion = conversion;
        _training = training;
        _heldOut = heldOut;
        _notes = notes;
        Float = Scores.Of(heldOut, conversion.Model.Network.Scores);
        Fixed = Scores.Of(heldOut, FixedScores);
        Analysis = ConversionAnalysis.Of(conversion, heldOut.ForReport());
    }

    /// <summary>Where the difference between the two comes from.</summary>
    internal ConversionAnalysis Analysis { get; }

    /// <summary>The network of real numbers.</summary>
    internal Scores Float { get; }

    /// <summary>The board's integers.</summary>
    internal Scores Fixed { get; }

    internal static TrainingReport Of(ConvertedModel conversion, DataSet training, DataSet heldOut, IReadOnlyList<string> notes) =>
        new(conversion, training, heldOut, notes);

    internal void Write(string file, string? page, bool json)
    {
        ModelFile model = _conversion.File;
        if (json)
        {
            Show.Json(new
            {
                model = file,
                task = _training.Task,
                inputs = _training.InputNames,
                outputs = _training.OutputNames,
                trainingRows = _training.Count,
                heldOutRows = _heldOut.Count,
                floatScores = Document(Float),
                fixedScores = Document(Fixed),
                disagreements = Disagreements(),
                worstError = WorstError(),
                bytes = model.Bytes.Length,
                digest = Show.Digest(model.Model.Digest),
                notes = _notes,
                analysis = AnalysisText.Document(Analysis),
            });
            return;
        }

        Console.Out.Write(Summary());
        AnalysisText.Write(Console.Out, Analysis);
        ConversionText.Write(Console.Out, _conversion, file, page);

        // Last, where nobody overlooks them.
        foreach (string note in _notes)
        {
            Console.Out.WriteLine("note: " + note);
        }
    }

    /// <summary>How good the model is, in some lines.</summary>
    internal string Summary()
    {
        StringWriter writer = new(CultureInfo.InvariantCulture);
        writer.WriteLine($"Trained on {Show.Count(_training.Count, "row")}, judged on {Show.Count(_heldOut.Count, "row")} it has not seen:");
        if (_training.Task == TaskKind.Classify)
        {
            TextTable table = new("", "float", "fixed point");
            table.Add("accuracy", Show.Percent(Float.Accuracy), Show.Percent(Fixed.Accuracy));
            table.Write(writer);
            writer.WriteLine($"  {Show.Count(Disagreements(), "row")} of {_heldOut.Count} get another class from the integers than from real numbers.");
        }
        else
        {
            TextTable table = new("", "float RMSE", "fixed RMSE", "float R2", "fixed R2");
            for (int t = 0; t < _training.TargetNames.Length; t++)
            {
                table.Add(
                    _training.TargetNames[t],
                    Show.Measure(Float.RootMeanSquare[t]),
                    Show.Measure(Fixed.RootMeanSquare[t]),
                    Show.Measure(Float.Explained[t]),
                    Show.Measure(Fixed.Explained[t]));
            }

            table.Write(writer);
        }

        WriteClipped(writer);
        writer.WriteLine($"  Largest difference between the integers and real numbers{(_conversion.File.Model.Network.HasProbabilities ? ", in a probability" : "")}: {Show.Measure(WorstError())}.");
        return writer.ToString();
    }

    // The board limits an input to its range; a row outside of it is answered for the end of the range.
    private void WriteClipped(TextWriter writer)
    {
        int clipped = _heldOut.Inputs.Count(row => !_conversion.File.Labels.Inputs.Select((label, i) => row[i] >= label.Minimum && row[i] <= label.Maximum).All(inside => inside));
        if (clipped > 0)
        {
            writer.WriteLine($"  {Show.Count(clipped, "row")} of them lie outside the ranges the model is made for, and are answered for the end of the range.");
        }
    }

    private double[] FixedScores(double[] row) => _conversion.File.ToScores(_conversion.File.Run(_conversion.File.ToRaw(row)));

    private int Disagreements() => _training.Task != TaskKind.Classify ? 0 : _heldOut.Inputs.Count(row =>
        _conversion.Model.Network.ArgMax(row) != Array.IndexOf(FixedScores(row), FixedScores(row).Max()));

    // The difference at the values the raw integers stand for: rounding of the inputs is the sensor's, not the network's.
    private double WorstError() => _heldOut.Inputs.Max(row =>
    {
        int[] raw = _conversion.File.ToRaw(row);
        double[] exact = [.. raw.Select((r, i) => _conversion.File.Labels.Inputs[i].ToValue(r))];
        double[] expected = _conversion.Model.Network.Forward(exact);
        double[] actual = _conversion.File.ToValues(_conversion.File.Run(raw));
        return expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max();
    });

    private static object Document(Scores scores) => scores.Confusion.Length > 0
        ? new { accuracy = scores.Accuracy, confusion = scores.Confusion }
        : new { rmse = scores.RootMeanSquare, largest = scores.Largest, r2 = scores.Explained };
}
