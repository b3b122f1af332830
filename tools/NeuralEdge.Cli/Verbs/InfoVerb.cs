using System.CommandLine;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Verbs;

/// <summary>What a board is and how it is.</summary>
internal static class InfoVerb
{
    internal static Command Create()
    {
        Option<string> port = CommonOptions.Port();
        Option<bool> json = CommonOptions.Json();
        Command command = new("info", "Show what a board is, which model it runs, and how it is.") { port, json };
        command.SetAction((parse, cancellation) =>
        {
            using BoardSession board = new(parse.GetRequiredValue(port), cancellation);
            BoardReport report = board.Info(cancellation);
            BoardText.Write(report, board.Model, parse.GetValue(json));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
