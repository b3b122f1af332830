using NeuralEdge.Features;

namespace NeuralEdge.Conversion.Features;

/// <summary>How far a board's integer feature can be from the same formula in real arithmetic, on the same samples.</summary>
public static class FeatureError
{
    private const double Sixteenth = 1.0 / 16;

    /// <summary>The bound, in the unit of a sample; crossings are exact.</summary>
    /// <param name="shape">The windows.</param>
    /// <param name="feature">A feature of theirs.</param>
    /// <remarks>
    /// Half a sixteenth where one division is rounded to nearest, a sixteenth where a root is rounded down. A deviation has both: the
    /// root is rounded down in units of 1/(16 n). A quantile is off by half a bin. For a band, each of n samples is off by half a step of
    /// Q1.14 in cosine and sine, each sum by half a sixteenth, and the root once more.
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

    private static double Band(WindowShape shape, Feature feature, ChannelShape channel)
    {
        double largest = Math.Max(Math.Abs((double)channel.Lowest), Math.Abs((double)channel.Highest));

        // An entry is off by half a step, and by what the rotation has gathered, which is below a hundredth of one.
        double sum = (shape.Samples * largest * 0.51 / (1 << 14)) + (Sixteenth / 2);
        double bins = feature.Last - feature.First + 1;
        return (2.0 / shape.Samples * ((sum * Math.Sqrt(2 * bins)) + Sixteenth)) + (Sixteenth / 2);
    }
}
