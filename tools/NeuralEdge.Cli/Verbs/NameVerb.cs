using System.CommandLine;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Verbs;

/// <summary>Gives a board a name and a place.</summary>
internal static class NameVerb
{
    internal static Command Create()
    {
        Argument<string?> name = new("name") { Arity = ArgumentArity.ZeroOrOne, HelpName = "NAME", Description = "What the board is to be called, up to 32 letters; \"\" for the name that its firmware has." };
        Option<string?> port = CommonOptions.Port();
        Option<string?> place = new("--place") { HelpName = "PLACE", Description = "Where it is, up to 32 letters; \"\" for nowhere." };
        Option<string?> keyFile = CommonOptions.KeyFile();
        Option<bool> json = CommonOptions.Json();
        Command command = new("name", "Give a board a name and a place, which it keeps whatever model and firmware it gets.") { name, port, place, keyFile, json };
        command.Validators.Add(result =>
        {
            if (result.GetResult(name) is null or { Tokens.Count: 0 } && result.GetResult(place) is null)
            {
                result.AddError("a name or --place is missing");
            }
        });
        command.SetAction((parse, cancellation) =>
        {
            string? named = Trimmed("name", parse.GetValue(name), "the name that its firmware has");
            string? placed = Trimmed("place", parse.GetValue(place), "nowhere");
            KeyFile? keys = CommonOptions.Keys(parse, keyFile);
            using BoardLink link = BoardPort.Connect(parse.GetValue(port), keys, cancellation);
            BoardReport report = link.SetName(named, placed, cancellation);
            if (parse.GetValue(json))
            {
                Show.Json(BoardText.Document(report, BoardSession.ReadModel(link, report, keys is not null, cancellation)));
            }
            else
            {
                Console.Out.WriteLine($"The board at {link.Port} is called {report.Called}.");
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    // Blanks at the ends cannot be seen, so nobody could tell two such names apart.
    private static string? Trimmed(string what, string? text, string whenEmpty) => text is { Length: > 0 } && string.IsNullOrWhiteSpace(text)
        ? throw new InputRefusedException($"The {what} has blanks only, which nobody sees: give letters, or \"\" for {whenEmpty}.")
        : text?.Trim();
}
