using System.CommandLine;
using System.CommandLine.Parsing;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Cli.Verbs;

/// <summary>What is wrong with a command line, in one sentence.</summary>
internal static class UsageText
{
    // What other tools call it, or what they do and this one does not.
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["flash"] = Firmware,
        ["deploy"] = Firmware,
        ["install"] = Firmware,
        ["burn"] = Firmware,
        ["predict"] = DidYouMean("run"),
        ["infer"] = DidYouMean("run"),
        ["classify"] = DidYouMean("run"),
        ["evaluate"] = DidYouMean("verify"),
        ["devices"] = DidYouMean("ports"),
    };

    /// <summary>The first error of a command line that has one.</summary>
    internal static string Of(ParseResult parsed)
    {
        Command root = parsed.RootCommandResult.Command;
        Command verb = parsed.CommandResult.Command;
        string? unknown = UnknownOption(parsed) ?? (parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : WordThatIsNoFile(parsed));
        if (verb == root)
        {
            return NoVerb(root, unknown);
        }

        if (verb.Name == "help" && parsed.Errors.Count > 0 && parsed.UnmatchedTokens.Count == 0 && unknown?.StartsWith('-') != true)
        {
            return parsed.Errors[0].Message;
        }

        string wrong = unknown is null ? Wrong(parsed, verb)
            : IsBehindDashes(parsed, unknown) ? $"{verb.Name} takes no word that begins with a dash, as {unknown} does, behind --: leave the -- out where it is meant as an option"
            : $"{verb.Name} knows no {unknown}{Hint(parsed, verb, unknown)}";
        return $"{wrong}; see neuraledge {verb.Name} --help.";
    }

    /// <summary>That there is no such verb, and which there are.</summary>
    /// <param name="root">The command line.</param>
    /// <param name="unknown">What was given; null for nothing.</param>
    internal static string NoVerb(Command root, string? unknown)
    {
        string[] verbs = [.. root.Subcommands.Where(c => !c.Hidden).Select(c => c.Name)];
        bool isOption = unknown?.StartsWith('-') == true;
        string what = unknown is null ? "Give a verb"
            : isOption ? $"There is no option {unknown} without a verb{(Near(root.Options.Select(option => option.Name), unknown) is string option ? DidYouMean(option) : Near(verbs, unknown.TrimStart('-')) is string meant ? DidYouMean(meant) : "")}"
            : $"There is no verb {unknown}{(Elsewhere.TryGetValue(unknown, out string? hint) ? hint : Near(verbs, unknown) is string near ? DidYouMean(near) : "")}";
        return $"{what}: choose one of {string.Join(", ", verbs)}; neuraledge --help says what each does.";
    }

    /// <summary>
    /// What looks like an option and was taken for a file, because the library takes any word for an argument that is still wanted; null for
    /// none. Numbers may be below zero, and a file whose name begins with a dash can be given as ./-name.
    /// </summary>
    internal static string? UnknownOption(ParseResult parsed) => parsed.CommandResult.Children
        .OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens)
        .Select(token => token.Value)
        .FirstOrDefault(word => word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]) && word[1] != '.');

    private static string Firmware => " (upload sends a model to a board that has the firmware; firmware/README.md says how to deploy that)";

    private static string DidYouMean(string word) => $" (did you mean {word}?)";

    private static bool IsBehindDashes(ParseResult parsed, string unknown)
    {
        Token[] tokens = [.. parsed.Tokens];
        int dashes = Array.FindIndex(tokens, token => token.Type == TokenType.DoubleDash);
        return dashes >= 0 && unknown.StartsWith('-') && Array.FindIndex(tokens, token => token.Type != TokenType.DoubleDash && token.Value == unknown) > dashes;
    }

    // What is missing comes all at once, unless something else is wrong first.
    private static string Wrong(ParseResult parsed, Command verb)
    {
        Option[] options = [.. verb.Options.Where(option => option.Required && parsed.GetResult(option) is null or { Implicit: true })];
        bool IsMissing(ParseError error) => error.SymbolResult is ArgumentResult { Tokens.Count: 0, Argument.HelpName: not null, Parent: CommandResult }
            || Array.Exists(options, option => error.Message.Contains($"'{option.Name}'", StringComparison.Ordinal));
        ParseError first = parsed.Errors[0];
        if (!IsMissing(first))
        {
            return Sentence(first);
        }

        string[] missing =
        [
            .. parsed.Errors.Where(IsMissing).Select(error => error.SymbolResult).OfType<ArgumentResult>().Select(argument => argument.Argument.HelpName!),
            .. options.Select(option => option.HelpName is null ? option.Name : $"{option.Name} {option.HelpName}"),
        ];
        return missing.Length == 1 ? $"{missing[0]} is missing" : $"{string.Join(", ", missing[..^1])} and {missing[^1]} are missing";
    }

    // A verb that takes several files says which word cannot be one by the word itself.
    private static string? WordThatIsNoFile(ParseResult parsed)
    {
        string[] words = [.. parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)];
        return parsed.Errors.FirstOrDefault(error => words.Contains(error.Message))?.Message;
    }

    private static string Hint(ParseResult parsed, Command verb, string unknown)
    {
        if (unknown.StartsWith('-'))
        {
            if (verb.Options.Any(option => option.Name == unknown))
            {
                return " in front of it (options stand behind the verb)";
            }

            IEnumerable<string> words = verb.Name == "help" ? parsed.RootCommandResult.Command.Subcommands.Select(other => other.Name) : [];
            return Near(verb.Options.Select(option => option.Name), unknown) is string near ? DidYouMean(near)
                : Near(words, unknown.TrimStart('-')) is string word ? DidYouMean(word)
                : "";
        }

        string[] given = [.. parsed.Tokens.Select(token => token.Value)];
        int at = Array.IndexOf(given, unknown, Math.Min(2, given.Length));
        return at >= 2 && verb.Options.Any(option => option.Name == given[at - 2] && IsList(option))
            ? $" (one option's values are separated by commas: {given[at - 2]} {given[at - 1]},{unknown})"
            : "";
    }

    // A word that was cut short, or a slip or two of the fingers.
    private static string? Near(IEnumerable<string> names, string unknown)
    {
        string word = unknown.Split('=')[0].ToLowerInvariant();
        int most = word.Length > 3 ? 2 : 1;
        string[] all = [.. names];
        return all.Where(name => word.TrimStart('-').Length > 1 && name.StartsWith(word, StringComparison.Ordinal)).MinBy(name => name.Length)
            ?? all.Where(name => EditDistance.Of(name, word) <= most).MinBy(name => EditDistance.Of(name, word));
    }

    private static bool IsList(Option option) =>
        (option.HelpName ?? "").Contains(',', StringComparison.Ordinal) || (option.Description ?? "").Contains("commas", StringComparison.Ordinal);

    private static string Sentence(ParseError error) => error.SymbolResult switch
    {
        // What an option says itself of its value says more than its type does.
        OptionResult { Tokens.Count: 1 } option when error.Message.StartsWith($"{option.Option.Name} {option.Tokens[0].Value} ", StringComparison.Ordinal) => error.Message,
        OptionResult { Tokens.Count: 1 } option when Wanted(option.Option) is string wanted =>
            $"{option.Option.Name} {option.Tokens[0].Value}: {wanted} is wanted",
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
