using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>Names out of foreign files, fit to stand in a sentence.</summary>
internal static class ForeignName
{
    private const int Longest = 60;

    /// <summary>A name in quotes, without control characters, and not longer than a line can bear.</summary>
    internal static string Quote(string name) =>
        "\"" + Harmless.Line(name.Length <= Longest ? name : name[..(Longest - 3)] + "...") + "\"";
}
