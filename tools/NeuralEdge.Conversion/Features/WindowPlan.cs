using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Features;

namespace NeuralEdge.Conversion.Features;

/// <summary>
/// Windows as a person thinks of them: channels with names and units, and features with values. What is computed is computed by the
/// board's own code, so that a network is trained on what it will see.
/// </summary>
/// <param name="PeriodMs">Milliseconds from one sample to the next.</param>
/// <param name="Hop">Samples from one window to the next.</param>
/// <param name="Hops">Hops of a window: 1, 2 or 4.</param>
/// <param name="Channels">What is sampled.</param>
/// <param name="Features">Inputs of the network; origin and shift are not used.</param>
public sealed record WindowPlan(int PeriodMs, int Hop, int Hops, IReadOnlyList<WindowChannel> Channels, IReadOnlyList<Feature> Features)
{
    private const double Sixteenth = 1.0 / 16;

    // A layer's weights share their bits: beside crossings, of which there are a few, a mean with thousands of steps would be left with
    // weights of a few steps. A four-thousandth of a feature's range is far below what differs from window to window.
    private const int Magnitude = 2048;

    /// <summary>Steps of an input of the profile fast: more would cost bits of the weights.</summary>
    private const int FastMagnitude = 382;

    /// <summary>Samples of a window.</summary>
    public int Samples => Hop * Hops;

    /// <summary>What the features are called: channel and kind, such as "x std".</summary>
    public IReadOnlyList<string> Names => [.. Features.Select(NameOf)];

    /// <summary>The unit of each feature: that of its channel; crossings have none.</summary>
    public IReadOnlyList<string> Units => [.. Features.Select(feature => feature.Kind == FeatureKind.Crossings ? "" : Channels[feature.Channel].Unit)];

    /// <summary>What a feature is called.</summary>
    /// <param name="feature">One of this plan's channels.</param>
    public string NameOf(Feature feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        return $"{Channels[feature.Channel].Name} {KindOf(feature)}";
    }

    /// <summary>What a feature is called without its channel, such as "std".</summary>
    /// <param name="feature">One of this plan's channels.</param>
    public string KindOf(Feature feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        return FeatureNames.Of(feature, Channels[feature.Channel].Raw.Scale);
    }

    /// <summary>The same windows and features of channels that are sampled otherwise: smallest values stay smallest values.</summary>
    /// <param name="channels">As many channels.</param>
    public WindowPlan WithChannels(IReadOnlyList<WindowChannel> channels) => this with
    {
        Channels = channels,
        Features = [.. Features.Select(feature => FeatureNames.Parse(KindOf(feature), feature.Channel, channels[feature.Channel].Raw.Scale))],
    };

    /// <summary>The windows with features as they are, nothing taken off and no bit left out.</summary>
    public WindowShape PlainShape() => Shape(Features);

    /// <summary>The windows of a model.</summary>
    /// <param name="inputs">Inputs of the network, as <see cref="RawOf"/> chose them.</param>
    public WindowShape ShapeFor(IReadOnlyList<RawInput> inputs) => Shape([.. Features.Select((feature, i) =>
    {
        (double scale, double offset) = ScaleOf(feature);
        int shift = (int)Math.Round(Math.Log2(inputs[i].Scale / scale));
        return new Feature(feature.Kind, feature.Channel, feature.First, feature.Last, (int)Math.Round((inputs[i].Offset - offset) / scale), shift);
    })]);

    /// <summary>How a feature becomes an input of the network: its steps are a power of two of those that a board computes.</summary>
    /// <param name="index">Index of the feature.</param>
    /// <param name="minimum">Smallest value the network is made for.</param>
    /// <param name="maximum">Largest value the network is made for.</param>
    /// <param name="fast">True for the profile fast.</param>
    public RawInput RawOf(int index, double minimum, double maximum, bool fast)
    {
        (double scale, double offset) = ScaleOf(Features[index]);
        double a = (minimum - offset) / scale;
        double b = (maximum - offset) / scale;
        double middle = Math.Floor(((a + b) / 2) + 0.5);
        double half = Math.Max(1, Math.Max(Math.Abs(a - middle), Math.Abs(b - middle)));
        // As many steps for each input: weights share their bits with them.
        int shift = WindowShape.MinFeatureShift;
        while (Math.ScaleB(half, -shift) > (fast ? FastMagnitude : Magnitude) && shift < WindowShape.MaxFeatureShift)
        {
            shift++;
        }

        double low = Math.Floor(Math.ScaleB(Math.Min(a, b) - middle, -shift) + 0.5);
        double high = Math.Floor(Math.ScaleB(Math.Max(a, b) - middle, -shift) + 0.5);
        RawInput raw = new((int)low, (int)Math.Max(high, low + 1), Math.ScaleB(scale, shift), offset + (scale * middle));
        Feature feature = Features[index];
        return FeatureError.Of(raw, PlainShape(), new Feature(feature.Kind, feature.Channel, feature.First, feature.Last, 0, shift));
    }

    /// <summary>Values of features, in units of the channels, of a row that a board computed without taking anything off.</summary>
    /// <param name="row">The row.</param>
    public double[] ToValues(IReadOnlyList<int> row) => [.. Features.Select((feature, i) =>
    {
        (double scale, double offset) = ScaleOf(feature);
        return offset + (scale * row[i]);
    })];

    /// <summary>All windows of a series, in the order of their ends.</summary>
    /// <param name="series">Samples of each channel, as many of each.</param>
    /// <param name="stage">Windows of <see cref="PlainShape"/>, which are cleared first.</param>
    /// <returns>The index of the window's last sample, and its features in their units.</returns>
    public static IEnumerable<(int End, int[] Row)> Walk(IReadOnlyList<int[]> series, WindowStage stage)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(stage);
        stage.Clear();
        int[] samples = new int[series.Count];
        for (int t = 0; t < series[0].Length; t++)
        {
            for (int c = 0; c < samples.Length; c++)
            {
                samples[c] = series[c][t];
            }

            if (stage.Add(samples))
            {
                while (!stage.Compute())
                {
                }

                yield return (t, [.. stage.Row]);
            }
        }
    }

    // Value = offset + scale * what the board computes.
    private (double Scale, double Offset) ScaleOf(Feature feature)
    {
        RawInput raw = Channels[feature.Channel].Raw;
        return feature.Kind switch
        {
            FeatureKind.Crossings => (1, 0),
            FeatureKind.Mean or FeatureKind.Least or FeatureKind.Most or FeatureKind.First or FeatureKind.Last or FeatureKind.Quantile or FeatureKind.Average =>
                (raw.Scale * Sixteenth, raw.Offset),
            FeatureKind.Slope or FeatureKind.Drift => (raw.Scale * Sixteenth, 0),
            _ => (Math.Abs(raw.Scale) * Sixteenth, 0),
        };
    }

    private WindowShape Shape(IReadOnlyList<Feature> features)
    {
        (int cosine, int sine) = features.Any(feature => feature.Kind == FeatureKind.Band) ? Rotation.Of(Samples) : (0, 0);
        return new WindowShape(Hop, Hops, cosine, sine, [.. Channels.Select(channel => channel.Shape)], [.. features]);
    }
}
