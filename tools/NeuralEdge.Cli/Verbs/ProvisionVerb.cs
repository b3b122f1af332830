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
        Option<string?> port = new("--port") { HelpName = "P", Description = "The board; at its first time on a line where nobody listens." };
        Option<string?> keyFile = CommonOptions.KeyFile();
        keyFile.Description = $"The keys that the board is to have; without it, the file that {RequestStatusText.KeyVariable} names.";
        Option<string?> newKey = new("--new-key") { HelpName = "K", Description = "Make a key file and nothing else; with --key-file, one that replaces the keys of that file." };
        Option<string?> now = new("--key-now") { HelpName = "K", Description = "The key file that a keyed board was provisioned with, if its second key is not in the new one." };
        Option<bool> close = new("--close-reading") { Description = "Reading the model, questions and live values are to need the key, too." };
        Option<bool> open = new("--open") { Description = "Take the keys of --key-file out of the board: anybody may change it then." };
        Option<bool> json = CommonOptions.Json();
        Command command = new("provision", "Make a board keyed, so that only who has the key may change it.") { port, keyFile, newKey, now, close, open, json };
        command.SetAction((parse, cancellation) =>
        {
            KeyFile? keys = CommonOptions.Keys(parse, keyFile);
            bool quiet = parse.GetValue(json);
            if (parse.GetValue(newKey) is string path)
            {
                if (parse.GetValue(port) is not null || parse.GetValue(open) || parse.GetValue(close))
                {
                    throw new InputRefusedException("--new-key makes a key file and nothing else; keep a copy of it first, then give it to the board with --key-file.");
                }

                MakeFile(path, keys, quiet);
                return Task.FromResult(ExitCode.Done);
            }

            string board = parse.GetValue(port) ?? throw new InputRefusedException("provision needs a board or a file to make; give --port P with --key-file K, or --new-key K.");
            keys = Require(keys, parse.GetValue(open), parse.GetValue(close));
            KeyFile? other = parse.GetValue(now) is string second ? KeyFile.Load(second) : null;
            using BoardLink link = BoardPort.Connect(board, keys, cancellation);
            BoardReport report = parse.GetValue(open) ? link.Open(other ?? keys, cancellation) : link.Provision(keys, parse.GetValue(close), other, cancellation);
            if (quiet)
            {
                Show.Json(BoardText.Document(report, model: null));
            }
            else
            {
                Console.Out.WriteLine($"The board at {board} is {BoardText.Security(report)}.{(report.SecurityMode == SecurityMode.Open ? "" : $" Keep a copy of {keys.Path}: without it the board can only be erased.")}");
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

    private static void MakeFile(string path, KeyFile? before, bool json)
    {
        KeyFile.Create(path, before);
        if (json)
        {
            Show.Json(new { file = path });
        }
        else
        {
            Console.Out.WriteLine($"Wrote a key and one to replace it to {path}, for your eyes only. Keep a copy in a safe place, then: neuraledge provision --port P --key-file {path}");
        }
    }
}
