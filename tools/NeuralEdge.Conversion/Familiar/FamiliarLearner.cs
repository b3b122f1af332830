using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Models;

namespace NeuralEdge.Conversion.Familiar;

/// <summary>
/// Learns a picture of the training inputs: the range of each, and prototypes with a distance for all of them together. What it
/// measures its thresholds by are the integers of the board.
/// </summary>
public static class FamiliarLearner
{
    /// <summary>Fewest rows that make a picture: fewer do not say where an input usually is.</summary>
    public const int FewestRows = 50;

    private const int MostRows = 4000;
    private const int MostPrototypes = 8;
    private const int RowsForPrototype = 25;

    /// <summary>Share of the training rows that each of the two thresholds leaves familiar.</summary>
    private const double Kept = 0.99;

    /// <summary>Share of the training rows that lie beyond each end of an input's range.</summary>
    private const double Tail = 0.005;

    private const int Bits = 16;

    // An input whose tails reach further than this gets a wider unit: beyond 8 nothing is told apart.
    private const double LongestTail = 7;

    // A deviation below this share of the network's range is taken for it: a column that hardly moved says little of how it will.
    private const double LeastShare = 1.0 / 256;

    /// <summary>Why there can be no picture, for a sentence; null when there can be one.</summary>
    /// <param name="inputs">Inputs of the network.</param>
    /// <param name="rows">Rows of data.</param>
    public static string? WhyNot(int inputs, int rows) =>
        inputs > Familiarity.MaxInputs ? $"it has {inputs} inputs, and boards look at {Familiarity.MaxInputs} at most"
        : rows < FewestRows ? $"it takes {FewestRows} rows of data to know what is familiar, and there are {rows}"
        : null;

    /// <summary>Refuses safe outputs that no board could ever make, because there can be no picture.</summary>
    /// <param name="areSafeOutputsAsked">Whether the board file asks for them.</param>
    /// <param name="inputs">Inputs of the network.</param>
    /// <param name="rows">Rows of data.</param>
    /// <exception cref="InputRefusedException">They are asked for, and there can be none.</exception>
    public static void Require(bool areSafeOutputsAsked, int inputs, int rows)
    {
        if (areSafeOutputsAsked && WhyNot(inputs, rows) is string reason)
        {
            throw Refuse(reason);
        }
    }

    /// <summary>The refusal of safe outputs that cannot be kept.</summary>
    /// <param name="reason">Why they cannot.</param>
    internal static InputRefusedException Refuse(string reason) =>
        new($"the board file has \"onUnfamiliar\": \"safe\", which this model cannot keep: {reason}; take it out, or mend that.");

    /// <summary>Learns from rows of data.</summary>
    /// <param name="inputs">How each input becomes an integer.</param>
    /// <param name="samples">Rows of values that the model was trained on.</param>
    /// <param name="cancellation">Looked at every few milliseconds.</param>
    /// <returns>The picture; null when there can be none.</returns>
    public static FamiliarInputs? Learn(RawInput[] inputs, IReadOnlyList<double[]> samples, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(samples);
        if (WhyNot(inputs.Length, samples.Count) is not null)
        {
            return null;
        }

        int step = (samples.Count + MostRows - 1) / MostRows;
        int[][] raw = [.. samples.Where((_, r) => r % step == 0).Select(row => ToRaw(inputs, row))];
        FamiliarInput[] scales = [.. inputs.Select((input, i) => ScaleOf([.. raw.Select(row => row[i]).Order()], input))];
        int n = inputs.Length;

        // With a matrix of ones in its diagonal, whitened values are deviations.
        FamiliarInputs picture = new(
            scales, 0, int.MaxValue, [.. Enumerable.Range(0, n).Select(row => Enumerable.Range(0, row + 1).Select(column => column == row ? 1 : 0).ToArray())], [new int[n]]);
        (int[][] deviations, raw) = Values(picture, raw);
        int[] cluster = Clusters.Assign(deviations, Math.Clamp(raw.Length / RowsForPrototype, 1, MostPrototypes), cancellation);
        (int[][] matrix, int[] shifts) = Whitening.Of(deviations, cluster);
        picture = picture with { Inputs = [.. scales.Select((input, i) => input with { RowShift = shifts[i] })], Matrix = matrix };

        (int[][] whitened, _) = Values(picture, raw);
        int[][] prototypes = [.. Enumerable.Range(0, cluster.Max() + 1).Select(k => Array.ConvertAll(Clusters.MeanOf(whitened, cluster, k)!, value => (int)Math.Floor(value + 0.5)))];
        int threshold = Quantile([.. whitened.Select(row => prototypes.Min(prototype => row.Zip(prototype, (y, p) => (y - p) * (y - p)).Sum())).Order()], Kept);

        FamiliarInput[] ranged = [.. picture.Inputs.Select((input, i) =>
        {
            int[] column = [.. deviations.Select(row => row[i]).Order()];
            return input with { Least = Quantile(column, Tail), Most = Quantile(column, 1 - Tail) };
        })];
        int[] excess = [.. deviations.Select(row => row.Select((z, i) => Math.Max(ranged[i].Least - z, z - ranged[i].Most)).Max()).Order()];
        return new FamiliarInputs(ranged, Math.Clamp(Quantile(excess, Kept), 1, byte.MaxValue), threshold, matrix, prototypes);
    }

    /// <summary>Raw inputs as a board samples them, not limited to the ranges of the network.</summary>
    /// <param name="inputs">How each input becomes an integer.</param>
    /// <param name="row">One finite value for each.</param>
    private static int[] ToRaw(RawInput[] inputs, double[] row) => [.. row.Select((value, i) =>
        (int)Math.Clamp(Math.Floor(((value - inputs[i].Offset) / inputs[i].Scale) + 0.5), int.MinValue, int.MaxValue))];

    private static FamiliarInput ScaleOf(int[] sorted, RawInput input)
    {
        double mean = sorted.Average(value => (double)value);
        double deviation = Math.Sqrt(sorted.Average(value => (value - mean) * (value - mean)));
        double tail = Math.Max(mean - Quantile(sorted, Tail), Quantile(sorted, 1 - Tail) - mean) / LongestTail;
        double unit = Math.Max(Math.Max(deviation, tail), Math.Max(1, ((double)input.Maximum - input.Minimum) * LeastShare));
        double scale = Whitening.One / unit;
        int shift = Math.Clamp(Bits - 1 - Math.ILogB(scale), 0, Familiarity.MaxScaleShift);
        int multiplier = (int)Math.Min(ushort.MaxValue, Math.Floor(Math.ScaleB(scale, shift) + 0.5));
        int centre = (int)Math.Clamp(Math.Floor(mean + 0.5), -ModelFormat.MaxRawInput, ModelFormat.MaxRawInput);
        return new FamiliarInput(centre, multiplier, shift, 0, sbyte.MinValue, sbyte.MaxValue);
    }

    // Whitened values of the rows whose deviations can be told, and these rows.
    private static (int[][] Values, int[][] Rows) Values(FamiliarInputs picture, int[][] raw)
    {
        Familiarity core = picture.ToCore();
        List<int[]> values = [];
        List<int[]> rows = [];
        foreach (int[] row in raw)
        {
            if (core.IsFamiliar(row))
            {
                values.Add([.. Enumerable.Range(0, row.Length).Select(core.GetWhitened)]);
                rows.Add(row);
            }
        }

        return ([.. values], [.. rows]);
    }

    private static int Quantile(int[] sorted, double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}
