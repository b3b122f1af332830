using System.Text.RegularExpressions;

namespace NeuralEdge.Tests.Link;

/// <summary>The text of PROTOCOL.md.</summary>
internal static partial class ProtocolText
{
    public static string Whole { get; } = File.ReadAllText(Repository.PathOf("shared/NeuralEdge.Board/Link/PROTOCOL.md"));

    /// <summary>The sentence that a test holds the board to stands in the document, however its lines are broken.</summary>
    public static void Says(string sentence) => StringAssert.Contains(Space().Replace(Whole, " "), sentence);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
