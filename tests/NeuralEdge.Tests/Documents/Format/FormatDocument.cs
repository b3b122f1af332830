namespace NeuralEdge.Tests.Documents.Format;

/// <summary>FORMAT.md. Each test of a rule names the sentence that it holds, so that neither can go without the other.</summary>
internal static class FormatDocument
{
    internal const string Folder = "shared/NeuralEdge/Models/";

    internal static Document Text { get; } = new(Folder + "FORMAT.md");

    internal static void Says(string sentence) => Text.MustSay(sentence);
}
