using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Features;

namespace NeuralEdge.Conversion.Features;

/// <summary>How far a board's integer feature can be from the same formula in real arithmetic, on the same samples.</summary>
public static class FeatureError
{
    private const int FractionBits = 4;
    private const double Sixteenth = 1.0 / (1 << FractionBits);

    /// <summary>More than double rounds away of a sum over a turn.</summary>
    private const double Leeway = 1 + 1e-9;

    /// <summary>A feature as an input of the network, with how far it can be from real arithmetic.</summary>
    /// <param name="raw">Its range and scale.</param>
    /// <param name="shape">The windows.</param>
    /// <param name="feature">The feature, with the bits that are left out of it.</param>
    internal static RawInput Of(RawInput raw, WindowShape shape, Feature feature) =>

        // Crossings are exact, all others count sixteenths.
        raw with { FeatureError = Math.ScaleB(Bound(shape, feature), FractionBits - feature.Shift) };

    /// <summary>The bound, in the unit of a sample; crossings are exact.</summary>
    /// <param name="shape">The windows.</param>
    /// <param name="feature">A feature of theirs.</param>
    /// <remarks>
    /// Half a sixteenth where one division is rounded to nearest, a sixteenth where a root is rounded down. A deviation has both: the
    /// root is rounded down in units of 1/(16 n). A quantile is off by half a bin. An average is rounded down with each sample, which adds up
    /// to a sixteenth, and once more at its end. For a band, cosine and sine of each bin are off by what the entries of the board's turn
    /// are, and by half a sixteenth, and the root is rounded twice.
    /// </remarks>
    public static double Bound(WindowShape shape, Feature feature)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(feature);
        ChannelShape channel = shape.Channels[feature.Channel];
        return feature.Kind switch
        {
            FeatureKind.Mean or FeatureKind.MeanStep or FeatureKind.Slope => Sixteenth / 2,
            FeatureKind.Deviation => (Sixteenth / 2) + (Sixteenth / shape.Samples),
            FeatureKind.RootMeanSquare or FeatureKind.Octave => Sixteenth,
            FeatureKind.Quantile => ((1 << BinShift(channel)) - 1) / 2.0,
            FeatureKind.Average or FeatureKind.Drift => (1 << channel.AverageShift) * Math.ScaleB(1, -channel.AverageShift - 4) * 2,
            FeatureKind.Band => Band(shape, feature, channel),
            _ => 0,
        };
    }

    // As the board chooses it: the narrowest of which 64 hold the range.
    private static int BinShift(ChannelShape channel)
    {
        int shift = 0;
        while ((channel.Highest - channel.Lowest) >> shift >= 64)
        {
            shift++;
        }

        return shift;
    }

    // Each bin's two sums are off by what the entries of the turn are, at the worst samples there are, and are rounded; then the root is.
    private static double Band(WindowShape shape, Feature feature, ChannelShape channel)
    {
        int n = shape.Samples;
        short[] turn = CosineTable.Create(n, shape.Cosine, shape.Sine);
        double[] off = [.. turn.Select((entry, i) => ((double)entry / CosineTable.One) - Math.Cos(2 * Math.PI * i / n))];
        double squares = 0;
        for (int k = feature.First; k <= feature.Last; k++)
        {
            squares += Math.Pow(OfSum(k, 0), 2) + Math.Pow(OfSum(k, n - (n / 4)), 2);
        }

        return ((2.0 / n * (Math.Sqrt(squares) + Sixteenth)) + (Sixteenth / 2)) * Leeway;

        double OfSum(int bin, int from)
        {
            double[] offs = [.. Enumerable.Range(0, n).Select(i => off[((bin * i) + from) % n])];
            double middle = (channel.Highest + (double)channel.Lowest) / 2;
            return ((channel.Highest - (double)channel.Lowest) / 2 * offs.Sum(Math.Abs)) + Math.Abs(middle * offs.Sum()) + (Sixteenth / 2);
        }
    }
}
