using System.CommandLine;
using System.Text;
using NeuralEdge.Cli.Output;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;
using NeuralEdge.Learning.Data;
using NeuralEdge.Models;

namespace NeuralEdge.Cli.Verbs;

/// <summary>What a board's sensors read, as rows to train on.</summary>
internal static class RecordVerb
{
    internal static Command Create()
    {
        Option<string> port = CommonOptions.Port();
        Option<string> label = new("--label") { Required = true, HelpName = "L", Description = "What is going on: the value of the column \"label\" in every row." };
        Option<int> count = new("--count") { DefaultValueFactory = _ => 100, HelpName = "N", Description = "How many rows." };
        Option<int> every = new("--every") { DefaultValueFactory = _ => 1, HelpName = "N", Description = "Take each N-th inference." };
        Option<string> output = new("--output", "-o") { Required = true, HelpName = "DATA.csv", Description = "The table; rows are added when it exists." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("record", "Write what a board's sensors read to a table.") { port, label, count, every, output, json };
        command.SetAction((parse, cancellation) =>
        {
            int wanted = CommonOptions.Positive(parse.GetValue(count), "--count");
            int step = CommonOptions.Positive(parse.GetValue(every), "--every", ushort.MaxValue);
            string what = parse.GetRequiredValue(label).Trim();
            if (NumberText.IsMissing(what))
            {
                throw new InputRefusedException($"--label {NumberText.Quote(what)} stands for no value in a table; give another word.");
            }

            string path = parse.GetRequiredValue(output);
            OutputFile.Require(path);
            using LiveSession session = new(parse.GetRequiredValue(port), step, cancellation);
            RecordedColumn[] sensors = RecordedColumn.Of(session.Model, session.RunsFactoryModel);
            string[] columns = [.. sensors.Select(s => s.Name), "label"];
            string header = string.Join(',', columns.Select(CsvText.Quote));
            string before = Existing(path, columns);
            StringBuilder text = new(before.Length == 0 ? header + "\n" : before);
            bool showsProgress = !parse.GetValue(json) && !Console.IsOutputRedirected;
            int rows = Rows(session, sensors, wanted, CsvText.Quote(what), text, showsProgress, cancellation);
            if (showsProgress)
            {
                Console.Out.WriteLine();
            }

            OutputFile.Write(path, Encoding.UTF8.GetBytes(text.ToString()));
            if (parse.GetValue(json))
            {
                Show.Json(new { file = path, rows, label = what, appended = before.Length > 0 });
            }
            else
            {
                Console.Out.WriteLine($"{(before.Length > 0 ? "Added" : "Wrote")} {Show.Count(rows, "row")} labelled {what} {(before.Length > 0 ? "to" : "as")} {path}.");
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static int Rows(LiveSession session, RecordedColumn[] sensors, int wanted, string label, StringBuilder text, bool showsProgress, CancellationToken cancellation)
    {
        if (Array.TrueForAll(session.Model.Model.Bindings.Inputs, i => i.Source == InputBinding.SourceNone))
        {
            throw new InputRefusedException("The board's model reads no ADC channel, so there is nothing to record; upload a model that is wired, such as one made with --board BOARD.json.");
        }

        uint digest = session.Model.Model.Digest;
        for (int r = 0; r < wanted; r++)
        {
            LiveValues live;
            try
            {
                live = session.Next(cancellation);
            }
            catch (OperationCanceledException) when (r > 0)
            {
                // Ctrl+C ends a recording; what was recorded is kept.
                return r;
            }

            if (session.Model.Model.Digest != digest)
            {
                throw new BoardLinkException("The board was given another model while it was recorded from; record again.");
            }

            text.AppendJoin(',', sensors.Select(s => Show.Value(s.ToValue(live.Inputs[s.Input]))).Append(label)).Append('\n');
            if (showsProgress)
            {
                Console.Out.Write($"\r{r + 1} of {wanted} rows ");
            }
        }

        return wanted;
    }

    // Rows are added only below the same columns: a table of two kinds of rows could not be trained on.
    private static string Existing(string path, string[] expected)
    {
        if (!File.Exists(path) || OutputFile.IsDevice(path))
        {
            return "";
        }

        string text = TextFile.Read(path, Table.MaximumBytes);
        Table table = Table.Parse(text, path);
        if (!table.Columns.SequenceEqual(expected))
        {
            throw new InputRefusedException($"{path} has the columns {string.Join(", ", table.Columns)}, but this board gives {string.Join(", ", expected)}; choose another file.");
        }

        return text.EndsWith('\n') ? text : text + "\n";
    }
}
