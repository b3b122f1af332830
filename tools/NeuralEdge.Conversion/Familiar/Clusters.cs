using NeuralEdge.Conversion.FloatModels;

namespace NeuralEdge.Conversion.Familiar;

/// <summary>
/// Groups of rows that lie close together: k-means (Lloyd 1982), begun at rows that are drawn far from one another (k-means++,
/// Arthur and Vassilvitskii 2007). The same rows give the same groups on every machine.
/// </summary>
internal static class Clusters
{
    private const int Rounds = 25;
    private const long Seed = 1;

    /// <summary>The cluster of each row.</summary>
    /// <param name="rows">At least one row.</param>
    /// <param name="count">Most clusters; fewer where rows are equal.</param>
    /// <param name="cancellation">Looked at once a round.</param>
    /// <returns>For each row the number of its cluster; every number up to the largest has a row.</returns>
    internal static int[] Assign(IReadOnlyList<int[]> rows, int count, CancellationToken cancellation)
    {
        List<double[]> means = Begin(rows, count);
        int[] cluster = new int[rows.Count];
        for (int round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            bool moved = round == 0;
            for (int r = 0; r < rows.Count; r++)
            {
                int nearest = Nearest(rows[r], means);
                moved |= nearest != cluster[r];
                cluster[r] = nearest;
            }

            if (!moved)
            {
                break;
            }

            for (int k = 0; k < means.Count; k++)
            {
                means[k] = MeanOf(rows, cluster, k) ?? means[k];
            }
        }

        int[] used = [.. cluster.Distinct().Order()];
        return Array.ConvertAll(cluster, k => Array.IndexOf(used, k));
    }

    private static List<double[]> Begin(IReadOnlyList<int[]> rows, int count)
    {
        PortableRandom random = new(Seed);
        List<double[]> means = [Array.ConvertAll(rows[random.Next(rows.Count)], value => (double)value)];
        double[] distances = [.. Enumerable.Repeat(double.MaxValue, rows.Count)];
        while (means.Count < count)
        {
            double total = 0;
            for (int r = 0; r < rows.Count; r++)
            {
                distances[r] = Math.Min(distances[r], Distance(rows[r], means[^1]));
                total += distances[r];
            }

            if (total == 0)
            {
                break;
            }

            double drawn = random.NextDouble() * total;
            int next = 0;
            while (next < rows.Count - 1 && drawn >= distances[next])
            {
                drawn -= distances[next++];
            }

            means.Add(Array.ConvertAll(rows[next], value => (double)value));
        }

        return means;
    }

    private static int Nearest(int[] row, List<double[]> means)
    {
        int nearest = 0;
        double least = double.MaxValue;
        for (int k = 0; k < means.Count; k++)
        {
            double distance = Distance(row, means[k]);
            if (distance < least)
            {
                (nearest, least) = (k, distance);
            }
        }

        return nearest;
    }

    private static double Distance(int[] row, double[] mean)
    {
        double sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            double d = row[i] - mean[i];
            sum += d * d;
        }

        return sum;
    }

    /// <summary>The mean of a cluster; null when it has no row.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="cluster">The cluster of each.</param>
    /// <param name="number">Which cluster.</param>
    internal static double[]? MeanOf(IReadOnlyList<int[]> rows, int[] cluster, int number)
    {
        double[] sum = new double[rows[0].Length];
        int count = 0;
        for (int r = 0; r < rows.Count; r++)
        {
            if (cluster[r] == number)
            {
                count++;
                for (int i = 0; i < sum.Length; i++)
                {
                    sum[i] += rows[r][i];
                }
            }
        }

        return count == 0 ? null : Array.ConvertAll(sum, s => s / count);
    }
}
