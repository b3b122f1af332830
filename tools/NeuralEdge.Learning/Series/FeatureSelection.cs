using NeuralEdge.Features;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Evaluation;

namespace NeuralEdge.Learning.Series;

/// <summary>
/// Chooses kinds of features by what each adds to those chosen before (forward selection), judged on stretches that are held out. A
/// ridge regression on features and their squares stands for the network: it is there at once for every choice. Without squares it
/// would not see a class that lies between two others.
/// </summary>
internal sealed class FeatureSelection
{
    // Below this gain of the score, of 1, another kind is not worth its cost on the board.
    private const double LeastGain = 0.005;
    private const double Ridge = 1e-3;
    private const int MostKinds = 6;
    private const int MostChannelsOfPairs = 6;

    // Beyond, a square would have a single window outweigh all others.
    private const double MostDeviations = 2;

    private readonly DataSet _data;
    private readonly Partition _partition;
    private readonly double[][] _scaled;
    private readonly double[] _weights;

    private FeatureSelection(DataSet data, Partition partition)
    {
        _data = data;
        _partition = partition;
        _scaled = Scaled(data.Inputs);
        _weights = Weights(data);
    }

    /// <summary>Chooses.</summary>
    /// <param name="data">A column for each candidate.</param>
    /// <param name="features">What the columns are.</param>
    /// <param name="most">Most columns.</param>
    /// <param name="cancellation">Looked at once per trial.</param>
    /// <returns>Indices of the columns that were chosen, and the score with each kind that was added.</returns>
    internal static (int[] Columns, IReadOnlyList<(string Kind, double Score)> Steps) Choose(DataSet data, IReadOnlyList<Feature> features, int most, CancellationToken cancellation)
    {
        Partition partition = Partition.Of(data);
        FeatureSelection selection = new(data, partition);
        (string Name, int[] Columns)[] kinds = [.. features
            .Select((feature, i) => (Name: NeuralEdge.Conversion.Features.FeatureNames.Of(feature), i))
            .GroupBy(pair => pair.Name)
            .Select(group => (group.Key, group.Select(pair => pair.i).ToArray()))];
        List<(string, double)> steps = [];
        List<int> chosen = [];
        double best = double.NegativeInfinity;
        while (steps.Count < MostKinds)
        {
            (string Name, int[] Columns, double Score) next = (string.Empty, [], double.NegativeInfinity);
            (string Name, int[] Columns)[] left = [.. kinds.Where(kind => !kind.Columns.All(chosen.Contains) && (chosen.Count == 0 || chosen.Count + kind.Columns.Length <= most))];
            foreach ((string name, int[] columns) in chosen.Count == 0 ? [.. left, .. Pairs(left, most)] : left)
            {
                cancellation.ThrowIfCancellationRequested();
                double score = selection.Score([.. chosen, .. columns]) - (name.Contains(' ', StringComparison.Ordinal) ? LeastGain : 0);
                next = score > next.Score ? (name, columns, score) : next;
            }

            if (next.Columns.Length == 0 || (chosen.Count > 0 && next.Score < best + LeastGain))
            {
                break;
            }

            chosen.AddRange(next.Columns);
            best = next.Score;
            steps.Add((next.Name, next.Score));
        }

        return ([.. chosen.Order()], steps);
    }

    // What tells most by itself often tells little with others: the first two are chosen together where that is quick.
    private static IEnumerable<(string Name, int[] Columns)> Pairs((string Name, int[] Columns)[] kinds, int most) => kinds.Length == 0 || kinds[0].Columns.Length > MostChannelsOfPairs ? []
        : kinds.SelectMany((first, i) => kinds.Skip(i + 1).Where(second => first.Columns.Length + second.Columns.Length <= most).Select(second => ($"{first.Name} and {second.Name}", (int[])[.. first.Columns, .. second.Columns])));

    // Balanced accuracy, or R2: of 1, at rows that were held out.
    private double Score(int[] columns)
    {
        int outputs = _data.Targets[0].Length;
        double[][] answers = new double[_data.Count][];
        for (int training = 0; training < _partition.HeldOut.Count; training++)
        {
            double[][]? solution = Solve(columns, _partition.TrainingRows(training, _data.Count), outputs);
            foreach (int row in _partition.HeldOut[training])
            {
                answers[row] = solution is null ? new double[outputs] : Answer(solution, columns, row, outputs);
            }
        }

        int[] judged = [.. _partition.Rows.Where(row => answers[row] is not null)];
        return judged.Length == 0 ? 0 : _data.Task == TaskKind.Classify ? BalancedAccuracy(answers, judged) : Determination(answers, judged, outputs);
    }

