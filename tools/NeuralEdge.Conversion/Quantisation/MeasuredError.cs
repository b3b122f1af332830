using NeuralEdge.Conversion.FloatModels;

namespace NeuralEdge.Conversion.Quantisation;

/// <summary>How far integers are from the network they were made of, at rows.</summary>
/// <param name="Rows">Rows looked at.</param>
/// <param name="Share">For each output, the largest error as a share of the range that the real output has at these rows.</param>
/// <param name="Flipped">Rows to which the integers give another class; 0 where outputs are not compared.</param>
/// <param name="FlippedClearly">Those of them that the real network decides by more than a ten-thousandth of its outputs' range.</param>
/// <param name="Saturated">Rows at which a value between two layers met its ceiling.</param>
public sealed record MeasuredError(int Rows, double[] Share, int Flipped, int FlippedClearly, int Saturated)
{
    /// <summary>Largest share of an output's range that an error may be, unless somebody accepts more.</summary>
    public const double Limit = 0.01;

    /// <summary>Of so many rows one may get another class: any error flips a row that lies close enough to a border.</summary>
    private const int RowsOfOneFlip = 1000;

    /// <summary>The same for rows that the real network all but ties.</summary>
    private const int RowsOfOneTie = 100;

    // No conversion keeps a decision by less than this: the rounding of inputs alone takes it.
    private const double Tie = 1e-4;

    // An output that hardly moves is measured by its size.
    private const double Still = 1e-6;

    /// <summary>The largest of <see cref="Share"/>.</summary>
    public double Worst => Share.Max();

    /// <summary>The output of <see cref="Worst"/>.</summary>
    public int WorstOutput => Array.IndexOf(Share, Worst);

    /// <summary>Most rows that may clearly get another class: one in a thousand, and what chance may add to it.</summary>
    public int MostFlipped => WithChance((double)Rows / RowsOfOneFlip);

    /// <summary>True when more rows get another class than rounding explains.</summary>
    private bool FlipsTooMany => FlippedClearly > MostFlipped || Flipped > WithChance((double)Rows / RowsOfOneTie);

    /// <summary>True for a file that nobody has to accept first.</summary>
    public bool IsGood => Worst <= Limit && !FlipsTooMany;

    /// <summary>The share that somebody has to accept for this, a little above it.</summary>
    public double Accepting => 1.1 * Math.Max(Worst, FlipsTooMany ? (double)Flipped / Rows : 0);

    /// <summary>True when somebody who accepts a share of the range, and of the rows, accepts this.</summary>
    /// <param name="share">The share.</param>
    public bool IsWithin(double share) => Worst <= share && (!FlipsTooMany || Flipped <= share * Rows);

    /// <summary>Measures.</summary>
    /// <param name="exact">The real network.</param>
    /// <param name="integers">The integers made of it.</param>
    /// <param name="rows">Rows of values inside the ranges, one or more.</param>
    /// <param name="comparable">True when the outputs are compared with each other.</param>
    public static MeasuredError At(FloatNetwork exact, QuantisedNetwork integers, IReadOnlyList<double[]> rows, bool comparable)
    {
        ArgumentNullException.ThrowIfNull(exact);
        ArgumentNullException.ThrowIfNull(integers);
        ArgumentNullException.ThrowIfNull(rows);
        IntegerNetwork network = new(integers);
        int outputs = exact.OutputCount;
        double[] error = new double[outputs];
        double[] least = new double[outputs];
        double[] most = new double[outputs];
        Array.Fill(least, double.PositiveInfinity);
        Array.Fill(most, double.NegativeInfinity);
        List<double> margins = [];
        int saturated = 0;
        foreach (double[] row in rows)
        {
            double[] real = exact.Scores(row);
            double[] actual = network.Scores(network.ToRaw(row));
            saturated += network.Saturated ? 1 : 0;
            int chosen = Array.IndexOf(actual, actual.Max());
            if (comparable && Array.IndexOf(real, real.Max()) != chosen)
            {
                margins.Add(real.Max() - real[chosen]);
            }

            for (int o = 0; o < outputs; o++)
            {
                error[o] = Math.Max(error[o], Math.Abs(actual[o] - real[o]));
                least[o] = Math.Min(least[o], real[o]);
                most[o] = Math.Max(most[o], real[o]);
            }
        }

        double[] spans = [.. least.Zip(most, Span)];
        return new MeasuredError(
            rows.Count,
            [.. error.Select((e, o) => e == 0 ? 0 : e / spans[o])],
            margins.Count,
            margins.Count(margin => margin > Tie * spans.Max()),
            saturated);
    }

    /// <summary>What was measured, in words.</summary>
    public string Describe() =>
        $"an error of {Percent(Worst)} of an output's range"
        + (Flipped > 0 ? FormattableString.Invariant($" and another class in {Flipped}") : "")
        + FormattableString.Invariant($" at {Rows} rows");

    /// <summary>A share in per cent with two digits, however large.</summary>
    /// <param name="share">The share.</param>
    internal static string Percent(double share) =>
        (share >= 1 ? $"{Math.Round(100 * share):F0}" : FormattableString.Invariant($"{100 * share:g2}")) + " %";

    // Twice the deviation of a count whose mean this is: above it are one in forty.
    private static int WithChance(double mean) => (int)Math.Ceiling(mean + (2 * Math.Sqrt(mean)));

    private static double Span(double least, double most)
    {
        double size = Math.Max(Math.Abs(least), Math.Abs(most));
        return most - least > Still * size ? most - least : size > 0 ? size : 1;
    }
}
