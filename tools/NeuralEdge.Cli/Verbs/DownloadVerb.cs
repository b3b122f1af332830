using System.CommandLine;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion.Disk;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Verbs;

/// <summary>The model that a board runs, as a file.</summary>
internal static class DownloadVerb
{
    internal static Command Create()
    {
        Option<string?> port = CommonOptions.Port();
        Option<string> output = new("--output", "-o") { Required = true, HelpName = "M.nedge", Description = "The model file to write." };
        Option<string?> keyFile = CommonOptions.KeyFile();
        Option<bool> json = CommonOptions.Json();
        Command command = new("download", "Write the model that a board runs to a file.") { port, output, keyFile, json };
        command.SetAction((parse, cancellation) =>
        {
            string path = parse.GetRequiredValue(output);
            OutputFile.Require(output.Name, path);
            using BoardSession session = new(parse.GetValue(port), CommonOptions.Keys(parse, keyFile), cancellation);

            // The board says which kind it is, and that it still is the one that was read.
            BoardReport report = session.Info(cancellation);
            ModelFile model = session.Model;
            OutputFile.Write(path, model.Bytes);
            if (parse.GetValue(json))
            {
                Show.Json(ModelDocument.Of(model));
            }
            else
            {
                Console.Out.WriteLine($"Wrote {path}: {(model.Called is string called ? $"{called}, " : "")}{BoardText.Model(report)}.");
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
