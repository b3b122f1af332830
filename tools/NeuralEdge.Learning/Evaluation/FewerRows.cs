using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>Less of a table, as if less had been recorded: of a log the first part of each of five stretches, otherwise rows at random.</summary>
internal static class FewerRows
{
    private const long Seed = 0xFE3E5;

    /// <summary>A share of each class's rows, or of all when there are none; of each at least two.</summary>
    /// <param name="data">The rows in the order of their file.</param>
    /// <param name="share">Above 0, up to 1.</param>
    internal static DataSet Of(DataSet data, double share)
    {
        if (share >= 1)
        {
            return data;
        }

        bool isLog = RowOrder.IsLog(RowOrder.Roughness(data), data.Count);
        PortableRandom random = new(Seed);
        IEnumerable<int[]> groups = data.Task == TaskKind.Classify
            ? Enumerable.Range(0, data.ClassNames.Length).Select(c => Enumerable.Range(0, data.Count).Where(r => data.Classes[r] == c).ToArray())
            : [[.. Enumerable.Range(0, data.Count)]];
        return data.Select([.. groups.SelectMany(rows => isLog ? Stretches(rows, share) : AtRandom(rows, share, random)).Order()]);
    }

    private static IEnumerable<int> Stretches(int[] rows, double share) =>
        rows.Where((_, i) => i < 2 || (double)i * Partition.Parts / rows.Length % 1 < share);

    private static IEnumerable<int> AtRandom(int[] rows, double share, PortableRandom random)
    {
        random.Shuffle(rows);
        return rows.Take(Math.Max(2, (int)Math.Round(share * rows.Length)));
    }
}
