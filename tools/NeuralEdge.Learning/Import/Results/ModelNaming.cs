using System.Text;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Import.Results;

/// <summary>Gives the inputs and the outputs of an imported network their names.</summary>
internal static class ModelNaming
{
    /// <summary>The network with the given names where a model file can hold them and they differ; else with made-up ones.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">One for each input, or null when the file names none.</param>
    /// <param name="outputs">One for each output, or null when the file names none.</param>
    /// <param name="ranges">One for each input, or null when none is known.</param>
    internal static FloatModel Name(
        FloatNetwork network, IReadOnlyList<string>? inputs, IReadOnlyList<string>? outputs, (double Minimum, double Maximum)[]? ranges)
    {
        string[] inputNames = UsableOrNumbered(inputs, network.InputCount, "x");
        string[] outputNames = UsableOrNumbered(outputs, network.OutputCount, "y");
        return new FloatModel(
            network,
            [.. inputNames.Select((name, i) => new InputSpec(name, "", ranges?[i].Minimum, ranges?[i].Maximum))],
            Array.ConvertAll(outputNames, name => new OutputSpec(name)));
    }

    /// <summary>The name that is made up for one of several inputs or outputs.</summary>
    /// <param name="prefix">x or y.</param>
    /// <param name="index">Which of them, from 0.</param>
    internal static string Numbered(string prefix, int index) => $"{prefix}{index + 1}";

    private static string[] UsableOrNumbered(IReadOnlyList<string>? names, int count, string prefix)
    {
        bool usable = names is not null
            && names.Count == count
            && names.Distinct(StringComparer.Ordinal).Count() == count
            && names.All(IsUsable);
        return usable ? [.. names!] : [.. Enumerable.Range(0, count).Select(i => count == 1 ? prefix : Numbered(prefix, i))];
    }

    // A model file can hold the name, and a table can have it as a column; half a surrogate pair reads as a replacement character.
    private static bool IsUsable(string name) =>
        name.Length > 0
        && name.Trim().Length == name.Length
        && Harmless.Line(name) == name
        && !name.EnumerateRunes().Contains(Rune.ReplacementChar)
        && Encoding.UTF8.GetByteCount(name) <= Names.MostBytes;
}
