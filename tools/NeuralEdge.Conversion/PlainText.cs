using System.Text.RegularExpressions;

namespace NeuralEdge.Conversion;

/// <summary>
/// Sentences that name options, for somebody at a page who has none: what speaks of an option is left out. Where a page has a control for
/// it, the sentence is a <see cref="Saying"/> and says so itself.
/// </summary>
public static partial class PlainText
{
    /// <summary>What is left when a sentence spoke of nothing else.</summary>
    public const string Nothing = "That cannot be changed on this page.";

    /// <summary>Leaves out what names an option.</summary>
    /// <param name="text">Sentences.</param>
    /// <returns>The same text when there is none in it; never one with an option.</returns>
    public static string WithoutOptions(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!HasOption(text))
        {
            return text;
        }

        string[] sentences = [.. EndOfSentence().Split(InBrackets().Replace(text, "")).Select(Sentence).Where(sentence => sentence.Length > 0)];
        return sentences.Length == 0 ? Nothing : string.Join(' ', sentences);
    }

    private static bool HasOption(string text) => Option().IsMatch(text);

    private static string Sentence(string sentence)
    {
        if (!HasOption(sentence))
        {
            return sentence;
        }

        string kept = string.Join("; ", sentence.Split("; ").Select(Clause).Where(clause => clause.Length > 0));
        return kept.Length == 0 || kept[^1] is '.' or '!' or '?' ? kept : kept + ".";
    }

    // A condition whose consequence is an option says nothing without it.
    private static string Clause(string clause)
    {
        while (HasOption(clause))
        {
            int option = Option().Match(clause).Index;
            int cut = clause.AsSpan(0, option).LastIndexOfAny(',', ':');
            clause = cut < 0 ? "" : clause[..cut];
            int last = clause.AsSpan().LastIndexOfAny(',', ':');
            if (clause.AsSpan(last + 1).TrimStart().StartsWith("if ", StringComparison.Ordinal))
            {
                clause = last < 0 ? "" : clause[..last];
            }
        }

        return clause;
    }

    [GeneratedRegex(@"(?<=[.!?])\s+(?=[\p{Lu}""'])")]
    private static partial Regex EndOfSentence();

    [GeneratedRegex(@"(?<![\w-])--[a-z]")]
    private static partial Regex Option();

    [GeneratedRegex(@"\s*\([^()]*(?<![\w-])--[a-z][^()]*\)")]
    private static partial Regex InBrackets();
}
