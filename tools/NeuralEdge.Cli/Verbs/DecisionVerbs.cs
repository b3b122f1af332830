using System.CommandLine;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Verbs;

/// <summary>The verbs that tell a board what to do with its models: confirm, revert, reset.</summary>
internal static class DecisionVerbs
{
    internal static Command Confirm() =>
        Create("confirm", "Keep the model in test.", "Kept: ", (link, cancellation) => link.Confirm(cancellation));

    internal static Command Revert() =>
        Create("revert", "Go back to the model before.", "Reverted; now runs: ", (link, cancellation) => link.Revert(cancellation));

    internal static Command Reset() =>
        Create("reset", "Restart the board.", "Restarted; now runs: ", (link, cancellation) => link.Reset(cancellation));

    private static Command Create(string name, string description, string done, Func<BoardLink, CancellationToken, BoardReport> act)
    {
        Option<string> port = CommonOptions.Port();
        Option<bool> json = CommonOptions.Json();
        Command command = new(name, description) { port, json };
        command.SetAction((parse, cancellation) =>
        {
            using BoardLink link = BoardLink.Connect(parse.GetRequiredValue(port), cancellation: cancellation);
            BoardReport report = act(link, cancellation);
            if (parse.GetValue(json))
            {
                Show.Json(BoardText.Document(report, model: null));
            }
            else
            {
                Console.Out.WriteLine(done + BoardText.Model(report));
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
