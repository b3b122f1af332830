using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;

namespace NeuralEdge.Cli.Verbs;

/// <summary>The library's help with what it does not know: examples, and what the exit codes mean.</summary>
/// <param name="library">The library's own.</param>
internal sealed class HelpWithExamples(HelpAction library) : SynchronousCommandLineAction
{
    private static readonly string[] ExitCodes =
    [
        "0  done",
        "1  the command line does not say what to do",
        "2  a file or a value was refused",
        "3  the link or the board failed, doctor found something, or Ctrl+C came before it was done",
    ];

    /// <summary>Whoever asks for help need not give what the verb needs.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        TextWriter writer = parseResult.InvocationConfiguration.Output;
        string verb = parseResult.CommandResult.Command.Name;
        bool isRoot = parseResult.CommandResult.Command == parseResult.RootCommandResult.Command;
        int code;
        if (isRoot)
        {
            using StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = writer.NewLine };
            parseResult.InvocationConfiguration.Output = text;
            code = library.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output = writer;
            writer.Write(WithBrackets(text.ToString(), parseResult.RootCommandResult.Command));
        }
        else
        {
            code = library.Invoke(parseResult);
        }

        Write(writer, "Examples", isRoot ? Examples.First : Examples.Of(verb));
        if (isRoot)
        {
            Write(writer, "Exit codes", ExitCodes);
        }

        return code;
    }

    // In its list of verbs the library shows an argument that may be left out like one that may not.
    private static string WithBrackets(string text, Command root)
    {
        foreach (Command verb in root.Subcommands)
        {
            foreach (Argument argument in verb.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues == 0))
            {
                text = text.Replace($"  {verb.Name} <{argument.HelpName}>  ", $"  {verb.Name} [<{argument.HelpName}>]", StringComparison.Ordinal);
            }
        }

        return text;
    }

    private static void Write(TextWriter writer, string title, IEnumerable<string> lines)
    {
        writer.WriteLine(title + ":");
        foreach (string line in lines)
        {
            writer.WriteLine("  " + line);
        }

        writer.WriteLine();
    }
}
