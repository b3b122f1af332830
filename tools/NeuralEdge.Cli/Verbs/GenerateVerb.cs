using System.CommandLine;
using NeuralEdge.Modeling;
using NeuralEdge.Modeling.Factory;

namespace NeuralEdge.Cli.Verbs;

/// <summary>Writes the sources of the core that a program makes; for people who change NeuralEdge itself.</summary>
internal static class GenerateVerb
{
    internal static Command Create()
    {
        Command command = new("generate", "Write the generated sources of the core again, from the folder of NeuralEdge.sln.") { Hidden = true };
        command.SetAction(_ =>
        {
            string path = Path.Combine("shared", "NeuralEdge.Core", "Models", "FactoryModel.cs");
            if (!File.Exists(path))
            {
                throw new InputRefusedException($"There is no {path} here; run this in the folder of NeuralEdge.sln.");
            }

            File.WriteAllText(path, FactoryModelSource.Write());
            Console.Out.WriteLine($"Wrote {path}.");
            return ExitCode.Done;
        });
        return command;
    }
}
