namespace NeuralEdge.Learning.Data;

/// <summary>
/// Shifts and scales columns to mean 0 and standard deviation 1, as training needs it. The converter folds
/// it into the network, so that the board never does it.
/// </summary>
public sealed class Standardiser
{
    private Standardiser(double[] mean, double[] scale, bool[] constant)
    {
        Mean = mean;
        Scale = scale;
        IsConstant = constant;
    }

    /// <summary>The mean of each column.</summary>
    public double[] Mean { get; }

    /// <summary>The standard deviation of each column, 1 for one that is constant; never 0.</summary>
    public double[] Scale { get; }

    /// <summary>True for columns that never change, from which nothing can be learned.</summary>
    public bool[] IsConstant { get; }

    /// <summary>Measures the columns of a matrix of at least one row.</summary>
    public static Standardiser Measure(double[][] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int width = rows[0].Length;
        double[] mean = new double[width];
        double[] scale = new double[width];
        bool[] constant = new bool[width];
        for (int c = 0; c < width; c++)
        {
            double sum = 0;
            foreach (double[] row in rows)
            {
                sum += row[c];
            }

            mean[c] = sum / rows.Length;
            double squares = 0;
            foreach (double[] row in rows)
            {
                double d = row[c] - mean[c];
                squares += d * d;
            }

            // Rounding leaves a constant column of large numbers a deviation of some last places.
            double deviation = Math.Sqrt(squares / rows.Length);
            constant[c] = deviation <= 1e-12 * Math.Abs(mean[c]) || deviation < 1e-100;
            scale[c] = constant[c] ? 1 : deviation;
        }

        return new Standardiser(mean, scale, constant);
    }

    /// <summary>A row in standard units.</summary>
    public double[] Apply(double[] row)
    {
        ArgumentNullException.ThrowIfNull(row);
        double[] result = new double[row.Length];
        for (int c = 0; c < row.Length; c++)
        {
            result[c] = (row[c] - Mean[c]) / Scale[c];
        }

        return result;
    }
}
