using System.CommandLine;
using System.CommandLine.Parsing;

namespace NeuralEdge.Cli;

/// <summary>What is wrong with a command line, in one sentence.</summary>
internal static class UsageText
{
    /// <summary>The first error of a command line that has one.</summary>
    internal static string Of(ParseResult parsed)
    {
        Command root = parsed.RootCommandResult.Command;
        Command verb = parsed.CommandResult.Command;
        string verbs = string.Join(", ", root.Subcommands.Where(c => !c.Hidden).Select(c => c.Name));
        string? unknown = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null;
        if (verb == root)
        {
            string what = unknown is null ? "Give a verb" : $"There is no verb {unknown}";
            return $"{what}: choose one of {verbs}; neuraledge --help says what each does.";
        }

        string wrong = unknown is null ? Sentence(parsed.Errors[0]) : $"{verb.Name} knows no {unknown}";
        return $"{wrong}; see neuraledge {verb.Name} --help.";
    }

    private static string Sentence(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens.Count: 1 } option when Wanted(option.Option) is string wanted =>
            $"{option.Option.Name} {option.Tokens[0].Value}: {wanted} is wanted",
        ArgumentResult { Tokens.Count: 0, Argument: { HelpName: not null } argument, Parent: CommandResult } =>
            $"{argument.HelpName} is missing: {argument.Description?.TrimEnd('.')}",
        _ => OneLine(error.Message),
    };

    private static string? Wanted(Option option)
    {
        Type type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        return type.IsEnum ? "one of " + string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()
            : type == typeof(int) || type == typeof(long) ? $"a whole number up to {(type == typeof(int) ? int.MaxValue : long.MaxValue)}"
            : type == typeof(double) ? "a number like 2.5"
            : option.HelpName;
    }

    // Lists of what fits come on lines of their own.
    private static string OneLine(string message) =>
        string.Join(' ', message.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).TrimEnd('.');
}
