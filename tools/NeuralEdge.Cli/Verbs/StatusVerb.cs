using System.CommandLine;
using NeuralEdge.Cli.Fleet;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Verbs;

/// <summary>How many boards are, a line each.</summary>
internal static class StatusVerb
{
    internal static Command Create()
    {
        Option<string?> boards = FleetOptions.Boards();
        boards.Required = true;
        Option<int> parallel = FleetOptions.Parallel();
        Option<string?> keyFile = CommonOptions.KeyFile();
        Option<bool> json = CommonOptions.Json();
        Command command = new("status", "Show how the boards of a file are, a line each.") { boards, parallel, keyFile, json };
        command.SetAction((parse, cancellation) =>
        {
            int width = CommonOptions.Positive(parse.GetValue(parallel), parallel.Name, FleetOptions.MostParallel);
            FleetBoard[] all = FleetFile.Read(parse.GetRequiredValue(boards)!, CommonOptions.Keys);
            KeyFile? keys = CommonOptions.Keys(parse, keyFile);
            ReadModels models = new();
            FleetRun run = new(
                all,
                (board, stop) =>
                {
                    KeyFile? own = board.KeysOr(keys);
                    using BoardLink link = BoardPort.Connect(board.Port, own, stop);
                    BoardReport report = link.Info(stop);
                    ModelFile? model = models.Of(link, report, own is not null, stop);
                    return (Line(report, model), BoardText.Document(report, model));
                },
                parse.GetValue(json),
                cancellation);
            int code = FleetText.Write(run.Run(0, width), "answer", "answers", parse.GetValue(json));
            cancellation.ThrowIfCancellationRequested();
            return Task.FromResult(code);
        });
        return command;
    }

    // What needs somebody stands in front.
    private static string Line(BoardReport report, ModelFile? model)
    {
        string trouble = report.Unsuitable is string why ? $"drives nothing: {why}; "
            : report.ModelLength == 0 ? "runs no model; "
            : SensorText.Of(report, model) is string sensor ? $"{sensor}; "
            : "";
        string chip = report.ChipName.Length == 0 ? "" : $"{report.ChipName}, ";
        string called = model?.Called is string name ? $"{name}, " : "";
        return $"{report.Called}: {trouble}{chip}{called}{BoardText.Model(report)}, up {BoardText.Uptime(report.UptimeMs)}, faults: {BoardText.Faults(report)}";
    }
}
