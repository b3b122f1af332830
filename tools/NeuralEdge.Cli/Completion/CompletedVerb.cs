using System.CommandLine;
using System.CommandLine.Completions;

namespace NeuralEdge.Cli.Completion;

/// <summary>A verb with what can stand behind it.</summary>
/// <param name="Name">The verb.</param>
/// <param name="Description">What it does.</param>
/// <param name="Words">Words that are chosen from instead of a file; none for most verbs.</param>
/// <param name="Options">Its options.</param>
internal sealed record CompletedVerb(string Name, string Description, IReadOnlyList<string> Words, IReadOnlyList<CompletedOption> Options)
{
    /// <summary>Those of a command line, as its help has them.</summary>
    /// <param name="root">The command line.</param>
    internal static IReadOnlyList<CompletedVerb> All(RootCommand root) =>
    [
        .. root.Subcommands.Where(verb => !verb.Hidden).Select(verb => new CompletedVerb(
            verb.Name,
            verb.Description ?? "",
            verb.Name == "help" ? [.. root.Subcommands.Select(other => other.Name)] : [.. verb.Arguments.SelectMany(argument => WordsOf(argument.GetCompletions))],
            [.. verb.Options.Where(option => !option.Hidden).Select(OfOption), new CompletedOption("--help", "Show help.", false, [])])),
    ];

    private static CompletedOption OfOption(Option option) =>
        new(option.Name, option.Description ?? "", option.ValueType != typeof(bool), [.. WordsOf(option.GetCompletions)]);

    private static IEnumerable<string> WordsOf(Func<CompletionContext, IEnumerable<CompletionItem>> completions) =>
        completions(CompletionContext.Empty).Select(item => item.InsertText ?? item.Label);
}

/// <summary>An option of a verb.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Description">What it does.</param>
/// <param name="HasValue">Whether a value follows.</param>
/// <param name="Values">What the value is chosen from; none for a file, a number or any text.</param>
internal sealed record CompletedOption(string Name, string Description, bool HasValue, IReadOnlyList<string> Values);
