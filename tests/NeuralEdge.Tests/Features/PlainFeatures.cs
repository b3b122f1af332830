using System.Numerics;
using NeuralEdge.Features;

namespace NeuralEdge.Tests.Features;

/// <summary>FORMAT.md 3.4 once more: over all samples of a window at once, in integers without an end and in real numbers.</summary>
internal static class PlainFeatures
{
    /// <summary>A feature in integers.</summary>
    /// <param name="shape">The windows.</param>
    /// <param name="feature">The feature.</param>
    /// <param name="all">Samples of its channel since the start.</param>
    /// <param name="end">Index behind the window's last sample.</param>
    internal static BigInteger Exact(WindowShape shape, Feature feature, int[] all, int end)
    {
        int n = shape.Samples;
        ChannelShape channel = shape.Channels[feature.Channel];
        int[] x = all[(end - n)..end];
        BigInteger sum = x.Aggregate(BigInteger.Zero, (total, v) => total + v);
        BigInteger squares = x.Aggregate(BigInteger.Zero, (total, v) => total + ((BigInteger)v * v));
        int[] steps = [.. x.Skip(1).Zip(x, (later, earlier) => Math.Abs(later - earlier))];
        switch (feature.Kind)
        {
            case FeatureKind.Mean: return HalfUp(16 * sum, n);
            case FeatureKind.Deviation: return HalfUp(Root(256 * ((n * squares) - (sum * sum))), n);
            case FeatureKind.Least: return 16 * x.Min();
            case FeatureKind.Most: return 16 * x.Max();
            case FeatureKind.Range: return 16 * (x.Max() - x.Min());
            case FeatureKind.RootMeanSquare:
                return Root(256 * x.Aggregate(BigInteger.Zero, (total, v) => total + BigInteger.Pow(v - channel.Level, 2)) / n);
            case FeatureKind.MeanStep: return HalfUp(16 * steps.Aggregate(BigInteger.Zero, (total, v) => total + v), n - 1);
            case FeatureKind.LargestStep: return 16 * steps.Max();
            case FeatureKind.Crossings: return Crossings([.. x.Select(v => v - channel.Level)], channel.DeadBand);
            case FeatureKind.Slope:
                BigInteger ramp = x.Select((v, i) => (BigInteger)v * i).Aggregate(BigInteger.Zero, (total, v) => total + v);
                return HalfUp(16 * ((12 * ramp) - (6 * (n - 1) * sum)), ((BigInteger)n * n) - 1);
            case FeatureKind.First: return 16 * x[0];
            case FeatureKind.Last: return 16 * x[^1];
            case FeatureKind.Quantile:
                int width = 1;
                while ((channel.Highest - channel.Lowest) / width >= 64)
                {
                    width *= 2;
                }

                int ranked = x.Order().ElementAt(feature.First * n / 16);
                int bin = (ranked - channel.Lowest) / width;
                return (16 * (channel.Lowest + (bin * width))) + (8 * (width - 1));
            case FeatureKind.Average: return Average(all, end, channel.AverageShift);
            case FeatureKind.Drift: return (16 * x[^1]) - Average(all, end, channel.AverageShift);
            case FeatureKind.Octave:
                int half = 1 << (feature.First - 1);
                BigInteger energy = 0;
                for (int i = 0; i < n; i += 2 * half)
                {
                    energy += BigInteger.Pow(x[i..(i + half)].Aggregate(BigInteger.Zero, (t, v) => t + v) - x[(i + half)..(i + (2 * half))].Aggregate(BigInteger.Zero, (t, v) => t + v), 2);
                }

                return Root(256 * energy / ((BigInteger)(n / (2 * half)) * half * half));
            default:
                short[] turn = CosineTable.Create(n, shape.Cosine, shape.Sine);
                BigInteger squaresOfBins = 0;
                for (int k = feature.First; k <= feature.Last; k++)
                {
                    BigInteger cosines = 0;
                    BigInteger sines = 0;
                    for (int i = 0; i < n; i++)
                    {
                        cosines += (BigInteger)x[i] * turn[(int)((long)k * i % n)];
                        sines += (BigInteger)x[i] * turn[(int)(((long)k * i + n - (n / 4)) % n)];
                    }

                    squaresOfBins += BigInteger.Pow((cosines + 512) >> 10, 2) + BigInteger.Pow((sines + 512) >> 10, 2);
                }

                return HalfUp(2 * Root(squaresOfBins), n);
        }
    }

    /// <summary>What the network sees of a feature.</summary>
    internal static BigInteger Seen(Feature feature, BigInteger value) => BigInteger.Max(-(1 << 30), BigInteger.Min(1 << 30, feature.Shift > 0 ? (value - feature.Origin + (BigInteger.One << (feature.Shift - 1))) >> feature.Shift : (value - feature.Origin) << -feature.Shift));

