using System.Text.RegularExpressions;

namespace NeuralEdge.Tests.Documents;

/// <summary>A document of the repository: its fences, links and sentences.</summary>
internal sealed partial class Document
{
    private readonly string _running;

    /// <summary>Reads one.</summary>
    /// <param name="path">Its path below the folder of NeuralEdge.sln.</param>
    internal Document(string path)
    {
        Path = path;
        Text = File.ReadAllText(Repository.PathOf(path)).ReplaceLineEndings("\n");
        _running = Running(Text);
    }

    /// <summary>Its path below the folder of NeuralEdge.sln.</summary>
    internal string Path { get; }

    /// <summary>The whole text, lines ended by \n.</summary>
    internal string Text { get; }

    /// <summary>Claims that the document has a sentence, wherever its lines break.</summary>
    internal void MustSay(string sentence) => Assert.IsTrue(_running.Contains(Running(sentence), StringComparison.Ordinal), $"{Path} does not say: {sentence}");

    /// <summary>The cells of every row of the tables in it, heads and rulers too; \| is no border.</summary>
    internal IEnumerable<string[]> Rows() => Text.Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.EndsWith('|'))
        .Select(line => Border().Split(line)[1..^1].Select(cell => cell.Trim()).ToArray());

    /// <summary>Text of every fence of a kind.</summary>
    internal IEnumerable<string> Fences(string kind) => Fence().Matches(Text).Where(m => m.Groups["kind"].Value == kind).Select(m => m.Groups["text"].Value);

    private static string Running(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"^```(?<kind>[^\n]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Border();
}
