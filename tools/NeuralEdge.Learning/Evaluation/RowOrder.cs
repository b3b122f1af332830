using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>
/// Whether neighbouring rows of a table are alike, as those of a log are. Rows held out at random then lie between rows that were
/// learned, and the score says nothing of another day.
/// </summary>
public static class RowOrder
{
    // Of 820 shuffled tables none was below the first or above the second; 33 public ones lie as they should.
    private const double LargestOfLogs = 0.75;
    private const double FewestSigmas = 4;

    // One input of many is smooth by chance more often than half of them: none was in 650 shuffled tables of 2 to 64 inputs.
    private const double LargestOfOne = 0.5;
    private const double FewestSigmasOfOne = 5;

    /// <summary>
    /// How much neighbouring rows differ beside what rows far apart do: 0 smooth, 1 no order. The ratio of von Neumann (1941) on
    /// ranks, within each class, the median over the inputs that change; NaN when there is no such input. Of classes it is the
    /// smoothest input's where no chance makes one so smooth: a single sensor that drifts lets every score flatter.
    /// </summary>
    /// <param name="data">The rows in the order of their file.</param>
    public static double Roughness(DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        int[][] groups = data.Task == TaskKind.Classify
            ? [.. Enumerable.Range(0, data.ClassNames.Length).Select(c => Enumerable.Range(0, data.Count).Where(r => data.Classes[r] == c).ToArray())]
            : [[.. Enumerable.Range(0, data.Count)]];
        double[] ofInputs = [.. Enumerable.Range(0, data.InputNames.Length)
            .Select(i => OfColumn([.. groups.Select(rows => Array.ConvertAll(rows, r => data.Inputs[r][i]))]))
            .Where(double.IsFinite)
            .Order()];
        if (ofInputs.Length == 0)
        {
            return double.NaN;
        }

        int half = ofInputs.Length / 2;
        double median = ofInputs.Length % 2 == 1 ? ofInputs[half] : (ofInputs[half - 1] + ofInputs[half]) / 2;

        // A quantity may well be sorted by size, which any input that tells it then follows.
        bool driftsAlone = data.Task == TaskKind.Classify && ofInputs[0] < LargestOfOne && (1 - ofInputs[0]) * Math.Sqrt(data.Count) > FewestSigmasOfOne;
        return driftsAlone && !IsLog(median, data.Count) ? ofInputs[0] : median;
    }

    /// <summary>True when the order of the rows says so much that they must be judged in stretches.</summary>
    /// <param name="roughness">As <see cref="Roughness"/> gives it.</param>
    /// <param name="rows">How many rows there are.</param>
    public static bool IsLog(double roughness, int rows) =>
        roughness < LargestOfLogs && (1 - roughness) * Math.Sqrt(rows) > FewestSigmas;

    private static double OfColumn(double[][] groups)
    {
        double sum = 0;
        int pairs = 0;
        foreach (double[] values in groups)
        {
            double[] ranks = Ranks(values);
            double mean = ranks.Length == 0 ? 0 : ranks.Average();
            double variance = ranks.Length == 0 ? 0 : ranks.Average(r => (r - mean) * (r - mean));
            if (variance > 0)
            {
                for (int i = 1; i < ranks.Length; i++)
                {
                    sum += (ranks[i] - ranks[i - 1]) * (ranks[i] - ranks[i - 1]) / (2 * variance);
                }

                pairs += ranks.Length - 1;
            }
        }

        return pairs > 0 ? sum / pairs : double.NaN;
    }

    // Equal values have the mean of their ranks.
    private static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort((double[])values.Clone(), order);
        double[] ranks = new double[values.Length];
        for (int i = 0; i < order.Length;)
        {
            int end = i;
            while (end < order.Length && values[order[end]] == values[order[i]])
            {
                end++;
            }

            for (int k = i; k < end; k++)
            {
                ranks[order[k]] = (i + end - 1) / 2.0;
            }

            i = end;
        }

        return ranks;
    }
}
