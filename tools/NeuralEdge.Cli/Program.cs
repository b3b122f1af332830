using System.CommandLine;
using NeuralEdge.Cli.Output;
using NeuralEdge.Cli.Sessions;
using NeuralEdge.Cli.Verbs;
using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Host;
using NeuralEdge.Simulator;

namespace NeuralEdge.Cli;

/// <summary>The tool: parses the command line, runs one verb, and turns every failure into a sentence and an exit code.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        StandardStreams.Open();
        using Interruption interruption = new();
        return StandardStreams.ExitCodeOf(await RunAsync(args, interruption.Token));
    }

    /// <summary>Runs one command line.</summary>
    /// <param name="args">What follows the tool's name.</param>
    /// <param name="cancellation">Cancelled when the command is to end.</param>
    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(string[] args, CancellationToken cancellation)
    {
        RootCommand root = CommandTree.For(args);
        if (args.Length == 0)
        {
            // Help, but no success: nothing was done.
            root.Parse("--help").Invoke(new InvocationConfiguration { Output = Console.Error });
            return ExitCode.WrongUsage;
        }

        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 || UsageText.UnknownOption(parsed) is not null)
        {
            return Fail(ExitCode.WrongUsage, UsageText.Of(parsed));
        }

        // Ctrl+C is ours: the parser's own handling of it begins only once a verb waits for something.
        InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (InputRefusedException e)
        {
            return Fail(ExitCode.InputRefused, e.Message);
        }
        catch (BoardChoiceException e)
        {
            return Fail(ExitCode.WrongUsage, e.Message);
        }
        catch (Exception e) when (e is BoardLinkException or SimulatorException)
        {
            return Fail(ExitCode.BoardFailed, e.Message);
        }
        catch (OutputLostException)
        {
            // The exit code says so, and a sentence where one can be written.
            return ExitCode.InputRefused;
        }
        catch (OperationCanceledException)
        {
            return Fail(ExitCode.BoardFailed, "Stopped before it was finished.");
        }
        catch (Exception e)
        {
            // A person can do nothing with a stack trace; the type and the message are what a report needs.
            return Fail(ExitCode.BoardFailed, $"neuraledge failed in a way nobody foresaw ({e.GetType().Name}: {OneLine(e.Message)}); please report it with the command you typed.");
        }
    }

    private static int Fail(int code, string sentence)
    {
        Console.Error.WriteLine(Harmless.Line(sentence));
        return code;
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}
