using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;

namespace NeuralEdge.Conversion.Certificates;

/// <summary>Looks at a small box around each row of data, and at what can be decided in it.</summary>
internal sealed class RowBounds
{
    private const int MostRows = 500;
    private const int FewestRows = 24;
    private const string Stage = "proving the error near the data";

    private RowBounds(NearBound near, int proven)
    {
        Near = near;
        Proven = proven;
    }

    /// <summary>The bounds.</summary>
    internal NearBound Near { get; }

    /// <summary>Rows at which the decision is proven.</summary>
    internal int Proven { get; }

    /// <summary>Every n-th row, so that no more work than allowed is done.</summary>
    /// <param name="rows">Rows inside the ranges.</param>
    /// <param name="layers">The network.</param>
    /// <param name="work">Multiplications that looking at them may take.</param>
    internal static IReadOnlyList<double[]> Thinned(IReadOnlyList<double[]> rows, CertifiedLayer[] layers, double work)
    {
        double ofRow = BoxAnalysis.CostOfForms(layers) + ErrorBound.WorkOfBox;
        int most = (int)Math.Clamp(work / ofRow, FewestRows, MostRows);
        int step = (rows.Count + most - 1) / most;
        return step <= 1 ? rows : [.. rows.Where((_, r) => r % step == 0)];
    }

    /// <summary>The box around a row, no larger than that of all inputs, in raw steps; the real features of a window of data are in it.</summary>
    internal static (double[] Low, double[] High) BoxAround(QuantisedNetwork integers, double[] row, double share)
    {
        double[] low = ErrorBound.LowOf(integers);
        double[] high = ErrorBound.HighOf(integers);
        for (int i = 0; i < row.Length; i++)
        {
            RawInput input = integers.Inputs[i];
            double raw = (row[i] - input.Offset) / input.Scale;
            double radius = Math.Max(share * ((double)input.Maximum - input.Minimum) / 2, 1e-12 * Math.Abs(raw)) + (input.FeatureError ?? 0);
            (low[i], high[i]) = (Math.Clamp(raw - radius, low[i], high[i]), Math.Clamp(raw + radius, low[i], high[i]));
        }

        return (low, high);
    }

    /// <summary>Looks at rows.</summary>
    /// <param name="exact">The real network.</param>
    /// <param name="integers">The integers made of it.</param>
    /// <param name="layers">Both side by side.</param>
    /// <param name="rows">One row or more, all inside the ranges.</param>
    /// <param name="whole">The bound of all inputs, which holds near each row too.</param>
    /// <param name="rules">What is decided.</param>
    /// <param name="effort">Who may stop it.</param>
    internal static RowBounds Of(
        FloatNetwork exact, QuantisedNetwork integers, CertifiedLayer[] layers, IReadOnlyList<double[]> rows, ErrorBound whole, DecisionRules rules, Effort effort)
    {
        double[][] bounds = new double[rows.Count][];
        int proven = 0;
        int done = 0;
        using ThreadLocal<BoxAnalysis> analysis = new(() => new BoxAnalysis(layers, affine: true, inputRounding: true));
        Parallel.For(0, rows.Count, new ParallelOptions { CancellationToken = effort.Cancellation }, r =>
        {
            (double[] low, double[] high) = BoxAround(integers, rows[r], NearBound.DefaultRadius);
            BoxValues near = analysis.Value!.Values(low, high);
            bounds[r] = [.. near.ErrorMagnitude.Zip(whole.Total, (own, all) => Math.Min(own * ErrorBound.Leeway, all))];
            if (rules.Any && (integers.HasFeatures
                ? rules.AreProvenIn(Around(rows[r], analysis.Value))
                : rules.AreProvenAt(exact.Scores(rows[r]), near)))
            {
                Interlocked.Increment(ref proven);
            }

            effort.Step(Stage, Interlocked.Increment(ref done), rows.Count);
        });

        // A row of features is the board's own; the real ones lie somewhere around it.
        BoxValues Around(double[] row, BoxAnalysis box)
        {
            (double[] low, double[] high) = BoxAround(integers, row, 0);
            return box.Values(low, high);
        }

        int outputs = whole.Total.Length;
        double[] largest = new double[outputs];
        double[] median = new double[outputs];
        for (int o = 0; o < outputs; o++)
        {
            double[] sorted = [.. bounds.Select(bound => bound[o]).Order()];
            largest[o] = sorted[^1];
            median[o] = sorted[sorted.Length / 2];
        }

        return new RowBounds(new NearBound(NearBound.DefaultRadius, rows.Count, largest, median), proven);
    }
}
