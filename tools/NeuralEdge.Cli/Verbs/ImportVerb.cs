using System.CommandLine;
using System.Globalization;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Reports;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Import;

namespace NeuralEdge.Cli.Verbs;

/// <summary>From a network made elsewhere to a model file.</summary>
internal static class ImportVerb
{
    internal static Command Create()
    {
        Argument<string> source = new("file") { HelpName = "FILE", Description = "A network as .onnx, .tflite, .json, or FANN's .net." };
        Option<string?> calibrate = new("--calibrate") { HelpName = "DATA.csv", Description = "Take the inputs' ranges from the columns of a table, and compare both arithmetics on it." };
        Option<string?> range = new("--range") { HelpName = "MIN,MAX", Description = "The range of every input that declares none." };
        Option<string?> inputs = new("--inputs") { HelpName = "A,B,...", Description = "Names of the inputs, in their order." };
        Option<string?> outputs = new("--outputs") { HelpName = "A,B,...", Description = "Names of the outputs or classes, in their order." };
        Option<string?> task = new("--task") { HelpName = "classify or regress", Description = "Whether outputs are compared with each other; softmax classifies." };
        task.AcceptOnlyFromAmong("classify", "regress");
        Option<Profile> profile = CommonOptions.Profile();
        Option<string?> board = CommonOptions.Board();
        Option<string> output = CommonOptions.ModelOutput();
        Option<string?> page = CommonOptions.Report();
        Option<bool> json = CommonOptions.Json();
        Command command = new("import", "Make a model file of a network that was trained elsewhere.") { source, calibrate, range, inputs, outputs, task, profile, board, output, page, json };
        command.SetAction(parse =>
        {
            string path = parse.GetRequiredValue(output);
            string? pagePath = parse.GetValue(page);
            CommonOptions.RequireOutputs(path, pagePath, parse.GetRequiredValue(source), parse.GetValue(calibrate), parse.GetValue(board));
            ImportedModel imported = ModelImport.Read(parse.GetRequiredValue(source));
            Table? table = parse.GetValue(calibrate) is string data ? Table.Read(data) : null;
            FloatModel model = ImportNames.Apply(imported, parse.GetValue(inputs), parse.GetValue(outputs), table);
            double[][]? rows = table?.Matrix(Array.ConvertAll(model.Inputs, i => i.Name));
            if (rows is not null)
            {
                // A range in JSON is the user's word; one guessed from a scaler or an 8-bit scale gives way to data.
                model = model.WithRanges(RangesOf(rows, model), replace: !imported.NamesInputs || imported.Notes.Count > 0);
            }

            if (parse.GetValue(range) is string text)
            {
                (double, double) same = ParseRange(text);
                model = model.WithRanges([.. model.Inputs.Select(_ => same)]);
            }

            bool classifies = parse.GetValue(task) is string kind ? kind == "classify" : imported.Classifies;
            BoardSpec wiring = CommonOptions.Wiring(CommonOptions.ReadBoard(parse.GetValue(board)), model, classifies);
            ConvertedModel conversion = Converter.Convert(
                model,
                classifies ? ModelTask.Classification : ModelTask.Regression,
                wiring,
                parse.GetValue(profile),
                "name: " + Path.GetFileNameWithoutExtension(parse.GetRequiredValue(source)),
                rows);
            foreach (string note in imported.Notes)
            {
                Console.Error.WriteLine(note);
            }

            ReportRows looked = rows is null ? ReportRows.Spread(model) : new ReportRows(rows, [.. Enumerable.Range(0, rows.Length).Select(table!.LineOf)]);
            ConversionAnalysis analysis = ConversionAnalysis.Of(conversion, looked);
            StringWriter comparison = new(CultureInfo.InvariantCulture);
            if (rows is not null)
            {
                Comparison.Of(model.Network, conversion.File, rows).Write(comparison, conversion.File);
            }

            List<(string, byte[])> files = [(path, conversion.File.Bytes)];
            if (pagePath is not null)
            {
                files.Add((pagePath, HtmlReport.Write(analysis, path, comparison + ConversionText.Summary(conversion, path))));
            }

            OutputFile.Write(files);
            if (parse.GetValue(json))
            {
                Show.Json(InspectVerb.Document(conversion.File));
                return ExitCode.Done;
            }

            Console.Out.Write(comparison);
            AnalysisText.Write(Console.Out, analysis);
            ConversionText.Write(Console.Out, conversion, path, pagePath);
            return ExitCode.Done;
        });
        return command;
    }

    private static (double, double)[] RangesOf(double[][] rows, FloatModel model) =>
        [.. model.Inputs.Select((_, i) => (rows.Min(r => r[i]), rows.Max(r => r[i])))];

    private static (double, double) ParseRange(string text)
    {
        string[] ends = text.Split(',', StringSplitOptions.TrimEntries);
        return ends.Length == 2
            && double.TryParse(ends[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double low)
            && double.TryParse(ends[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double high)
            && double.IsFinite(low) && double.IsFinite(high) && low < high
                ? (low, high)
                : throw new InputRefusedException($"--range {text} is no range; write the smallest and the largest value like --range -4,4.");
    }
}
