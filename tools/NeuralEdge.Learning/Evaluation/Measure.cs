using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Evaluation;

/// <summary>One number for how good answers are, to compare networks by: 1 is perfect.</summary>
/// <param name="rows">The rows that were held out.</param>
/// <param name="partOf">The part of each.</param>
/// <param name="classWeights">What a row of each class counts for; null: all alike.</param>
/// <param name="variance">The variance of each target in the whole table; empty when classifying.</param>
internal sealed class Measure(DataSet rows, IReadOnlyList<int> partOf, IReadOnlyList<double>? classWeights, double[] variance)
{
    /// <summary>The share of rows that are right, each for as much as it counts; of quantities, the share of the variance that is explained.</summary>
    internal double Score(double[][] outputs) => Of(RowScores(outputs), [.. Enumerable.Range(0, rows.Count)]);

    /// <summary>The same measure at some of the rows.</summary>
    internal Measure At(int[] some) => new(rows.Select(some), [.. some.Select(r => partOf[r])], classWeights, variance);

    /// <summary>The same for each part that has rows.</summary>
    internal double[] PartScores(double[][] outputs)
    {
        double[] scores = RowScores(outputs);
        return [.. Enumerable.Range(0, rows.Count).GroupBy(r => partOf[r]).OrderBy(g => g.Key).Select(g => Of(scores, [.. g]))];
    }

    /// <summary>By how much the score is uncertain: from its parts, or from its rows where parts are no more than rows.</summary>
    internal double StandardError(double[][] outputs, SplitKind kind)
    {
        double[] scores = kind == SplitKind.RandomFifth ? RowScores(outputs) : PartScores(outputs);
        double mean = scores.Average();
        return scores.Length < 2 ? 0 : Math.Sqrt(scores.Sum(s => (s - mean) * (s - mean)) / (scores.Length - 1) / scores.Length);
    }

    /// <summary>How much better some answers are than others, and by how much that is uncertain: from the same parts, or the same rows.</summary>
    internal (double Gain, double StandardError) Gain(double[][] better, double[][] worse, SplitKind kind)
    {
        double[] Scores(double[][] outputs) => kind == SplitKind.RandomFifth ? RowScores(outputs) : PartScores(outputs);
        double[] gains = [.. Scores(better).Zip(Scores(worse), (b, w) => b - w)];
        double mean = gains.Average();
        double error = gains.Length < 2 ? 0 : Math.Sqrt(gains.Sum(g => (g - mean) * (g - mean)) / (gains.Length - 1) / gains.Length);
        return (Score(better) - Score(worse), error);
    }

    private double Of(double[] scores, int[] some) => some.Sum(r => scores[r] * WeightOf(r)) / some.Sum(WeightOf);

    private double WeightOf(int row) => rows.Task == TaskKind.Classify ? classWeights?[rows.Classes[row]] ?? 1 : 1;

    private double[] RowScores(double[][] outputs) => [.. outputs.Select((output, r) => rows.Task == TaskKind.Classify
        ? Array.IndexOf(output, output.Max()) == rows.Classes[r] ? 1 : 0
        : 1 - output.Select((y, j) => (y - rows.Targets[r][j]) * (y - rows.Targets[r][j]) / variance[j]).Average())];
}
