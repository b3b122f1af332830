using System.CommandLine;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;
using NeuralEdge.Learning;

namespace NeuralEdge.Cli.Verbs;

/// <summary>A model file against the network it was made of, or against the board that runs it.</summary>
internal static class VerifyVerb
{
    internal static Command Create()
    {
        Argument<string> file = CommonOptions.Model();
        Option<string?> reference = new("--reference") { HelpName = "FILE", Description = "The network it was made of (.onnx, .keras, .h5, .tflite, .json, .net)." };
        Option<string?> output = new("--output") { HelpName = "NAME", Description = "Which output of the reference, when it has several." };
        Option<string?> port = new("--port") { HelpName = "P", Description = $"The board that runs it. Without it and --reference {BoardPort.Variable}, or else the one board that answers." };
        Option<string?> keyFile = CommonOptions.KeyFile();
        Option<string> input = new("--input") { Required = true, HelpName = "DATA.csv", Description = "Rows of input values; of a model with windows a time series of its channels, or a recording in each row. Other columns are ignored." };
        Option<double?> rate = CommonOptions.Rate("Rows of a time series in a second, where no column of times says it.");
        Option<bool> json = CommonOptions.Json();
        Command command = new("verify", "Compare a model, row by row, with its real network or with a board.") { file, reference, output, port, input, rate, keyFile, json };
        command.SetAction((parse, cancellation) =>
        {
            ModelFile model = ModelFile.Load(parse.GetRequiredValue(file));
            string? real = parse.GetValue(reference);
            string? board = parse.GetValue(port);
            if (real is not null && board is not null)
            {
                throw new InputRefusedException("verify compares with one thing; give either --reference FILE or --port P.");
            }

            bool quiet = parse.GetValue(json);
            InputRows rows;
            using (ProgressDisplay progress = new(quiet))
            {
                rows = InputRows.Read(parse.GetRequiredValue(input), model, parse.GetValue(rate), progress, cancellation);
            }

            return Task.FromResult(real is not null
                ? AgainstReference(model, real, parse.GetValue(output), rows, quiet, cancellation)
                : AgainstBoard(model, board, CommonOptions.Keys(parse, keyFile), rows, quiet, cancellation));
        });
        return command;
    }

    private static int AgainstReference(ModelFile model, string path, string? output, InputRows rows, bool json, CancellationToken cancellation)
    {
        FloatNetwork reference = ModelImport.Read(path, output).Model.Network;
        if (reference.InputCount != model.Model.Network.InputCount || reference.OutputCount != model.Model.Network.OutputCount)
        {
            throw new InputRefusedException(
                $"{path} has {NumberText.Count(reference.InputCount, "input")} and {NumberText.Count(reference.OutputCount, "output")}, the model {NumberText.Count(model.Model.Network.InputCount, "input")} and {NumberText.Count(model.Model.Network.OutputCount, "output")}; give the network that the model was made of.");
        }

        Comparison comparison;
        using (ProgressDisplay progress = new(json))
        {
            comparison = Comparison.Of(reference, model, rows.Rows, new LongTask($"{rows.Noun}s compared", progress, cancellation));
        }

        if (json)
        {
            Show.Json(comparison.Document(model));
        }
        else
        {
            comparison.Write(Console.Out, model);
        }

        return comparison.Held == false ? ExitCode.InputRefused : ExitCode.Done;
    }

    private static int AgainstBoard(ModelFile model, string? port, KeyFile? keys, InputRows rows, bool json, CancellationToken cancellation)
    {
        BoardComparison comparison;
        using (ProgressDisplay display = new(json))
        {
            comparison = BoardComparison.Of(model, port, keys, rows.Rows, rows.Lines, rows.AreWindows, display, cancellation);
        }

        if (json)
        {
            Show.Json(comparison.Document(model));
        }
        else
        {
            comparison.Write(Console.Out, model);
        }

        return comparison.Equal == comparison.Rows ? ExitCode.Done : ExitCode.BoardFailed;
    }
}
