using System.Globalization;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Features;

namespace NeuralEdge.Conversion.Features;

/// <summary>
/// What features are called, in files and on the command line: the terms of the field, and of a channel's values. A board computes them of
/// samples, which fall as values rise where a sensor is wired that way: the smallest value is then the largest sample.
/// </summary>
public static class FeatureNames
{
    private static readonly (FeatureKind Kind, string Name)[] Names =
    [
        (FeatureKind.Mean, "mean"),
        (FeatureKind.Deviation, "std"),
        (FeatureKind.Least, "min"),
        (FeatureKind.Most, "max"),
        (FeatureKind.Range, "range"),
        (FeatureKind.RootMeanSquare, "rms"),
        (FeatureKind.MeanStep, "mad"),
        (FeatureKind.LargestStep, "maxdiff"),
        (FeatureKind.Crossings, "crossings"),
        (FeatureKind.Slope, "slope"),
        (FeatureKind.First, "first"),
        (FeatureKind.Last, "last"),
        (FeatureKind.Average, "ema"),
        (FeatureKind.Drift, "drift"),
    ];

    /// <summary>The name of a feature without its channel: std, octave2, q8 (8/16, the median), band3-6.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="scale">What a step of a sample is worth in the channel's unit; below zero where samples fall as values rise.</param>
    public static string Of(Feature feature, double scale)
    {
        ArgumentNullException.ThrowIfNull(feature);
        Feature named = Turned(feature, scale);
        return named.Kind switch
        {
            FeatureKind.Quantile => $"q{named.First}",
            FeatureKind.Octave => $"octave{named.First}",
            FeatureKind.Band => named.First == named.Last ? $"band{named.First}" : $"band{named.First}-{named.Last}",
            _ => Array.Find(Names, pair => pair.Kind == named.Kind).Name,
        };
    }

    /// <summary>The feature that a name stands for.</summary>
    /// <param name="name">A name, as <see cref="Of"/> gives it.</param>
    /// <param name="channel">The channel to compute it of.</param>
    /// <param name="scale">What a step of its samples is worth in its unit; below zero where samples fall as values rise.</param>
    /// <exception cref="InputRefusedException">It stands for none.</exception>
    public static Feature Parse(string name, int channel, double scale) => Turned(Parse(name, channel), scale);

    /// <summary>What a feature of samples is of values, and the other way round.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="scale">What a step of a sample is worth; below zero where samples fall as values rise.</param>
    /// <remarks>Kinds with a sign take the scale's; all others are the same from either end.</remarks>
    public static Feature Turned(Feature feature, double scale)
    {
        ArgumentNullException.ThrowIfNull(feature);
        return scale >= 0 ? feature : feature.Kind switch
        {
            FeatureKind.Least => As(feature, FeatureKind.Most, feature.First),
            FeatureKind.Most => As(feature, FeatureKind.Least, feature.First),
            FeatureKind.Quantile => As(feature, FeatureKind.Quantile, 16 - feature.First),
            _ => feature,
        };
    }

    private static Feature Parse(string name, int channel)
    {
        ArgumentNullException.ThrowIfNull(name);
        int known = Array.FindIndex(Names, pair => pair.Name == name);
        if (known >= 0)
        {
            return new Feature(Names[known].Kind, channel, 0, 0, 0, 0);
        }

        if (Number(name, "q") is int sixteenths and >= 1 and <= 15)
        {
            return new Feature(FeatureKind.Quantile, channel, sixteenths, 0, 0, 0);
        }

        if (Number(name, "octave") is int octave and >= 1 and <= WindowShape.MaxOctave)
        {
            return new Feature(FeatureKind.Octave, channel, octave, 0, 0, 0);
        }

        if (name.StartsWith("band", StringComparison.Ordinal))
        {
            string[] ends = name["band".Length..].Split('-');
            if (Number(ends[0], "") is int first and >= 1 and <= byte.MaxValue && Number(ends[^1], "") is int last and <= byte.MaxValue && ends.Length <= 2 && last >= first && last - first < WindowShape.MaxBins)
            {
                return new Feature(FeatureKind.Band, channel, first, last, 0, 0);
            }
        }

        throw new InputRefusedException(
            $"{NumberText.Quote(name)} is no feature; take {string.Join(", ", Names.Select(pair => pair.Name))}, q1 to q15 (sixteenths of the samples below), octave1 to octave7, or bins of the window's spectrum such as band3 or band3-6, at most {WindowShape.MaxBins} of them.");
    }

    private static Feature As(Feature feature, FeatureKind kind, int first) => new(kind, feature.Channel, first, feature.Last, feature.Origin, feature.Shift);

    private static int? Number(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(text.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