    /// <summary>A feature in real numbers, in the unit of a sample; crossings as counted.</summary>
    internal static double Real(WindowShape shape, Feature feature, int[] all, int end) =>
        Real(shape.Samples, feature, Array.ConvertAll(all, v => (double)v), end, shape.Channels[feature.Channel].Level, shape.Channels[feature.Channel]);

    /// <summary>A feature of any values in real numbers, in their unit.</summary>
    /// <param name="n">Values of a window.</param>
    /// <param name="feature">Its kind.</param>
    /// <param name="all">Values since the start.</param>
    /// <param name="end">Index behind the window's last value.</param>
    /// <param name="level">The channel's level, in their unit.</param>
    /// <param name="channel">The channel; its dead band counts <paramref name="step"/>s.</param>
    /// <param name="step">What a step of a sample is worth.</param>
    internal static double Real(int n, Feature feature, double[] all, int end, double level, ChannelShape channel, double step = 1)
    {
        double[] x = all[(end - n)..end];
        double mean = x.Average();
        double[] steps = [.. x.Skip(1).Zip(x, (later, earlier) => Math.Abs(later - earlier))];
        return feature.Kind switch
        {
            FeatureKind.Mean => mean,
            FeatureKind.Deviation => Math.Sqrt(x.Sum(v => (v - mean) * (v - mean)) / n),
            FeatureKind.RootMeanSquare => Math.Sqrt(x.Sum(v => (v - level) * (v - level)) / n),
            FeatureKind.MeanStep => steps.Average(),
            FeatureKind.Slope => n * x.Select((v, i) => (i - ((n - 1) / 2.0)) * (v - mean)).Sum() / (n * (((double)n * n) - 1) / 12),
            FeatureKind.Quantile => x.Order().ElementAt(feature.First * n / 16),
            FeatureKind.Average => RealAverage(all, end, channel.AverageShift),
            FeatureKind.Drift => x[^1] - RealAverage(all, end, channel.AverageShift),
            FeatureKind.Octave => RealOctave(x, 1 << (feature.First - 1)),
            FeatureKind.Band => RealBand(x, feature),
            FeatureKind.Least => x.Min(),
            FeatureKind.Most => x.Max(),
            FeatureKind.Range => x.Max() - x.Min(),
            FeatureKind.LargestStep => steps.Max(),
            FeatureKind.Crossings => Crossings([.. x.Select(v => (int)Math.Round((v - level) / step))], channel.DeadBand),
            FeatureKind.First => x[0],
            FeatureKind.Last => x[^1],
            _ => throw new ArgumentOutOfRangeException(nameof(feature)),
        };
    }

    private static double RealAverage(double[] all, int end, int shift) =>
        all.Take(end).Aggregate(all[0], (average, v) => average + ((v - average) / (1 << shift)));

    private static double RealOctave(double[] x, int half)
    {
        double[] means = [.. x.Chunk(half).Select(chunk => chunk.Average())];
        return Math.Sqrt(means.Chunk(2).Average(pair => (pair[0] - pair[1]) * (pair[0] - pair[1])));
    }

    private static double RealBand(double[] x, Feature feature) => 2.0 / x.Length * Math.Sqrt(Enumerable.Range(feature.First, feature.Last - feature.First + 1).Sum(k =>
    {
        double cosines = x.Select((v, i) => v * Math.Cos(2 * Math.PI * ((long)k * i % x.Length) / x.Length)).Sum();
        double sines = x.Select((v, i) => v * Math.Sin(2 * Math.PI * ((long)k * i % x.Length) / x.Length)).Sum();
        return (cosines * cosines) + (sines * sines);
    }));

    private static BigInteger Average(int[] all, int end, int shift)
    {
        BigInteger average = (BigInteger)all[0] << (shift + 4);
        for (int i = 0; i < end; i++)
        {
            average += (((BigInteger)all[i] << (shift + 4)) - average) >> shift;
        }

        return average >> shift;
    }

    // Of distances from the level.
    private static int Crossings(int[] x, int deadBand)
    {
        int[] sides = [.. x.Select(v => v >= deadBand ? 1 : v <= -deadBand ? -1 : 0).Where(side => side != 0)];
        return sides.Skip(1).Zip(sides, (later, earlier) => later != earlier).Count(differs => differs);
    }

    private static BigInteger HalfUp(BigInteger a, BigInteger b)
    {
        BigInteger quotient = BigInteger.DivRem((2 * a) + b, 2 * b, out BigInteger rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    private static BigInteger Root(BigInteger value)
    {
        BigInteger low = 0;
        BigInteger high = BigInteger.One << 33;
        while (high - low > 1)
        {
            BigInteger middle = (low + high) / 2;
            (low, high) = middle * middle <= value ? (middle, high) : (low, middle);
        }

        return low;
    }
}
