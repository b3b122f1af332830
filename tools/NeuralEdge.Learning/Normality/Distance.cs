using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;

namespace NeuralEdge.Learning.Normality;

/// <summary>
/// How far a row is from the normal ones: the squared Mahalanobis distance beside its median, as a network of two layers. The first one
/// whitens and squares, the second one adds and stops at a ceiling, so that one wild window does not fill an average for hours.
/// </summary>
internal sealed class Distance
{
    // Times the usual squared distance at which the score stops, at least; and times what one window in a hundred has, because a machine that
    // does two things in turn is far from its mean in one of them, and needs room above that.
    private const double LeastCeiling = 9;
    private const double RoomOverHundredth = 3;

    // So much of the correlations is taken for chance: features of one channel nearly follow from each other, and what little does not
    // would be magnified beyond what integers of 16 bits can say.
    private const double LeastShrinkage = 0.1;

    private readonly double[][] _whitening;
    private readonly double[] _offset;
    private readonly double _usual;

    private Distance(double[][] whitening, double[] offset, double usual, double ceiling)
    {
        _whitening = whitening;
        _offset = offset;
        _usual = usual;
        Ceiling = ceiling;
    }

    /// <summary>Times the usual squared distance at which the score stops.</summary>
    internal double Ceiling { get; }

    /// <summary>Learns from normal rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="steps">The smallest difference of each feature that means anything: its step on the board.</param>
    internal static Distance Of(IReadOnlyList<double[]> rows, double[] steps)
    {
        int n = steps.Length;
        double[] mean = [.. Enumerable.Range(0, n).Select(i => rows.Average(row => row[i]))];
        double[] deviation = [.. Enumerable.Range(0, n).Select(i => Math.Max(Math.Sqrt(rows.Average(row => Math.Pow(row[i] - mean[i], 2))), steps[i]))];
        double shrinkage = Math.Min(1, Math.Max(LeastShrinkage, (double)n / rows.Count));
        double[][] correlation = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Select(j => i == j
            ? 1.0
            : (1 - shrinkage) * rows.Average(row => (row[i] - mean[i]) / deviation[i] * ((row[j] - mean[j]) / deviation[j]))).ToArray())];
        double[][] inverse = InverseOfRoot(correlation);
        double[][] whitening = [.. inverse.Select(row => row.Select((value, i) => value / deviation[i]).ToArray())];
        double[] offset = [.. whitening.Select(row => -row.Select((value, i) => value * mean[i]).Sum())];
        Distance plain = new(whitening, offset, 1, LeastCeiling);
        (double usual, double ceiling) = ScaleOf([.. rows.Select(plain.Squared)]);
        return new Distance(whitening, offset, usual, ceiling);
    }

    /// <summary>What squared distances are measured by.</summary>
    /// <param name="distances">Those of normal rows.</param>
    /// <returns>The usual one, and times that where a score stops.</returns>
    internal static (double Usual, double Ceiling) ScaleOf(double[] distances)
    {
        double[] sorted = [.. distances.Order()];
        double usual = Math.Max(sorted[sorted.Length / 2], 1e-9);
        return (usual, Math.Max(LeastCeiling, RoomOverHundredth * sorted[(int)(0.99 * sorted.Length)] / usual));
    }

    /// <summary>The network; its output is in usual squared distances.</summary>
    /// <param name="inputs">The features.</param>
    internal FloatModel ToModel(InputSpec[] inputs)
    {
        // One square at its end is a sum at its end: what lies beyond needs no bits.
        double end = Ceiling * _usual;
        double most = Math.Sqrt(end);
        Tabulated square = new("square", z => Math.Min(z * z, end), z => Math.Abs(z) < most ? 2 * z : 0, -most, most) { FlatBeyond = most };
        Tabulated ceiling = new("ceiling", s => Math.Clamp(s / _usual, -Ceiling, Ceiling), s => Math.Abs(s) < end ? 1 / _usual : 0, -end, end) { FlatBeyond = end };
        return new FloatModel(
            new FloatNetwork(new FloatLayer(_whitening, _offset, square), new FloatLayer([[.. Enumerable.Repeat(1.0, _offset.Length)]], [0], ceiling)),
            inputs,
            [new OutputSpec(NormalOptions.Output)]);
    }

    private double Squared(double[] row) => _whitening.Select((weights, i) => Math.Pow(weights.Zip(row, (w, x) => w * x).Sum() + _offset[i], 2)).Sum();

    // Cholesky's root L of a matrix that is symmetric and positive, and L^-1 by forward substitution.
    private static double[][] InverseOfRoot(double[][] matrix)
    {
        int n = matrix.Length;
        double[][] root = [.. matrix.Select(_ => new double[n])];
        double[][] inverse = [.. matrix.Select(_ => new double[n])];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++)
                {
                    sum -= root[i][k] * root[j][k];
                }

                root[i][j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / root[j][j];
            }

            for (int column = 0; column <= i; column++)
            {
                double sum = i == column ? 1 : 0;
                for (int k = column; k < i; k++)
                {
                    sum -= root[i][k] * inverse[k][column];
                }

                inverse[i][column] = sum / root[i][i];
            }
        }

        return inverse;
    }
}