    private double BalancedAccuracy(double[][] answers, int[] rows) => rows.GroupBy(row => _data.Classes[row])
        .Average(group => group.Average(row => Array.IndexOf(answers[row], answers[row].Max()) == group.Key ? 1.0 : 0));

    private double Determination(double[][] answers, int[] rows, int outputs) => Enumerable.Range(0, outputs).Average(o =>
    {
        double mean = rows.Average(row => _data.Targets[row][o]);
        double total = rows.Sum(row => Math.Pow(_data.Targets[row][o] - mean, 2));
        return total == 0 ? 0 : 1 - (rows.Sum(row => Math.Pow(_data.Targets[row][o] - answers[row][o], 2)) / total);
    });

    private double[] Answer(double[][] solution, int[] columns, int row, int outputs)
    {
        double[] x = new double[(2 * columns.Length) + 1];
        Terms(_scaled[row], columns, x);
        double[] answer = new double[outputs];
        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < x.Length; i++)
            {
                answer[o] += solution[i][o] * x[i];
            }
        }

        return answer;
    }

    // Features, their squares, and one.
    private static void Terms(double[] scaled, int[] columns, double[] terms)
    {
        for (int c = 0; c < columns.Length; c++)
        {
            double value = Math.Clamp(scaled[columns[c]], -MostDeviations, MostDeviations);
            terms[2 * c] = value;
            terms[(2 * c) + 1] = value * value;
        }

        terms[^1] = 1;
    }

    // The normal equations, by Gauss; null when there is nothing to learn from.
    private double[][]? Solve(int[] columns, int[] rows, int outputs)
    {
        if (rows.Length == 0)
        {
            return null;
        }

        int n = (2 * columns.Length) + 1;
        double[][] system = [.. Enumerable.Range(0, n).Select(_ => new double[n + outputs])];
        double[] x = new double[n];
        foreach (int row in rows)
        {
            Terms(_scaled[row], columns, x);
            for (int i = 0; i < n; i++)
            {
                double weighted = _weights[row] * x[i];
                for (int j = 0; j < n; j++)
                {
                    system[i][j] += weighted * x[j];
                }

                for (int o = 0; o < outputs; o++)
                {
                    system[i][n + o] += weighted * _data.Targets[row][o];
                }
            }
        }

        for (int i = 0; i < n; i++)
        {
            system[i][i] += Ridge * rows.Length;
        }

        return Eliminate(system, n, outputs);
    }

    // The matrix is symmetric and positive: no pivots are needed.
    private static double[][] Eliminate(double[][] system, int n, int outputs)
    {
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
            {
                if (k == i)
                {
                    continue;
                }

                double factor = system[k][i] / system[i][i];
                for (int j = i; j < n + outputs && factor != 0; j++)
                {
                    system[k][j] -= factor * system[i][j];
                }
            }
        }

        return [.. system.Select((row, i) => row[n..].Select(value => value / row[i]).ToArray())];
    }

    private static double[][] Scaled(double[][] rows)
    {
        int columns = rows[0].Length;
        double[] mean = [.. Enumerable.Range(0, columns).Select(c => rows.Average(row => row[c]))];
        double[] spread = [.. Enumerable.Range(0, columns).Select(c => Math.Sqrt(rows.Average(row => Math.Pow(row[c] - mean[c], 2))))];
        return Array.ConvertAll(rows, row => row.Select((value, c) => spread[c] > 0 ? (value - mean[c]) / spread[c] : 0).ToArray());
    }

    // Every class counts alike, as in the score.
    private static double[] Weights(DataSet data)
    {
        if (data.Task != TaskKind.Classify)
        {
            return [.. Enumerable.Repeat(1.0, data.Count)];
        }

        int[] counts = [.. Enumerable.Range(0, data.ClassNames.Length).Select(c => data.Classes.Count(k => k == c))];
        return [.. data.Classes.Select(c => (double)data.Count / (counts.Length * counts[c]))];
    }
}
