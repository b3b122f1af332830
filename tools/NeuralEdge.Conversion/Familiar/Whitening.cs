using NeuralEdge.Models;

namespace NeuralEdge.Conversion.Familiar;

/// <summary>
/// The triangular matrix that makes the values within clusters independent and of deviation 1: the inverse of the Cholesky factor
/// of their covariance, so that distances behind it are those of Mahalanobis.
/// </summary>
internal static class Whitening
{
    /// <summary>Deviation 1 in the units of deviations and whitened values.</summary>
    internal const int One = 16;

    // Few rows exaggerate how inputs go together.
    private const double Shrinkage = 0.05;

    // An eighth of a deviation: no direction is taken for narrower, whose row of the matrix would be beyond a signed byte.
    private const double LeastVariance = One * One / 64.0;

    private const int Largest = sbyte.MaxValue;

    // Of the magnitudes of a row: what keeps whitened values to their largest.
    private const double LargestSum = Familiarity.MaxWhitened / 128.0;

    /// <summary>The matrix in signed bytes, with a shift for each row.</summary>
    /// <param name="rows">Deviations in sixteenths.</param>
    /// <param name="cluster">The cluster of each row.</param>
    /// <returns>Matrix[row][column], the lower triangle, and the shifts.</returns>
    internal static (int[][] Matrix, int[] Shifts) Of(IReadOnlyList<int[]> rows, int[] cluster)
    {
        double[][] inverse = Invert(Factor(CovarianceWithin(rows, cluster)));
        int[][] matrix = new int[inverse.Length][];
        int[] shifts = new int[inverse.Length];
        for (int i = 0; i < inverse.Length; i++)
        {
            double largest = inverse[i].Max(Math.Abs) * One;
            int shift = Math.Clamp(Math.ILogB(Largest / largest), 0, Familiarity.MaxRowShift);

            // Half a step for each rounding; a row that is beyond, of many inputs that all go together, counts for a little less.
            double room = LargestSum - Math.ScaleB(inverse[i].Length / 2.0, -shift);
            double scale = One * Math.Min(1, room / (inverse[i].Sum(Math.Abs) * One));
            matrix[i] = Array.ConvertAll(inverse[i], value => (int)Math.Clamp(Math.Floor(Math.ScaleB(value * scale, shift) + 0.5), -Largest, Largest));
            shifts[i] = shift;
        }

        return (matrix, shifts);
    }

    private static double[][] CovarianceWithin(IReadOnlyList<int[]> rows, int[] cluster)
    {
        int n = rows[0].Length;
        double[]?[] means = [.. Enumerable.Range(0, cluster.Max() + 1).Select(k => Clusters.MeanOf(rows, cluster, k))];
        double[][] covariance = [.. Enumerable.Range(0, n).Select(row => new double[row + 1])];
        for (int r = 0; r < rows.Count; r++)
        {
            double[] mean = means[cluster[r]]!;
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    covariance[i][j] += (rows[r][i] - mean[i]) * (rows[r][j] - mean[j]);
                }
            }
        }

        int free = Math.Max(1, rows.Count - means.Length);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                covariance[i][j] = (covariance[i][j] / free * (i == j ? 1 : 1 - Shrinkage)) + (i == j ? LeastVariance : 0);
            }
        }

        return covariance;
    }

    // Lower triangle L with L L' = the matrix; every pivot is at least LeastVariance.
    private static double[][] Factor(double[][] matrix)
    {
        double[][] factor = [.. matrix.Select(row => new double[row.Length])];
        for (int i = 0; i < matrix.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++)
                {
                    sum -= factor[i][k] * factor[j][k];
                }

                factor[i][j] = i == j ? Math.Sqrt(Math.Max(sum, LeastVariance)) : sum / factor[j][j];
            }
        }

        return factor;
    }

    private static double[][] Invert(double[][] factor)
    {
        double[][] inverse = [.. factor.Select(row => new double[row.Length])];
        for (int i = 0; i < factor.Length; i++)
        {
            inverse[i][i] = 1 / factor[i][i];
            for (int j = 0; j < i; j++)
            {
                double sum = 0;
                for (int k = j; k < i; k++)
                {
                    sum -= factor[i][k] * inverse[k][j];
                }

                inverse[i][j] = sum / factor[i][i];
            }
        }

        return inverse;
    }
}
