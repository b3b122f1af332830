using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Training;

/// <summary>How well predictions match a data set; the same measure for the float and the integer network.</summary>
public sealed class Scores
{
    private Scores()
    {
    }

    /// <summary>Rows judged.</summary>
    public int Count { get; private init; }

    /// <summary>The share of rows whose class is right, 0 to 1; NaN when regressing.</summary>
    public double Accuracy { get; private init; } = double.NaN;

    /// <summary>Rows by [true class][predicted class]; empty when regressing.</summary>
    public int[][] Confusion { get; private init; } = [];

    /// <summary>Root of the mean squared error of each target, in its unit; empty when classifying.</summary>
    public double[] RootMeanSquare { get; private init; } = [];

    /// <summary>The largest error of each target, in its unit; empty when classifying.</summary>
    public double[] Largest { get; private init; } = [];

    /// <summary>
    /// The share of each target's variance that is explained: 1 perfect, 0 no better than the mean, NaN when the
    /// target never changes; empty when classifying.
    /// </summary>
    public double[] Explained { get; private init; } = [];

    /// <summary>Judges predictions.</summary>
    /// <param name="data">What should have come out.</param>
    /// <param name="predict">Inputs in the units of the file to outputs (scores or probabilities when classifying).</param>
    public static Scores Of(DataSet data, Func<double[], double[]> predict)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(predict);
        return Of(data, [.. data.Inputs.Select(predict)]);
    }

    /// <summary>Judges answers that are there already.</summary>
    /// <param name="data">What should have come out.</param>
    /// <param name="outputs">Outputs[row][output]: scores or probabilities when classifying, numbers in the targets' units otherwise.</param>
    public static Scores Of(DataSet data, double[][] outputs)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(outputs);
        return data.Task == TaskKind.Classify ? OfClasses(data, outputs) : OfNumbers(data, outputs);
    }

    private static Scores OfClasses(DataSet data, double[][] outputs)
    {
        int classes = data.ClassNames.Length;
        int[][] confusion = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
        int right = 0;
        for (int r = 0; r < data.Count; r++)
        {
            int best = 0;
            for (int j = 1; j < classes; j++)
            {
                best = outputs[r][j] > outputs[r][best] ? j : best;
            }

            confusion[data.Classes[r]][best]++;
            right += best == data.Classes[r] ? 1 : 0;
        }

        return new Scores { Count = data.Count, Confusion = confusion, Accuracy = (double)right / data.Count };
    }

    private static Scores OfNumbers(DataSet data, double[][] outputs)
    {
        int targets = data.TargetNames.Length;
        double[] rms = new double[targets];
        double[] largest = new double[targets];
        double[] explained = new double[targets];
        for (int j = 0; j < targets; j++)
        {
            double mean = data.Targets.Average(row => row[j]);
            double errors = 0;
            double variance = 0;
            for (int r = 0; r < data.Count; r++)
            {
                double error = Math.Abs(outputs[r][j] - data.Targets[r][j]);
                double deviation = data.Targets[r][j] - mean;
                errors += error * error;
                variance += deviation * deviation;
                largest[j] = Math.Max(largest[j], error);
            }

            rms[j] = Math.Sqrt(errors / data.Count);
            explained[j] = variance > 0 ? 1 - (errors / variance) : double.NaN;
        }

        return new Scores { Count = data.Count, RootMeanSquare = rms, Largest = largest, Explained = explained };
    }
}
