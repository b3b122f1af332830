using System.CommandLine;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;

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
        Option<string> activation = new("--activation") { DefaultValueFactory = _ => "tanh", HelpName = "A", Description = $"{ActivationFunction.ChoiceOfHiddenLayers}." };
        Option<string?> test = new("--test") { HelpName = "FILE.csv", Description = "Rows to judge by; every fifth row is held out when left out." };
        Option<long> seed = new("--seed") { DefaultValueFactory = _ => 1, HelpName = "N", Description = "Decides everything that is random." };
        Command command = new("train", "Train a small network on a table and make a model file of it.") { data, target, task, hidden, activation, test, seed };
        ModelDestinationOptions to = new(command);
        command.SetAction((parse, cancellation) =>
        {
            string rows = parse.GetRequiredValue(data);
            string? testRows = parse.GetValue(test);
            ModelDestination destination = to.Read(parse, rows, testRows);
            TrainOptions options = new(Table.Read(rows), parse.GetRequiredValue(target).Split(',', StringSplitOptions.TrimEntries))
            {
                Task = parse.GetValue(task) switch { "classify" => TaskKind.Classify, "regress" => TaskKind.Regress, _ => null },
                Test = testRows is null ? null : Table.Read(testRows),
                Hyperparameters = new()
                {
                    Hidden = CommonOptions.Integers(parse.GetRequiredValue(hidden), "--hidden"),
                    Activation = ActivationFunction.Named(parse.GetRequiredValue(activation)),
                    Seed = parse.GetValue(seed),
                },
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

    private static void Run(TrainOptions options, ModelDestination destination, CancellationToken cancellation)
    {
        TrainResult result;
        TrainingReport report;
        using (ConversionDisplay conversion = new(destination.IsQuiet))
        {
            using (TrainingDisplay display = new(destination.IsQuiet))
            {
                result = Pipeline.Train(options with { Progress = conversion }, display, cancellation);
            }

            report = new TrainingReport(result, cancellation);
        }

        byte[] Page() => HtmlReport.Write(report.Analysis, destination.Path, report.Summary() + ConversionText.Summary(result.Model, destination.Path));

        // An interruption after the training leaves no file either.
        cancellation.ThrowIfCancellationRequested();
        destination.Write(result.Model.File, Page);
        report.Write(destination.Path, destination.Page, destination.IsQuiet);
    }
}
