using System.Text.RegularExpressions;

namespace NeuralEdge.Tests.Documents;

/// <summary>A fence of a document.</summary>
/// <param name="Kind">What stands behind the opening marks: sh, "sh hardware", bat, text, "text live", json, csharp, hex, or nothing.</param>
/// <param name="Lines">Its lines that are not empty.</param>
internal sealed record Fence(string Kind, string[] Lines);

/// <summary>A document of the repository: its fences, links and sentences.</summary>
internal sealed partial class Document
{
    private readonly string _running;

    /// <summary>Reads one.</summary>
    /// <param name="path">Its path below the folder of NeuralEdge.sln, with forward slashes.</param>
    internal Document(string path)
    {
        Path = path;
        Text = File.ReadAllText(Repository.PathOf(path)).ReplaceLineEndings("\n");
        Fences = [.. FenceText().Matches(Text).Select(m => new Fence(m.Groups["kind"].Value, [.. m.Groups["text"].Value.Split('\n').Where(line => line.Length > 0)]))];
        Prose = FenceText().Replace(Text, "");
        _running = Running(Text);
    }

    /// <summary>Every document of the repository, in the order of their paths.</summary>
    internal static Document[] All { get; } = [.. FindAll().Order(StringComparer.Ordinal).Select(path => new Document(path))];

    /// <summary>Its path below the folder of NeuralEdge.sln.</summary>
    internal string Path { get; }

    /// <summary>Its folder, "" for the root.</summary>
    internal string Folder => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.LastIndexOf('/')] : "";

    /// <summary>The whole text, lines ended by \n.</summary>
    internal string Text { get; }

    /// <summary>The text without its fences.</summary>
    internal string Prose { get; }

    /// <summary>Its fences in order.</summary>
    internal IReadOnlyList<Fence> Fences { get; }

    /// <summary>What stands between single backticks in the prose.</summary>
    internal IEnumerable<string> Codes => Code().Matches(Prose).Select(m => m.Groups["code"].Value);

    /// <summary>Where the links of the prose lead, as they are written.</summary>
    internal IEnumerable<string> Links => Link().Matches(Prose).Select(m => m.Groups["target"].Value);

    /// <summary>The anchors of its headings, as GitHub makes them.</summary>
    internal IEnumerable<string> Anchors => Heading().Matches(Prose)
        .Select(m => Punctuation().Replace(m.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>Claims that the document has a sentence, wherever its lines break.</summary>
    internal void MustSay(string sentence) => Assert.IsTrue(_running.Contains(Running(sentence), StringComparison.Ordinal), $"{Path} does not say: {sentence}");

    /// <summary>The cells of every row of the tables in it, heads and rulers too; \| is no border.</summary>
    internal IEnumerable<string[]> Rows() => Text.Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.EndsWith('|'))
        .Select(line => Border().Split(line)[1..^1].Select(cell => cell.Trim()).ToArray());

    private static IEnumerable<string> FindAll()
    {
        string[] top = [".github", "firmware", "shared", "tests", "tools"];
        return Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(top.SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.md", SearchOption.AllDirectories)))
            .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"));
    }

    private static string Running(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"^```(?<kind>[^\n]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FenceText();

    [GeneratedRegex(@"(?<!`)`(?<code>[^`\n]+)`(?!`)")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Border();
}
