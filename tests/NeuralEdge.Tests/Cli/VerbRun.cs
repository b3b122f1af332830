using System.Globalization;
using NeuralEdge.Cli;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Host;

namespace NeuralEdge.Tests.Cli;

/// <summary>
/// The tool in this process, talking to a board of the test's. It takes the process's standard output over, so only classes that are
/// marked DoNotParallelize may use it.
/// </summary>
internal static class VerbRun
{
    /// <summary>Runs one command line to its end.</summary>
    /// <param name="connect">The board; null for none.</param>
    /// <param name="arguments">The command line after the tool's name.</param>
    internal static ToolResult Run(Func<BoardLink>? connect, params string[] arguments)
    {
        TextWriter output = Console.Out;
        TextWriter error = Console.Error;
        using StringWriter said = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using StringWriter failed = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        try
        {
            Console.SetOut(said);
            Console.SetError(failed);
            BoardPort.Use(connect);
            int code = Program.RunAsync(arguments, CancellationToken.None).GetAwaiter().GetResult();
            return new ToolResult(string.Join(' ', arguments), code, said.ToString(), failed.ToString());
        }
        finally
        {
            BoardPort.Use(null);
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
