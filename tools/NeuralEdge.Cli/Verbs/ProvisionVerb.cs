using System.CommandLine;
using NeuralEdge.Board.Security;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Conversion;
using NeuralEdge.Host;

namespace NeuralEdge.Cli.Verbs;

/// <summary>Gives a board the keys of its owner, other ones, or none.</summary>
internal static class ProvisionVerb
{
    internal static Command Create()
    {
        Option<string?> port = new("--port") { HelpName = "P", Description = "The board; with --first on a line where nobody listens." };
        Option<string?> keyFile = CommonOptions.KeyFile();
        keyFile.Description = $"The keys that the board is to have; without it, the file that {RequestStatusText.KeyVariable} names.";
        Option<string?> newKey = new("--new-key") { HelpName = "K", Description = "Make a key file of two fresh keys and nothing else." };
        Option<bool> first = new("--first") { Description = "The board is new and has no keys: send them in the clear, on your own desk. Without it they are signed and covered with the keys that the board has." };
        Option<string?> now = new("--key-now") { HelpName = "K", Description = "The key file that the board has the keys of now, when --key-file has others." };
        Option<bool> close = new("--close-reading") { Description = "Reading the model, questions and live values are to need the key, too." };
        Option<bool> open = new("--open") { Description = "Take the keys of --key-file out of the board: anybody may change it then." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("provision", "Make a board keyed, so that only who has the key may change it.") { port, keyFile, newKey, first, now, close, open, json };
        command.SetAction((parse, cancellation) =>
        {
            bool quiet = parse.GetValue(json);
            bool isFirst = parse.GetValue(first);
            if (parse.GetValue(newKey) is string path)
            {
                // The environment may name the keys of another board: they have nothing to do with these.
                if (new[] { port, keyFile, now }.Any(option => parse.GetValue(option) is not null) || isFirst || parse.GetValue(open) || parse.GetValue(close))
                {
                    throw new InputRefusedException("--new-key makes a key file and nothing else; keep a copy of it first, then give it to the board with --key-file.");
                }

                MakeFile(path, quiet);
                return Task.FromResult(ExitCode.Done);
            }

            KeyFile keys = Require(CommonOptions.Keys(parse, keyFile), parse.GetValue(open), parse.GetValue(close));
            KeyFile? other = parse.GetValue(now) is string second ? CommonOptions.Keys(second, now.Name) : null;
            if (isFirst && (other is not null || parse.GetValue(open)))
            {
                throw new InputRefusedException("--first is for a board that has no keys, and --key-now and --open are for one that has; give one or the other.");
            }

            using BoardLink link = BoardPort.Connect(parse.GetValue(port), keys, cancellation);
            BoardReport report = parse.GetValue(open) ? link.Open(other ?? keys, cancellation)
                : isFirst ? link.ProvisionFirst(keys, parse.GetValue(close), cancellation)
                : link.Provision(keys, parse.GetValue(close), other, cancellation);
            if (quiet)
            {
                Show.Json(BoardText.Document(report, model: null));
            }
            else
            {
                Console.Out.WriteLine($"The board at {link.Port} is {BoardText.Security(report)}.{(report.SecurityMode == SecurityMode.Open ? "" : $" Keep a copy of {keys.Path}: without it the board can only be erased.")}");
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static KeyFile Require(KeyFile? keys, bool open, bool close)
    {
        if (keys is null)
        {
            throw new InputRefusedException("provision needs the keys; give --key-file K, and make one with neuraledge provision --new-key K if there is none.");
        }

        if (open && close)
        {
            throw new InputRefusedException("--open and --close-reading cannot both be; give one of them.");
        }

        return open || keys.HasReplacement
            ? keys
            : throw new InputRefusedException($"{keys.Path} has one key only, and a board needs two, the second to replace the first; give the whole key file.");
    }

    /// <summary>Who may read a new key file, as the end of a clause.</summary>
    internal static string Privacy(bool isPrivate) => isPrivate
        ? "readable by you alone"
        : "which could not be made readable by you alone: whoever may read its folder may read the keys, so keep it in one that only you may read";

    private static void MakeFile(string path, bool json)
    {
        bool isPrivate = KeyFile.Create(path).IsPrivate;
        if (json)
        {
            Show.Json(new { file = path, isPrivate });
        }
        else
        {
            Console.Out.WriteLine($"Wrote a key and one to replace it to {path}, {Privacy(isPrivate)}. Keep a copy in a safe place, then for a new board, on your own desk: neuraledge provision --first --port P --key-file {path}");
        }
    }
}
