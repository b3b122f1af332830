using System.CommandLine;
using NeuralEdge.Cli.Demo;

namespace NeuralEdge.Cli.Verbs;

/// <summary>The whole story in under a minute, without hardware.</summary>
internal static class DemoVerb
{
    internal static Command Create()
    {
        Command command = new("demo", "Show the whole story on a simulated board in under a minute.");
        command.SetAction((_, cancellation) =>
        {
            new GreenhouseDemo().Run(cancellation);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
