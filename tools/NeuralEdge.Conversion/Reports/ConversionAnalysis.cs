using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;

namespace NeuralEdge.Conversion.Reports;

/// <summary>What a conversion does to a network, measured at rows: by layer, by source of error, and what would do better.</summary>
public sealed class ConversionAnalysis
{
    /// <summary>Multiplications that an analysis may take, about; with more rows than that allows, it looks at every n-th.</summary>
    private const double Work = 3e8;

    private const int FewestRows = 10;

    private ConversionAnalysis(ConvertedModel conversion, EvaluationSet rows, LongTask task)
    {
        task.At(0);
        FloatNetwork exact = conversion.Model.Network;
        IntegerNetwork integers = new(conversion.Network);
        Conversion = conversion;
        Rows = rows;
        Real = Array.ConvertAll(rows.Inputs, row => exact.Scores(conversion.File.Limit(row)));
        Fixed = Array.ConvertAll(rows.Inputs, row => integers.Scores(integers.ToRaw(row)));
        Flipped = conversion.File.IsClassifier
            ? [.. Enumerable.Range(0, Real.Length).Where(r => ClassOf(Real[r]) != ClassOf(Fixed[r]))]
            : [];

        IReadOnlyList<double[]> inside = [.. rows.Inputs.Where(IsInside)];
        Outside = rows.Inputs.Length - inside.Count;
        inside = Thinned(inside.Count > 0 ? inside : EvaluationSet.Spread(conversion.Model).Inputs, conversion.Network);
        Looked = inside.Count;
        task.At(0.3);
        Layers = LayerSurvey.Of(exact, conversion.Network, inside);
        task.At(0.4);
        RoundedNetwork rounded = new(exact, conversion.Network, task.Cancellation);
        Total = rounded.MeasureAll(inside);
        task.At(0.5);
        Sources = rounded.Measure(inside);
        task.At(0.6);
        Profiles = ProfileFigures.OfAll(conversion, rows, inside, task.Cancellation);
        task.At(0.9);
        Alternatives = Reports.Alternatives.Try(conversion, inside);
        Focus = WorstOutput(exact, inside);
    }

    /// <summary>What is analysed.</summary>
    public ConvertedModel Conversion { get; }

    /// <summary>The rows it was measured at.</summary>
    public EvaluationSet Rows { get; }

    /// <summary>Real[row][output]: the real network's scores (logits when the last layer is softmax), inputs outside their ranges limited to them.</summary>
    public double[][] Real { get; }

    /// <summary>Fixed[row][output]: the integers' scores, inputs outside their ranges limited to them.</summary>
    public double[][] Fixed { get; }

    /// <summary>The rows, from 0, to which the integers give another class than the real network; empty for quantities.</summary>
    public int[] Flipped { get; }

    /// <summary>Rows with a value outside the ranges; no error is measured there.</summary>
    public int Outside { get; }

    /// <summary>Rows at which errors were measured.</summary>
    public int Looked { get; }

    /// <summary>One for each layer.</summary>
    public LayerFigures[] Layers { get; }

    /// <summary>The largest error of each output, in its unit.</summary>
    public double[] Total { get; }

    /// <summary>What each kind of rounding does by itself.</summary>
    public ErrorSource[] Sources { get; }

    /// <summary>The same model in each profile.</summary>
    public IReadOnlyList<ProfileFigures> Profiles { get; }

    /// <summary>Other conversions that were tried.</summary>
    public IReadOnlyList<Alternative> Alternatives { get; }

    /// <summary>The output whose error is largest beside what it says: the one to act on.</summary>
    public int Focus { get; }

    /// <summary>The source with the largest error at <see cref="Focus"/>.</summary>
    public ErrorSource Dominant => Sources.MaxBy(source => source.Error[Focus])!;

    /// <summary>Analyses a conversion.</summary>
    /// <param name="conversion">The conversion.</param>
    /// <param name="rows">One row or more.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="cancellation">Looked at every few milliseconds, and between the steps.</param>
    /// <exception cref="ArgumentException">There is no row.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ConversionAnalysis Of(ConvertedModel conversion, EvaluationSet rows, IProgress<ConversionProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(conversion);
        ArgumentNullException.ThrowIfNull(rows);
        return rows.Inputs.Length > 0
            ? new ConversionAnalysis(conversion, rows, new LongTask("measuring what rounding costs", progress, cancellation))
            : throw new ArgumentException("An analysis needs at least one row.", nameof(rows));
    }

    /// <summary>The class of scores: the first of the largest.</summary>
    /// <param name="scores">One for each class.</param>
    public static int ClassOf(double[] scores) => Array.IndexOf(scores, scores.Max());

    private bool IsInside(double[] row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            if (!Conversion.File.Inputs[i].Covers(row[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static IReadOnlyList<double[]> Thinned(IReadOnlyList<double[]> rows, QuantisedNetwork network)
    {
        double ofRow = (double)network.Macs * (2 * (network.Layers.Length + 6));
        int most = (int)Math.Clamp(Work / ofRow, FewestRows, int.MaxValue);
        int step = (rows.Count + most - 1) / most;
        return step <= 1 ? rows : [.. rows.Where((_, r) => r % step == 0)];
    }

    private int WorstOutput(FloatNetwork exact, IReadOnlyList<double[]> rows)
    {
        double[][] scores = [.. rows.Select(exact.Scores)];
        int worst = 0;
        double largest = -1;
        for (int o = 0; o < Total.Length; o++)
        {
            double span = scores.Max(s => s[o]) - scores.Min(s => s[o]);
            double share = span > 0 ? Total[o] / span : Total[o];
            if (share > largest)
            {
                (worst, largest) = (o, share);
            }
        }

        return worst;
    }
}
