using System.CommandLine;
using NeuralEdge.Cli.Demo;
using NeuralEdge.Cli.Output;

namespace NeuralEdge.Cli.Verbs;

/// <summary>The whole story in under a minute, without hardware.</summary>
internal static class DemoVerb
{
    internal static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        Option<bool> windows = new("--windows") { Description = "Show gestures instead: a network that sees a second of an accelerometer, in half a minute." };
        Command command = new("demo", "Show the whole story on a simulated board in under a minute.") { windows, json };
        command.SetAction((parse, cancellation) =>
        {
            bool quiet = parse.GetValue(json);
            DemoResult result = parse.GetValue(windows) ? new GestureDemo(quiet).Run(cancellation) : new GreenhouseDemo(quiet).Run(cancellation);
            if (quiet)
            {
                Show.Json(result);
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
