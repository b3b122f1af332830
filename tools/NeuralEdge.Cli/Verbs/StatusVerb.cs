using System.CommandLine;
using NeuralEdge.Cli.Fleet;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Sessions;
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
            ModelNames names = new();
            FleetRun run = new(
                all,
                (board, stop) =>
                {
                    using BoardLink link = BoardPort.Connect(board.Port, board.Keys ?? keys, stop);
                    BoardReport report = link.Info(stop);
                    return (Line(report, names.Of(link, report, (board.Keys ?? keys) is not null, stop)), BoardText.Document(report, model: null));
                },
                parse.GetValue(json),
                cancellation);
            int code = FleetText.Write(run.Run(0, width), "answer", parse.GetValue(json));
            cancellation.ThrowIfCancellationRequested();
            return Task.FromResult(code);
        });
        return command;
    }

    // What needs somebody stands in front.
    private static string Line(BoardReport report, string? model)
    {
        string trouble = report.Unsuitable is string why ? $"drives nothing: {why}; "
            : report.ModelLength == 0 ? "runs no model; "
            : report.BadInput is int input ? $"input {input} {(report.IsInputFrozen ? "is frozen" : "gives no plausible count")}; "
            : "";
        string chip = report.ChipName.Length == 0 ? "" : $"{report.ChipName}, ";
        string called = model is null ? "" : $"{model}, ";
        return $"{report.Called}: {trouble}{chip}{called}{BoardText.Model(report)}, up {BoardText.Uptime(report.UptimeMs)}, faults: {BoardText.Faults(report)}";
    }
}
