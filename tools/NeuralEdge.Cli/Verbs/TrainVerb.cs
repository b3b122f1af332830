using System.CommandLine;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Reports.Pages;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Activations;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;

namespace NeuralEdge.Cli.Verbs;

/// <summary>From a table to a model file.</summary>
internal static class TrainVerb
{
    private const string Auto = "auto";

    internal static Command Create()
    {
        Argument<string[]> data = new("data")
        {
            Arity = ArgumentArity.OneOrMore,
            HelpName = "DATA.csv",
            Description = "Tables, packed by gzip or not, and folders of them: a first line of column names, one line for each sample.",
        };
        Option<string?> target = new("--target") { HelpName = "COLUMN", Description = "The column to predict; several separated by commas, a name with a comma in quotes. With --normal: the column that calls rows normal, if another name says so." };
        Option<string?> labelFrom = new("--label-from") { HelpName = "file or folder", Description = "Instead of a target: the class of a row is the name of its file, or of the folder that is in." };
        labelFrom.AcceptOnlyFromAmong("file", "folder");
        Option<string?> inputs = new("--inputs") { HelpName = "COLUMNS", Description = "The columns to predict from; all measurements when left out." };
        Option<string?> ignore = new("--ignore") { HelpName = "COLUMNS", Description = "Columns not to predict from." };
        Option<string> missing = new("--missing") { DefaultValueFactory = _ => "drop", HelpName = "drop, refuse or median", Description = "Rows with a missing value are left out, refused, or learned from with the column's median." };
        missing.AcceptOnlyFromAmong("drop", "refuse", "median");
        Option<string> repeats = new("--repeats") { DefaultValueFactory = _ => "drop", HelpName = "drop or keep", Description = "Rows that stand in the table already, in the same order, are left out, or learned from and judged by." };
        repeats.AcceptOnlyFromAmong("drop", "keep");
        Option<string?> trust = new("--trust") { HelpName = "COLUMNS", Description = "Columns in which a value far from all others is a reading, not a sign of a failed sensor." };
        Option<string?> task = new("--task") { HelpName = "classify or regress", Description = "Guessed from the target when left out: classes for texts and for up to 10 whole numbers." };
        task.AcceptOnlyFromAmong("classify", "regress");
        Option<string> hidden = new("--hidden") { DefaultValueFactory = _ => Auto, HelpName = "auto, none or 16,16", Description = "Neurons of each hidden layer; auto tries none, 8, 16, 16,16 and 32,32 and keeps the smallest that is as good as the best." };
        Option<string> activation = new("--activation") { DefaultValueFactory = _ => "tanh", HelpName = "A", Description = $"{ActivationFunction.ChoiceOfHiddenLayers}." };
        activation.CompletionSources.Add([.. ActivationFunction.OfHiddenLayers.Select(function => function.Name)]);
        Option<string?> test = new("--test") { HelpName = "FILE.csv", Description = "Rows to judge by; without, whole recordings or stretches of a log are held out, or rows chosen at random where they are in no order." };
        Option<long> seed = new("--seed") { DefaultValueFactory = _ => 1, HelpName = "N", Description = "Decides everything that is random." };
        Option<string?> balance = new("--balance") { Arity = ArgumentArity.ZeroOrOne, HelpName = "on or off", Description = "Have every class count alike, however few rows it has; on by itself when the rarest has under 10 % of the rows." };
        balance.AcceptOnlyFromAmong("on", "off");
        Option<string?> recall = new("--recall") { HelpName = "CLASS=SHARE", Description = "Find at least this share of a class's rows, like fault=0.9, at the price of more wrong alarms." };
        Option<string?> cost = new("--cost") { HelpName = "CLASS:ANSWER=N", Description = "Answering one class with another costs N other errors, like fault:ok=10." };
        Option<bool> anyway = new("--anyway") { Description = "Wire pins even to a network that is no better than a guess." };
        Command command = new("train", "Train a small network on a table and make a model file of it.") { data, target, labelFrom, inputs, ignore, missing, repeats, trust, task, hidden, activation, test, seed, balance, recall, cost, anyway };
        WindowOptionsText windows = new(command);
        NormalOptionsText normal = new(command);
        ModelDestinationOptions to = new(command);
        command.Validators.Add(result =>
        {
            CommonOptions.RequireFiles(result, data);
            if (!normal.IsAsked(result) && result.GetResult(target) is null && result.GetResult(labelFrom) is null)
            {
                result.AddError("--target is missing: the column to predict");
            }
        });
        command.SetAction((parse, cancellation) =>
        {
            normal.Require(parse, [labelFrom, task, hidden, activation, seed, balance, recall, cost, anyway]);
            string[] files = parse.GetRequiredValue(data);
            string? testRows = parse.GetValue(test);
            ModelDestination destination = to.Read(parse, [.. files, testRows]);
            string? column = parse.GetValue(target);
            LabelSource labels = parse.GetValue(labelFrom) switch { "file" => LabelSource.File, "folder" => LabelSource.Folder, _ => LabelSource.Column };
            using ProgressDisplay progress = new(destination.IsQuiet);
            LongTask reading = new("reading", progress, cancellation);
            Table table = TableFiles.Read(files, labels, column ?? TableFiles.DefaultLabelColumn, reading);
            string[] Columns(Option<string?> option) => parse.GetValue(option) is string names ? ColumnList.Parse(names, table) : [];
            MissingRule rule = parse.GetValue(missing) switch { "refuse" => MissingRule.Refuse, "median" => MissingRule.Median, _ => MissingRule.Drop };
            bool keepRepeats = parse.GetValue(repeats) == "keep";
            if (normal.IsAsked(parse.CommandResult))
            {
                NormalOptionsText.Run(
                    new(table, windows.Read(parse) ?? throw new InputRefusedException("--normal looks at windows of rows that follow each other; give their length, like --window 1s."))
                    {
                        Inputs = parse.GetResult(inputs) is null ? null : Columns(inputs),
                        Ignore = Columns(ignore),
                        Trust = Columns(trust),
                        Target = NormalOptionsText.Target(Columns(target)),
                        Missing = rule,
                        KeepRepeats = keepRepeats,
                        FalseAlarmsPerDay = normal.FalseAlarms(parse),
                        Test = testRows is null ? null : Table.Read(testRows, reading),
                        Name = destination.Name,
                        Version = destination.Version,
                        Profile = destination.Profile,
                        AcceptError = destination.AcceptError,
                        Board = destination.ReadBoard(),
                        Wiring = destination.AskWiring(cancellation),
                        Work = destination.Work,
                    },
                    destination,
                    progress,
                    cancellation);
                return Task.FromResult(ExitCode.Done);
            }

            TrainOptions options = new(table, column is null ? [TableFiles.DefaultLabelColumn] : ColumnList.Parse(column, table))
            {
                Inputs = parse.GetResult(inputs) is null ? null : Columns(inputs),
                Ignore = Columns(ignore),
                Trust = Columns(trust),
                Missing = rule,
                KeepRepeats = keepRepeats,
                Task = parse.GetValue(task) switch { "classify" => TaskKind.Classify, "regress" => TaskKind.Regress, _ => null },
                Test = testRows is null ? null : Table.Read(testRows, reading),
                Balance = parse.GetResult(balance) is { Implicit: false } ? parse.GetValue(balance) != "off" : null,
                Windows = windows.Read(parse),
                Goal = GoalText.Parse(parse.GetValue(recall), parse.GetValue(cost)),
                Anyway = parse.GetValue(anyway),
                Hyperparameters = new()
                {
                    Hidden = HiddenLayers(parse.GetRequiredValue(hidden)),
                    Activation = ActivationFunction.Named(parse.GetRequiredValue(activation)),
                    Seed = parse.GetValue(seed),
                },
                Name = destination.Name,
                Version = destination.Version,
                Profile = destination.Profile,
                AcceptError = destination.AcceptError,
                Board = destination.ReadBoard(),
                Wiring = destination.AskWiring(cancellation),
                Work = destination.Work,
            };
            Run(options, destination, progress, cancellation);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static int[]? HiddenLayers(string text) => text switch
    {
        Auto => null,
        "none" => [],
        _ => CommonOptions.Integers(text, "--hidden"),
    };

    private static void Run(TrainOptions options, ModelDestination destination, ProgressDisplay progress, CancellationToken cancellation)
    {
        TrainResult result = Pipeline.Train(options with { Progress = progress, Found = destination.IsQuiet ? null : new FindingsDisplay(progress) }, progress, cancellation);
        Study? study = destination.Page is null ? null : result.Study(progress, cancellation);
        TrainingReport report = new(result, study, progress, cancellation);
        progress.Clear();

        // An interruption after the training leaves no file either.
        cancellation.ThrowIfCancellationRequested();
        destination.Write(result.Model.File, () => TrainingPage.Write(result, study, report.Analysis, destination.Path, report.NoSensors() + report.TooLarge() + report.Outside(), report.BoardText(destination.Path), report.Comparison()));
        report.Write(destination.Path, destination.Page, destination.IsQuiet);
    }
}
