using System.CommandLine;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Host;
using NeuralEdge.Learning.Import;

namespace NeuralEdge.Cli.Verbs;

/// <summary>A model file against the network it was made of, or against the board that runs it.</summary>
internal static class VerifyVerb
{
    internal static Command Create()
    {
        Argument<string> file = CommonOptions.Model();
        Option<string?> reference = new("--reference") { HelpName = "FILE", Description = "The network it was made of (.onnx, .tflite, .json, .net)." };
        Option<string?> port = new("--port") { HelpName = "P", Description = "The board that runs it." };
        Option<string> input = new("--input") { Required = true, HelpName = "DATA.csv", Description = "Rows of input values; other columns are ignored." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("verify", "Compare a model, row by row, with its real network or with a board.") { file, reference, port, input, json };
        command.SetAction((parse, cancellation) =>
        {
            ModelFile model = ModelFile.Load(parse.GetRequiredValue(file));
            string? real = parse.GetValue(reference);
            string? board = parse.GetValue(port);
            if (real is null == board is null)
            {
                throw new InputRefusedException("verify needs one thing to compare with; give either --reference FILE or --port P.");
            }

            double[][] rows = InputRows.Read(parse.GetRequiredValue(input), model);
            bool quiet = parse.GetValue(json);
            return Task.FromResult(real is not null
                ? AgainstReference(model, real, rows, quiet)
                : AgainstBoard(model, board!, rows, quiet, cancellation));
        });
        return command;
    }

    private static int AgainstReference(ModelFile model, string path, double[][] rows, bool json)
    {
        FloatNetwork reference = ModelImport.Read(path).Model.Network;
        if (reference.InputCount != model.Model.Network.InputCount || reference.OutputCount != model.Model.Network.OutputCount)
        {
            throw new InputRefusedException(
                $"{path} has {Show.Count(reference.InputCount, "input")} and {Show.Count(reference.OutputCount, "output")}, the model {Show.Count(model.Model.Network.InputCount, "input")} and {Show.Count(model.Model.Network.OutputCount, "output")}; give the network that the model was made of.");
        }

        Comparison comparison = Comparison.Of(reference, model, rows);
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

    private static int AgainstBoard(ModelFile model, string port, double[][] rows, bool json, CancellationToken cancellation)
    {
        (BoardLink link, ModelFile running) = CommonOptions.Connect(port, cancellation);
        using (link)
        {
            if (running.Model.Digest != model.Model.Digest)
            {
                throw new InputRefusedException(
                    $"the board runs the model {Show.Digest(running.Model.Digest)}, and the file is {Show.Digest(model.Model.Digest)}; upload the file first, or give the one that runs.");
            }

            int equal = 0;
            (int Row, int Output, int Desktop, int Board)? first = null;
            for (int r = 0; r < rows.Length; r++)
            {
                int[] raw = model.ToRaw(rows[r]);
                int[] desktop = model.Run(raw);
                int[] board = link.Ask(raw, cancellation);
                int at = Enumerable.Range(0, desktop.Length).FirstOrDefault(o => desktop[o] != board[o], -1);
                equal += at < 0 ? 1 : 0;
                first ??= at < 0 ? null : (r, at, desktop[at], board[at]);
            }

            Write(model, rows.Length, equal, first, json);
            return equal == rows.Length ? ExitCode.Done : ExitCode.BoardFailed;
        }
    }

    // A board gives its outputs, not what is inside: the neuron is one of the last layer.
    private static void Write(ModelFile model, int rows, int equal, (int Row, int Output, int Desktop, int Board)? first, bool json)
    {
        if (json)
        {
            Show.Json(new
            {
                rows,
                equal,
                first = first is null ? null : (object)new
                {
                    row = first.Value.Row + 1,
                    layer = model.Model.Network.LayerCount - 1,
                    neuron = first.Value.Output,
                    output = model.Labels.Outputs[first.Value.Output].Name,
                    desktop = first.Value.Desktop,
                    board = first.Value.Board,
                },
            });
            return;
        }

        Console.Out.WriteLine($"{equal} of {rows} rows bit-equal.");
        if (first is (int row, int output, int desktop, int board))
        {
            Console.Out.WriteLine(
                $"First difference: row {row + 1}, layer {model.Model.Network.LayerCount - 1}, neuron {output} ({model.Labels.Outputs[output].Name}): {desktop} on the desktop, {board} on the board.");
        }
    }
}
