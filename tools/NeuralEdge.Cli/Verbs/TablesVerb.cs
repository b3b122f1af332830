using System.CommandLine;
using NeuralEdge.Modeling;
using NeuralEdge.Modeling.Tables;

namespace NeuralEdge.Cli.Verbs;

/// <summary>Makes the tables of the core's functions; for people who change NeuralEdge itself.</summary>
internal static class TablesVerb
{
    internal static Command Create()
    {
        Option<bool> check = new("--check") { Description = "Write nothing; refuse when a source is not what would be written." };
        Command command = new("tables", "Fit the tables of tanh and exp and write their sources, from the folder of NeuralEdge.sln.") { check };
        command.Hidden = true;
        command.SetAction(parse =>
        {
            Handle(TableSources.TanhPath, TableSources.Tanh, parse.GetValue(check));
            Handle(TableSources.ExponentialPath, TableSources.OfExponential, parse.GetValue(check));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Handle(string path, Func<string> make, bool check)
    {
        if (!File.Exists(path))
        {
            throw new InputRefusedException($"there is no {path} here; run this in the folder of NeuralEdge.sln.");
        }

        string source = make();
        if (!check)
        {
            File.WriteAllText(path, source);
            Console.Out.WriteLine($"wrote {path}");
        }
        else if (File.ReadAllText(path).ReplaceLineEndings("\n") == source)
        {
            Console.Out.WriteLine($"{path} is what its fit gives");
        }
        else
        {
            throw new InputRefusedException($"{path} is not what its fit gives; run \"neuraledge tables\" to write it again.");
        }
    }
}
