using NeuralEdge.Conversion.Features;
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
    private const int MostKinds = 6;
    private const int MostChannelsOfPairs = 6;

    // Beyond, a square would have a single window outweigh all others.
    private const double MostDeviations = 2;

    private readonly DataSet _data;
    private readonly Partition _partition;
    private readonly NormalEquations _equations;

    private FeatureSelection(DataSet data, Partition partition)
    {
        _data = data;
        _partition = partition;
        _equations = new NormalEquations(Scaled(data.Inputs), data.Targets, Weights(data), [.. Enumerable.Range(0, partition.HeldOut.Count).Select(training => partition.TrainingRows(training, data.Count))]);
    }

    /// <summary>Chooses.</summary>
    /// <param name="data">A column for each candidate.</param>
    /// <param name="plan">What the columns are.</param>
    /// <param name="most">Most columns.</param>
    /// <param name="cancellation">Looked at once per trial.</param>
    /// <returns>Indices of the columns that were chosen, and the score with each kind that was added.</returns>
    internal static (int[] Columns, IReadOnlyList<(string Kind, double Score)> Steps) Choose(DataSet data, WindowPlan plan, int most, CancellationToken cancellation)
    {
        Partition partition = Partition.Of(data);
        FeatureSelection selection = new(data, partition);
        (string Name, int[] Columns)[] kinds = [.. plan.Features
            .Select((feature, i) => (Name: plan.KindOf(feature), i))
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
            double[][]? solution = _equations.Solve(columns, training);
            foreach (int row in _partition.HeldOut[training])
            {
                answers[row] = solution is null ? new double[outputs] : _equations.Answer(solution, columns, row);
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

    private static double[][] Scaled(double[][] rows)
    {
        int columns = rows[0].Length;
        double[] mean = [.. Enumerable.Range(0, columns).Select(c => rows.Average(row => row[c]))];
        double[] spread = [.. Enumerable.Range(0, columns).Select(c => Math.Sqrt(rows.Average(row => Math.Pow(row[c] - mean[c], 2))))];
        return Array.ConvertAll(rows, row => row.Select((value, c) => spread[c] > 0 ? Math.Clamp((value - mean[c]) / spread[c], -MostDeviations, MostDeviations) : 0).ToArray());
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
