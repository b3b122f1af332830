using System.CommandLine;
using NeuralEdge.Modeling;
using NeuralEdge.Modeling.Factory;
using NeuralEdge.Modeling.Kernels;

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

            Write(path, FactoryModelSource.Write());
            foreach ((string kernels, string text) in KernelSource.Files())
            {
                Write(kernels, text);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        Console.Out.WriteLine($"Wrote {path}.");
    }
}
