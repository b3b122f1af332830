using System.Globalization;
using System.Xml.Linq;
using NeuralEdge.Cli.Output;
using NeuralEdge.Learning.Evaluation;

namespace NeuralEdge.Cli.Reports.Pages;

/// <summary>Which class is taken for which.</summary>
internal static class ConfusionSection
{
    // More columns of names do not fit beside each other on a telephone.
    private const int MostColumns = 6;
    private const int MostPairs = 20;

    // About the pixels of a letter, of the room around a cell, and of a telephone between its margins.
    private const int Letter = 8;
    private const int Around = 16;
    private const int Telephone = 358;

    /// <summary>Rows, recall and precision of each class.</summary>
    internal static XElement Figures(IReadOnlyList<ClassFigures> classes, string noun) => Page.Facts(
        ["class", $"{noun}s", "found (recall)", "right when answered (precision)"],
        classes.Select(c => (string[])[c.Name, $"{c.Rows}", Show.Share(c.Recall), Show.Share(c.Precision)]));

    /// <summary>Counts[true][answered] from classes row by row.</summary>
    internal static int[][] Count(int classes, int[] truth, int[] answers)
    {
        int[][] counts = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
        for (int r = 0; r < truth.Length; r++)
        {
            counts[truth[r]][answers[r]]++;
        }

        return counts;
    }

    /// <summary>All pairs of classes where they are few and their names short, otherwise those that are confused most often.</summary>
    internal static IEnumerable<XElement> Counts(string[] names, int[][] counts, string truth, string noun)
    {
        if (names.Length <= MostColumns && (Letter * (names.Sum(name => name.Length) + names.Max(name => name.Length))) + (Around * (names.Length + 1)) <= Telephone)
        {
            return [Page.Explanation($"{char.ToUpperInvariant(noun[0])}{noun[1..]}s: the {truth} downwards, what the integers answer to the right."), Page.Matrix([truth, .. names], names, counts)];
        }

        var pairs = Enumerable.Range(0, names.Length)
            .SelectMany(t => Enumerable.Range(0, names.Length).Where(a => a != t && counts[t][a] > 0).Select(a => (Truth: t, Answer: a, Rows: counts[t][a])))
            .OrderByDescending(pair => pair.Rows)
            .ToArray();
        return pairs.Length == 0
            ? [Page.Sentence("No class is taken for another.")]
            :
            [
                Page.Explanation(pairs.Length > MostPairs ? $"The {MostPairs} commonest of {pairs.Length} ways to be wrong." : "Every way to be wrong, the commonest first."),
                Page.Facts([truth, "answered", $"{noun}s"], pairs.Take(MostPairs).Select(pair => (string[])[names[pair.Truth], names[pair.Answer], pair.Rows.ToString(CultureInfo.InvariantCulture)])),
            ];
    }
}
