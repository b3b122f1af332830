using System.Globalization;
using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Data.Columns;

/// <summary>The classes behind the labels of a table: labels that differ in case or blanks alone are one, and so are 1 and 1.0.</summary>
internal sealed class ClassLabels
{
    private readonly bool _numbers;
    private readonly Dictionary<string, int> _classes;

    private ClassLabels(bool numbers, string[] names, string[] merged, Dictionary<string, int> classes)
    {
        _numbers = numbers;
        Names = names;
        Merged = merged;
        _classes = classes;
    }

    /// <summary>The classes: numbers by size, texts by code point; each in its most frequent spelling, as it may be shown.</summary>
    internal string[] Names { get; }

    /// <summary>For each class that is spelled in several ways: those ways, the name first, separated by commas.</summary>
    internal string[] Merged { get; }

    /// <summary>Finds the classes of labels.</summary>
    /// <param name="labels">The labels, none missing.</param>
    internal static ClassLabels Of(IReadOnlyList<string> labels)
    {
        string[] spellings = [.. labels.Distinct(StringComparer.Ordinal)];
        bool numbers = Array.TrueForAll(spellings, n => NumberText.TryParse(n, true, out double value) && double.IsFinite(value));
        Dictionary<string, int> counts = labels.CountBy(l => l, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        List<(string Name, string Key, string Ways)> classes = [];
        foreach (IGrouping<string, string> group in spellings.GroupBy(s => KeyOf(s, numbers), StringComparer.Ordinal))
        {
            string[] ways = [.. group.OrderByDescending(s => counts[s]).ThenBy(s => s, StringComparer.Ordinal)];
            string name = numbers ? group.Key : Harmless.Line(ways[0]);
            classes.Add((name, group.Key, ways.Length > 1 ? string.Join(", ", ways.Select(NumberText.Quote)) : string.Empty));
        }

        classes = numbers
            ? [.. classes.OrderBy(c => double.Parse(c.Key, CultureInfo.InvariantCulture))]
            : [.. classes.OrderBy(c => c.Name, StringComparer.Ordinal)];
        return new ClassLabels(
            numbers,
            [.. classes.Select(c => c.Name)],
            [.. classes.Select(c => c.Ways).Where(ways => ways.Length > 0)],
            Enumerable.Range(0, classes.Count).ToDictionary(c => classes[c].Key, StringComparer.Ordinal));
    }

    /// <summary>The class of a label, -1 when it is none.</summary>
    internal int ClassOf(string label) => _classes.GetValueOrDefault(KeyOf(label, _numbers), -1);

    private static string KeyOf(string label, bool numbers) => numbers && NumberText.TryParse(label, true, out double value)
        ? (value == 0 ? 0 : value).ToString("R", CultureInfo.InvariantCulture)
        : string.Join(' ', label.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();
}
