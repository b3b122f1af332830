using System.CommandLine;
using System.Globalization;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Modeling;
using NeuralEdge.Modeling.Boards;
using NeuralEdge.Modeling.Conversion;
using NeuralEdge.Modeling.Data;
using NeuralEdge.Modeling.Files;
using NeuralEdge.Modeling.FloatModels;
using NeuralEdge.Modeling.Import;
using NeuralEdge.Modeling.Quantisation;

namespace NeuralEdge.Cli.Verbs;

/// <summary>From a network made elsewhere to a model file.</summary>
internal static class ImportVerb
{
    internal static Command Create()
    {
        Argument<string> source = new("file") { HelpName = "FILE", Description = "A network as .json." };
        Option<string?> calibrate = new("--calibrate") { HelpName = "DATA.csv", Description = "Take the inputs' ranges from the columns of a table." };
        Option<string?> range = new("--range") { HelpName = "MIN,MAX", Description = "The range of every input that declares none." };
        Option<string?> task = new("--task") { HelpName = "classify or regress", Description = "Whether outputs are compared with each other; softmax classifies." };
        task.AcceptOnlyFromAmong("classify", "regress");
        Option<Profile> profile = CommonOptions.Profile();
        Option<string?> board = CommonOptions.Board();
        Option<string> output = CommonOptions.ModelOutput();
        Option<bool> json = CommonOptions.Json();
        Command command = new("import", "Make a model file of a network that exists.") { source, calibrate, range, task, profile, board, output, json };
        command.SetAction(parse =>
        {
            string path = parse.GetRequiredValue(output);
            OutputFile.Require(path);
            FloatModel model = Read(parse.GetRequiredValue(source));
            if (parse.GetValue(calibrate) is string data)
            {
                model = model.WithRanges(RangesOf(Table.Read(data), model));
            }

            if (parse.GetValue(range) is string text)
            {
                (double, double) same = ParseRange(text);
                model = model.WithRanges([.. model.Inputs.Select(_ => same)]);
            }

            bool classifies = parse.GetValue(task) is string kind ? kind == "classify" : model.Network.HasProbabilities;
            BoardSpec wiring = CommonOptions.Wiring(CommonOptions.ReadBoard(parse.GetValue(board)), model, classifies);
            Conversion conversion = Converter.Convert(
                model,
                classifies ? ModelTask.Classification : ModelTask.Regression,
                wiring,
                parse.GetValue(profile),
                "name: " + Path.GetFileNameWithoutExtension(parse.GetRequiredValue(source)));
            OutputFile.Write(path, conversion.File.Bytes);
            if (parse.GetValue(json))
            {
                Show.Json(InspectVerb.Document(conversion.File));
            }
            else
            {
                ConversionText.Write(Console.Out, conversion, path);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static FloatModel Read(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".JSON" => JsonModelReader.Read(path),
        ".NEDGE" => throw new InputRefusedException($"{path} is a model file already; upload it, or look at it with neuraledge inspect."),
        ".ONNX" or ".TFLITE" => throw new InputRefusedException($"{path}: this version reads networks as .json only; write the layers' weights as JSON, as the README describes it."),
        _ => throw new InputRefusedException($"{path} does not end in .json, so it is not known how to read it; give a network as a .json file."),
    };

    private static (double, double)[] RangesOf(Table table, FloatModel model) => Array.ConvertAll(model.Inputs, input =>
    {
        double[] column = table.Numbers(input.Name);
        return (column.Min(), column.Max());
    });

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
