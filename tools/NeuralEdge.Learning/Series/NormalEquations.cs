namespace NeuralEdge.Learning.Series;

/// <summary>
/// Ridge regressions on any of some columns and their squares, for each of several sets of rows. The sums over rows are taken once for all
/// columns, so that a regression on some of them costs no more than to solve it: hundreds are tried before features are chosen.
/// </summary>
internal sealed class NormalEquations
{
    private const double Ridge = 1e-3;

    private readonly double[][] _rows;
    private readonly int _outputs;

    // Of each set of rows, the upper half and the right side: Sums[training][term][other term, then output].
    private readonly double[][][] _sums;
    private readonly int[] _counts;

    /// <summary>Takes the sums.</summary>
    /// <param name="rows">Rows[row][column], about as large as 1.</param>
    /// <param name="targets">Targets[row][output].</param>
    /// <param name="weights">What each row counts for.</param>
    /// <param name="trainings">The rows of each set; many of them in most sets.</param>
    internal NormalEquations(double[][] rows, double[][] targets, double[] weights, int[][] trainings)
    {
        _rows = rows;
        _outputs = targets[0].Length;
        _counts = Array.ConvertAll(trainings, training => training.Length);
        int[] everything = [.. Enumerable.Range(0, rows.Length)];
        double[][] all = SumsOf(everything);

        // Few rows are held out: to take them away again is quicker than to add the others.
        _sums = Array.ConvertAll(trainings, training =>
        {
            double[][] others = SumsOf([.. everything.Except(training)]);
            return others.Select((sums, t) => sums.Select((sum, i) => all[t][i] - sum).ToArray()).ToArray();
        });

        double[][] SumsOf(int[] members)
        {
            int terms = (2 * rows[0].Length) + 1;
            double[][] sums = [.. Enumerable.Range(0, terms).Select(_ => new double[terms + _outputs])];
            double[] x = new double[terms];
            foreach (int row in members)
            {
                for (int t = 0; t < terms; t++)
                {
                    x[t] = Term(row, t);
                }

                for (int i = 0; i < terms; i++)
                {
                    double weighted = weights[row] * x[i];
                    double[] into = sums[i];
                    for (int j = i; j < terms; j++)
                    {
                        into[j] += weighted * x[j];
                    }

                    for (int o = 0; o < _outputs; o++)
                    {
                        into[terms + o] += weighted * targets[row][o];
                    }
                }
            }

            return sums;
        }
    }

    /// <summary>The coefficients of a regression.</summary>
    /// <param name="columns">Which columns.</param>
    /// <param name="training">Which set of rows, from 0.</param>
    /// <returns>Coefficients[term][output] for <see cref="Answer"/>; null where there are no rows.</returns>
    internal double[][]? Solve(int[] columns, int training)
    {
        if (_counts[training] == 0)
        {
            return null;
        }

        int[] terms = [.. columns.SelectMany(column => (int[])[2 * column, (2 * column) + 1]).Append(2 * _rows[0].Length)];
        double[][] sums = _sums[training];
        int all = sums.Length;
        double[][] system = [.. terms.Select((term, i) => (double[])
        [
            .. terms.Select((other, j) => sums[Math.Min(term, other)][Math.Max(term, other)] + (i == j ? Ridge * _counts[training] : 0)),
            .. sums[term].AsSpan(all),
        ])];
        return Eliminate(system);
    }

    /// <summary>What a regression answers.</summary>
    /// <param name="solution">Its coefficients.</param>
    /// <param name="columns">The columns it is on.</param>
    /// <param name="row">Which row.</param>
    internal double[] Answer(double[][] solution, int[] columns, int row)
    {
        double[] answer = [.. solution[^1]];
        for (int c = 0; c < columns.Length; c++)
        {
            double value = _rows[row][columns[c]];
            for (int o = 0; o < _outputs; o++)
            {
                answer[o] += value * (solution[2 * c][o] + (value * solution[(2 * c) + 1][o]));
            }
        }

        return answer;
    }

    // Columns and their squares in turn, and one.
    private double Term(int row, int term)
    {
        double[] values = _rows[row];
        double value = term / 2 < values.Length ? values[term / 2] : 1;
        return term % 2 == 0 ? value : value * value;
    }

    // By Gauss; the matrix is symmetric and positive: no pivots are needed.
    private static double[][] Eliminate(double[][] system)
    {
        int n = system.Length;
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
            {
                if (k == i)
                {
                    continue;
                }

                double factor = system[k][i] / system[i][i];
                for (int j = i; j < system[i].Length && factor != 0; j++)
                {
                    system[k][j] -= factor * system[i][j];
                }
            }
        }

        return [.. system.Select((row, i) => row[n..].Select(value => value / row[i]).ToArray())];
    }
}
