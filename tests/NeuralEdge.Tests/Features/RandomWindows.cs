using NeuralEdge.Conversion.Features;
using NeuralEdge.Features;

namespace NeuralEdge.Tests.Features;

/// <summary>Windows of any shape that a reader accepts, and samples for them.</summary>
internal static class RandomWindows
{
    /// <summary>A shape with a feature of every kind that fits it, on each channel or on some.</summary>
    internal static WindowShape Shape(Random random, int mostSamples = 256)
    {
        int hops = 1 << random.Next(3);
        int channels = random.Next(1, 4);
        int hop = Math.Max(Math.Max(channels, 4), random.Next(1, (mostSamples / hops) + 1));
        if (random.Next(2) == 0)
        {
            // Octaves need whole pairs of pairs, bands quarters of a turn.
            hop = Math.Max(8, hop & ~7);
        }

        int samples = hop * hops;
        ChannelShape[] shapes = [.. Enumerable.Range(0, channels).Select(_ => Channel(random))];
        List<Feature> features = [];
        for (int c = 0; c < channels; c++)
        {
            features.AddRange(All(c, hop, samples, random).Where(_ => random.Next(3) > 0).Select(f => random.Next(3) > 0 ? f : new Feature(f.Kind, f.Channel, f.First, f.Last, random.Next(-600000, 600000), random.Next(WindowShape.MinFeatureShift, WindowShape.MaxFeatureShift + 1))));
        }

        if (features.Count == 0)
        {
            features.Add(new Feature(FeatureKind.Mean, 0, 0, 0, 0, 0));
        }

        (int cosine, int sine) = features.Any(feature => feature.Kind == FeatureKind.Band) ? Rotation.Of(samples) : (0, 0);
        return new WindowShape(hop, hops, cosine, sine, shapes, [.. features]);
    }

    /// <summary>Samples of one of several kinds: quiet, loud, at an end, stepping, swinging.</summary>
    internal static int[] Samples(Random random, ChannelShape channel, int count)
    {
        int kind = random.Next(5);
        double span = channel.Highest - channel.Lowest;
        double period = 2 + (random.NextDouble() * 40);
        int at = random.Next(channel.Lowest, channel.Highest + 1);
        return [.. Enumerable.Range(0, count).Select(t => (int)Math.Clamp(
            kind switch
            {
                0 => at + (random.NextDouble() * span / 100),
                1 => channel.Lowest + (random.NextDouble() * span),
                2 => random.Next(2) == 0 ? channel.Lowest : channel.Highest,
                3 => at = random.Next(8) == 0 ? random.Next(channel.Lowest, channel.Highest + 1) : at,
                _ => channel.Lowest + (span / 2) + (span / 2 * Math.Sin(2 * Math.PI * t / period)),
            },
            channel.Lowest,
            channel.Highest))];
    }

    private static ChannelShape Channel(Random random)
    {
        int lowest = random.Next(3) switch { 0 => 0, 1 => -32768, _ => random.Next(-32768, 32000) };
        int highest = random.Next(3) switch { 0 => Math.Max(lowest, 4095), 1 => 32767, _ => random.Next(lowest, 32768) };
        int level = random.Next(lowest, highest + 1);
        return new ChannelShape(lowest, highest, level, random.Next(3) == 0 ? 0 : random.Next(0, 500), random.Next(0, WindowShape.MaxAverageShift + 1));
    }

    private static IEnumerable<Feature> All(int channel, int hop, int samples, Random random)
    {
        foreach (FeatureKind kind in Enum.GetValues<FeatureKind>())
        {
            switch (kind)
            {
                case FeatureKind.Quantile:
                    yield return new Feature(kind, channel, random.Next(1, 16), 0, 0, 0);
                    break;
                case FeatureKind.Octave:
                    int most = Math.Min(WindowShape.MaxOctave, int.TrailingZeroCount(hop));
                    if (most > 0)
                    {
                        yield return new Feature(kind, channel, random.Next(1, most + 1), 0, 0, 0);
                    }

                    break;
                case FeatureKind.Band:
                    if (samples % 4 == 0 && samples >= 4 && samples <= WindowShape.MaxBandSamples && samples > 2)
                    {
                        int first = random.Next(1, (samples + 1) / 2);
                        int last = Math.Min(first + random.Next(WindowShape.MaxBins), ((samples + 1) / 2) - 1);
                        yield return new Feature(kind, channel, first, Math.Max(first, last), 0, 0);
                    }

                    break;
                default:
                    yield return new Feature(kind, channel, 0, 0, 0, 0);
                    break;
            }
        }
    }
}
