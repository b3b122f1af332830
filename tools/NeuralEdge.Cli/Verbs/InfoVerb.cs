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
        Option<string?> port = CommonOptions.Port();
        Option<string?> keyFile = CommonOptions.KeyFile();
        Option<bool> json = CommonOptions.Json();
        Command command = new("info", "Show what a board is, which model it runs, and how it is.") { port, keyFile, json };
        command.SetAction((parse, cancellation) =>
        {
            KeyFile? keys = CommonOptions.Keys(parse, keyFile);
            using BoardLink link = BoardPort.Connect(parse.GetValue(port), keys, cancellation);
            BoardReport first = link.Info(cancellation);
            if (!BoardSession.ShowsModel(first, keys is not null))
            {
                // A board whose settings do not suit its chip runs none, and one that closes reading still says how it is, to anybody.
                BoardText.Write(first, model: null, parse.GetValue(json));
                return Task.FromResult(ExitCode.Done);
            }

            using BoardSession board = new(link, cancellation);
            BoardReport report = board.Info(cancellation);
            BoardText.Write(report, board.Model, parse.GetValue(json));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
