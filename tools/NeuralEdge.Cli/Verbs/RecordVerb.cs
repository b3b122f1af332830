using System.CommandLine;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Verbs;

/// <summary>What a board's sensors read, as rows to train on.</summary>
internal static class RecordVerb
{
    internal static Command Create()
    {
        Option<string> port = CommonOptions.Port();
        Option<string?> keyFile = CommonOptions.KeyFile();
        Option<string> label = new("--label") { Required = true, HelpName = "L", Description = "What is going on: the value of the column \"label\" in every row." };
        Option<int> count = new("--count") { DefaultValueFactory = _ => 100, HelpName = "N", Description = "How many rows." };
        Option<int> every = new("--every") { DefaultValueFactory = _ => 1, HelpName = "N", Description = "Take each N-th inference." };
        Option<string> output = new("--output", "-o") { Required = true, HelpName = "DATA.csv", Description = "The table; rows are added when it exists." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("record", "Write what a board's sensors read to a table.") { port, label, count, every, output, keyFile, json };
        command.SetAction((parse, cancellation) =>
        {
            int wanted = CommonOptions.Positive(parse.GetValue(count), "--count");
            int step = CommonOptions.Positive(parse.GetValue(every), "--every", ushort.MaxValue);
            string what = Harmless.Line(parse.GetRequiredValue(label).Trim());
            if (NumberText.IsMissing(what))
            {
                throw new InputRefusedException($"--label {NumberText.Quote(what)} stands for no value in a table; give another word.");
            }

            string path = parse.GetRequiredValue(output);
            OutputFile.Require(path);
            using LiveSession session = new(parse.GetRequiredValue(port), CommonOptions.Keys(parse, keyFile), step, cancellation);
            Recording recording = new(session, path);
            bool showsProgress = !parse.GetValue(json) && !Console.IsOutputRedirected;
            void Tell(int row)
            {
                if (showsProgress)
                {
                    Console.Out.Write($"\r{row} of {wanted} rows ");
                }
            }

            int rows;
            try
            {
                rows = recording.Add(wanted, what, Tell, cancellation);
            }
            catch (BoardLinkException e) when (recording.Rows > 0)
            {
                // Nobody stands in the rain again for what was recorded already.
                OutputFile.Write(path, recording.Bytes);
                throw new BoardLinkException($"{e.Message.TrimEnd('.')}; {path} has the {NumberText.Count(recording.Rows, "row")} recorded before that.", e);
            }
            finally
            {
                if (showsProgress)
                {
                    Console.Out.WriteLine();
                }
            }

            OutputFile.Write(path, recording.Bytes);
            if (parse.GetValue(json))
            {
                Show.Json(new { file = path, rows, label = what, appended = recording.IsAppended });
            }
            else
            {
                Console.Out.WriteLine($"{(recording.IsAppended ? "Added" : "Wrote")} {NumberText.Count(rows, "row")} labelled {what} {(recording.IsAppended ? "to" : "as")} {path}.");
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
