using System.CommandLine;
using NeuralEdge.Board.Link;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Verbs;

/// <summary>
/// The verbs that decide about a board's models: confirm, revert, reset. A decision is about the model that the verb has shown, and
/// the board refuses it when it runs another one by then.
/// </summary>
internal static class DecisionVerbs
{
    internal static Command Confirm()
    {
        Option<bool> anyway = Anyway();
        Command command = Create(
            "confirm",
            "Keep the model in test, when it has made ten decisions in a row on plausible inputs, one in each period or hop.",
            "Kept: ",
            (link, shown, parse, quiet, cancellation) => Confirm(link, shown, parse.GetValue(anyway), quiet, cancellation),
            shown => shown.State == ModelState.Test ? $"Confirming what runs: {BoardText.Identity(shown)}" : null);
        command.Add(anyway);
        return command;
    }

    private static BoardReport Confirm(BoardLink link, BoardReport shown, bool anyway, bool quiet, CancellationToken cancellation)
    {
        if (anyway)
        {
            return link.Confirm(shown, anyway: true, cancellation);
        }

        using UploadDisplay display = new(quiet);
        return link.ConfirmWhenReady(shown, display, cancellation);
    }

    internal static Command Revert() => Create(
        "revert",
        "Go back to the model before.",
        "Reverted; now runs: ",
        (link, shown, _, _, cancellation) => link.Revert(shown, cancellation),
        shown => shown.State == ModelState.Factory ? null : $"Taking back what runs: {BoardText.Identity(shown)}");

    internal static Command Reset()
    {
        Option<string?> port = CommonOptions.Port();
        Option<string?> keyFile = CommonOptions.KeyFile();
        Option<bool> json = CommonOptions.Json();
        Command command = new("reset", "Restart the board.") { port, keyFile, json };
        command.SetAction((parse, cancellation) =>
        {
            using BoardLink link = BoardPort.Connect(parse.GetValue(port), CommonOptions.Keys(parse, keyFile), cancellation);
            Write("Restarted; now runs: ", link.Reset(cancellation), decided: null, parse.GetValue(json));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    /// <summary>The option of the verbs that confirm.</summary>
    internal static Option<bool> Anyway() =>
        new("--anyway") { Description = "Confirm the model although it has not made ten decisions on plausible inputs: for a board on the desk, without its sensors." };

    private static Command Create(
        string name,
        string description,
        string done,
        Func<BoardLink, BoardReport, ParseResult, bool, CancellationToken, BoardReport> act,
        Func<BoardReport, string?> announce)
    {
        Argument<string?> model = new("model") { Arity = ArgumentArity.ZeroOrOne, HelpName = "M.nedge", Description = "The model that it is about; refused when the board runs another one." };
        Option<string?> port = CommonOptions.Port();
        Option<string?> keyFile = CommonOptions.KeyFile();
        Option<bool> json = CommonOptions.Json();
        Command command = new(name, description) { model, port, keyFile, json };
        command.SetAction((parse, cancellation) =>
        {
            ModelFile? file = parse.GetValue(model) is string path ? ModelFile.Load(path) : null;
            using BoardLink link = BoardPort.Connect(parse.GetValue(port), CommonOptions.Keys(parse, keyFile), cancellation);
            BoardReport shown = link.Info(cancellation);
            if (file is not null && !(shown.Digest == file.Model.Digest && shown.ModelLength == file.Bytes.Length))
            {
                throw new InputRefusedException($"The board at {link.Port} runs {BoardText.Identity(shown)}, not {parse.GetValue(model)} ({Show.Digest(file.Model.Digest)}). Nothing was changed.");
            }

            bool quiet = parse.GetValue(json);
            if (!quiet && announce(shown) is string sentence)
            {
                Console.Out.WriteLine(sentence);
            }

            Write(done, act(link, shown, parse, quiet, cancellation), shown, quiet);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void Write(string done, BoardReport report, BoardReport? decided, bool json)
    {
        if (json)
        {
            Show.Json(BoardText.Document(report, model: null, decided));
        }
        else
        {
            Console.Out.WriteLine(done + BoardText.Model(report));
        }
    }
}
