using System.CommandLine;
using System.Globalization;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Reports.Pages;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Import;
using NeuralEdge.Learning.Import.Results;

namespace NeuralEdge.Cli.Verbs;

/// <summary>From a network made elsewhere to a model file.</summary>
internal static class ImportVerb
{
    internal static Command Create()
    {
        Argument<string> source = new("file") { HelpName = "FILE", Description = "A network as .onnx, .keras, .h5, .tflite, .json, or FANN's .net." };
        Option<string?> calibrate = new("--calibrate") { HelpName = "DATA.csv", Description = "Take the inputs' ranges from the columns of a table, and compare both arithmetics on it." };
        Option<string[]> range = new("--range") { HelpName = "MIN,MAX or NAME=MIN:MAX", Description = "The range of every input, or of one; it wins over the file and the data, and may be given several times." };
        Option<string?> output = new("--output") { HelpName = "NAME", Description = "Which output of the file, when it has several." };
        Option<string?> inputs = new("--inputs") { HelpName = "A,B,...", Description = "Names of the inputs, in their order." };
        Option<string?> outputs = new("--outputs") { HelpName = "A,B,...", Description = "Names of the outputs or classes, in their order." };
        Option<string?> task = new("--task") { HelpName = "classify or regress", Description = "Whether outputs are scores of classes, of which the largest wins, or quantities; told from the network when left out." };
        task.AcceptOnlyFromAmong("classify", "regress");
        Command command = new("import", "Make a model file of a network that was trained elsewhere.") { source, calibrate, range, output, inputs, outputs, task };
        ModelDestinationOptions to = new(command);
        command.SetAction((parse, cancellation) =>
        {
            string network = parse.GetRequiredValue(source);
            string? rows = parse.GetValue(calibrate);
            ModelDestination destination = to.Read(parse, network, rows);
            RangeOptions ranges = RangeOptions.Parse(parse.GetValue(range) ?? []);
            ImportOptions options = new(network)
            {
                Output = parse.GetValue(output),
                Calibration = rows is null ? null : Table.Read(rows),
                Range = ranges.All,
                Ranges = ranges.Named,
                InputNames = parse.GetValue(inputs)?.Split(',', StringSplitOptions.TrimEntries),
                OutputNames = parse.GetValue(outputs)?.Split(',', StringSplitOptions.TrimEntries),
                Classifies = parse.GetValue(task) is string kind ? kind == "classify" : null,
                Name = destination.Name,
                Version = destination.Version,
                Profile = destination.Profile,
                AcceptError = destination.AcceptError,
                Board = destination.ReadBoard(),
                Wiring = destination.AskWiring(cancellation),
                Work = destination.Work,
            };
            Run(options, destination, cancellation);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void Run(ImportOptions options, ModelDestination destination, CancellationToken cancellation)
    {
        ImportResult result;
        ConversionAnalysis analysis;
        using (ProgressDisplay display = new(destination.IsQuiet))
        {
            result = Pipeline.Import(options with { Progress = display }, cancellation);
            analysis = result.Analyse(display, cancellation);
        }

        // A warning is part of the report, and its first line; sentences on what was assumed stand beside it.
        string[] warnings = [.. result.Notes.Where(n => n.StartsWith("warning", StringComparison.Ordinal))];
        foreach (string note in destination.IsQuiet ? result.Notes : result.Notes.Except(warnings))
        {
            Console.Error.WriteLine(note);
        }

        StringWriter comparison = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        foreach (string warning in warnings)
        {
            comparison.WriteLine(warning);
        }

        ProtectionText.Write(comparison, result.Model.File, rows: result.Calibration?.Inputs);
        FirmwarePinText.Write(comparison, result.Model.File);
        if (result.Calibration is EvaluationSet rows)
        {
            Comparison.Of(result.Model.Model.Network, result.Model.File, rows.Inputs).Write(comparison, result.Model.File);
        }
        else
        {
            DecisionText.Write(comparison, result.Model.File);
        }

        cancellation.ThrowIfCancellationRequested();
        destination.Write(result.Model.File, () => ImportPage.Write(analysis, destination.Path, comparison + ConversionText.Summary(result.Model, destination.Path)));
        if (destination.IsQuiet)
        {
            Show.Json(ModelDocument.Of(result.Model.File));
            return;
        }

        AnalysisText.Write(comparison, analysis);
        ConversionText.Write(comparison, result.Model, destination.Path, destination.Page);
        Screen.Write(comparison.ToString());
    }
}
