using System.CommandLine;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Import;
using NeuralEdge.Learning.Training;

namespace NeuralEdge.Cli.Verbs;

/// <summary>From a table to a model file.</summary>
internal static class TrainVerb
{
    internal static Command Create()
    {
        Argument<string> data = new("data") { HelpName = "DATA.csv", Description = "A first line of column names, one line for each sample." };
        Option<string> target = new("--target") { Required = true, HelpName = "COLUMN", Description = "The column to predict; several separated by commas." };
        Option<string?> task = new("--task") { HelpName = "classify or regress", Description = "Guessed from the target when left out." };
        task.AcceptOnlyFromAmong("classify", "regress");
        Option<string> hidden = new("--hidden") { DefaultValueFactory = _ => "16,16", HelpName = "16,16", Description = "Neurons of each hidden layer; \"\" for none." };
        Option<string> activation = new("--activation") { DefaultValueFactory = _ => "tanh", HelpName = "A", Description = "tanh, sigmoid, relu, leaky_relu or linear." };
        Option<string?> test = new("--test") { HelpName = "FILE.csv", Description = "Rows to judge by; every fifth row is held out when left out." };
        Option<long> seed = CommonOptions.Seed();
        Option<Profile> profile = CommonOptions.Profile();
        Option<string?> board = CommonOptions.Board();
        Option<string> output = CommonOptions.ModelOutput();
        Option<string?> page = CommonOptions.Report();
        Option<bool> json = CommonOptions.Json();
        Command command = new("train", "Train a small network on a table and make a model file of it.")
        {
            data, target, task, hidden, activation, test, seed, profile, board, output, page, json,
        };
        command.SetAction((parse, cancellation) =>
        {
            TaskKind? kind = parse.GetValue(task) switch { "classify" => TaskKind.Classify, "regress" => TaskKind.Regress, _ => null };
            string[] targets = parse.GetRequiredValue(target).Split(',', StringSplitOptions.TrimEntries);
            string file = parse.GetRequiredValue(output);
            string? pagePath = parse.GetValue(page);

            // What would be refused at the end is refused before somebody waits for it.
            CommonOptions.RequireOutputs(file, pagePath, parse.GetRequiredValue(data), parse.GetValue(test), parse.GetValue(board));
            DataSet all = DataSet.From(Table.Read(parse.GetRequiredValue(data)), targets, kind);
            (DataSet training, DataSet heldOut) = parse.GetValue(test) is string path
                ? (all, DataSet.Like(all, Table.Read(path)))
                : all.HoldOutEveryFifth();
            TrainingOptions options = new()
            {
                Hidden = CommonOptions.Integers(parse.GetRequiredValue(hidden), "--hidden"),
                Activation = JsonModelReader.ActivationOf(parse.GetRequiredValue(activation)),
                Seed = parse.GetValue(seed),
            };

            BoardFile? boardFile = CommonOptions.ReadBoard(parse.GetValue(board));
            bool quiet = parse.GetValue(json);
            TrainedModel trained;
            using (TrainingDisplay display = new(quiet))
            {
                trained = new Trainer(options).Train(training, display.Report, cancellation);
            }

            FloatModel model = trained.ToFloatModel();
            model = model.WithRanges(TrainedRanges.Widen(training), replace: true);
            bool classifies = all.Task == TaskKind.Classify;
            BoardSpec wiring = CommonOptions.Wiring(boardFile, model, classifies);
            ConvertedModel conversion = Converter.Convert(
                model, classifies ? ModelTask.Classification : ModelTask.Regression, wiring, parse.GetValue(profile), "name: " + string.Join(", ", targets), all.Inputs);

            TrainingReport report = TrainingReport.Of(conversion, training, heldOut, [.. all.Notes.Union(trained.Notes)]);
            List<(string, byte[])> files = [(file, conversion.File.Bytes)];
            if (pagePath is not null)
            {
                files.Add((pagePath, HtmlReport.Write(report.Analysis, file, report.Summary() + ConversionText.Summary(conversion, file))));
            }

            // An interruption after the training, during the conversion, leaves no file either.
            cancellation.ThrowIfCancellationRequested();
            OutputFile.Write(files);
            report.Write(file, pagePath, quiet);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
