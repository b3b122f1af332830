using NeuralEdge.Conversion.Text;

namespace NeuralEdge.Learning.Data;

/// <summary>Finds classes of so few rows that they are more likely misspelt than met.</summary>
internal static class RareLabels
{
    /// <summary>A class of fewer rows can neither be learned nor judged.</summary>
    internal const int FewestRows = 5;

    private const double RareShare = 0.02;
    private const int FarthestSlip = 2;
    private const int TimesAsMany = 5;
    private const int Listed = 3;

    /// <summary>Tells of each such class, with the one that was perhaps meant.</summary>
    /// <param name="data">The rows; nothing is found among quantities.</param>
    /// <param name="findings">Told of each.</param>
    internal static void Run(DataSet data, List<DataFinding> findings)
    {
        int[] counts = [.. Enumerable.Range(0, data.ClassNames.Length).Select(c => data.Classes.Count(k => k == c))];
        for (int c = 0; c < counts.Length; c++)
        {
            string? meant = counts[c] < FewestRows ? Meant(data.ClassNames, counts, c) : null;
            if (counts[c] is 0 or >= FewestRows || (meant is null && counts[c] >= RareShare * data.Count))
            {
                continue;
            }

            int[] lines = [.. Enumerable.Range(0, data.Count).Where(r => data.Classes[r] == c).Select(r => data.Lines[r])];
            string where = $"line{(lines.Length == 1 ? "" : "s")} {string.Join(", ", lines.Take(Listed))}{(lines.Length > Listed ? ", ..." : "")}";
            string advice = meant is null ? "too few to learn from or to judge by" : $"did you mean {NumberText.Quote(meant)}?";
            findings.Add(new DataFinding(
                DataFindingKind.RareLabel,
                $"{NumberText.Quote(data.ClassNames[c])} in {NumberText.Quote(data.TargetNames[0])} has {NumberText.Count(lines.Length, data.Noun)} ({where}); {advice}")
            {
                Column = data.TargetNames[0],
                Rows = lines.Length,
            });
        }
    }

    // Labels that differ in a number alone are meant to, and of two letters two changes leave nothing.
    private static string? Meant(string[] names, int[] counts, int rare)
    {
        string Letters(int c) => string.Concat(names[c].Where(letter => !char.IsDigit(letter))).ToUpperInvariant();
        int Distance(int c) => EditDistance.Of(names[c].ToUpperInvariant(), names[rare].ToUpperInvariant());
        int[] near = [.. Enumerable.Range(0, names.Length).Where(c => c != rare
            && counts[c] >= TimesAsMany * counts[rare]
            && Letters(c) != Letters(rare)
            && Distance(c) <= FarthestSlip
            && Distance(c) < Math.Min(names[c].Length, names[rare].Length))];
        return near.Length == 0 ? null : names[near.OrderBy(Distance).ThenByDescending(c => counts[c]).First()];
    }
}
