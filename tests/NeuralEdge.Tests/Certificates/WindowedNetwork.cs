using NeuralEdge.Conversion.Features;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Features;
using NeuralEdge.Models;
using NeuralEdge.Tests.Features;

namespace NeuralEdge.Tests.Certificates;

/// <summary>A network of features of windows, and windows: what a board computes of them, and what real numbers are.</summary>
internal sealed class WindowedNetwork
{
    private readonly IntegerNetwork _network;
    private readonly int[][] _series;

    private WindowedNetwork(WindowPlan plan, FloatNetwork exact, QuantisedNetwork integers, int[][] series)
    {
        Exact = exact;
        Integers = integers;
        _network = new IntegerNetwork(integers);
        _series = series;
        WindowShape shape = plan.ShapeFor(integers.Inputs);
        WindowStage plain = new(plan.PlainShape());
        Windows = [.. WindowPlan.Walk(series, new WindowStage(shape)).ToArray().Zip(WindowPlan.Walk(series, plain).ToArray(), (seen, whole) =>
            new Window(Real(shape, seen.End), plan.ToValues(whole.Row), seen.Row))];
    }

    /// <summary>The real network.</summary>
    internal FloatNetwork Exact { get; }

    /// <summary>The integers made of it, which count what features are off by.</summary>
    internal QuantisedNetwork Integers { get; }

    /// <summary>The same without that, as if a board's features were real.</summary>
    internal QuantisedNetwork IntegersAlone => WithFeatureErrors(0);

    /// <summary>Windows, which tell the ranges of the network.</summary>
    internal IReadOnlyList<Window> Windows { get; }

    /// <summary>Integers whose features are off by so many times what they can be.</summary>
    internal QuantisedNetwork WithFeatureErrors(double factor) =>
        Integers with { Inputs = Array.ConvertAll(Integers.Inputs, input => input with { FeatureError = factor * input.FeatureError }) };

    /// <summary>What the outputs are off by, from the samples on; null where a value leaves its range or meets its ceiling.</summary>
    internal double[]? ErrorsOf(Window window)
    {
        double[] actual = ScoresOf(window);
        bool inside = window.Raw.Zip(Integers.Inputs, (x, input) => x >= input.Minimum && x <= input.Maximum).All(covered => covered);
        return !inside || _network.Saturated ? null : [.. actual.Zip(Exact.Scores(window.Real), (a, b) => Math.Abs(a - b))];
    }

    /// <summary>True when a row of data becomes the raw inputs that the board has.</summary>
    internal bool IsOneStep(Window window) => window.Row.Select((v, i) => Math.Floor(((v - Integers.Inputs[i].Offset) / Integers.Inputs[i].Scale) + 0.5)).SequenceEqual(window.Raw.Select(x => (double)x));

    /// <summary>The board's scores.</summary>
    internal double[] ScoresOf(Window window) => _network.Scores([.. window.Raw.Zip(Integers.Inputs, (x, input) => Math.Clamp(x, input.Minimum, input.Maximum))]);

    /// <summary>Windows of any shape, some of their features, and a network of any kind; null where no integers can be made of it.</summary>
    internal static WindowedNetwork? Any(Random random, Profile profile)
    {
        WindowShape shape = RandomWindows.Shape(random, 64);
        Feature[] features = [.. shape.Features];
        random.Shuffle(features);
        int[][] series = [.. shape.Channels.Select(channel => RandomWindows.Samples(random, channel, shape.Samples + (10 * shape.Hop)))];
        return Of(shape, features[..Math.Min(features.Length, 1 + random.Next(6))], series, random, profile, inputs => Network(random, inputs));
    }

    /// <summary>The feature itself as the output, of samples that hardly move: what it is off by is all there is to see.</summary>
    internal static WindowedNetwork Plain(Random random, FeatureKind kind)
    {
        ChannelShape channel = new(0, 4095, 2000, 0, 3);
        int at = random.Next(1900, 2100);
        int[] series = [.. Enumerable.Range(0, 400).Select(_ => at + random.Next(-4, 5))];
        WindowShape shape = new(14, 1, 0, 0, [channel], []);
        Feature feature = new(kind, 0, kind is FeatureKind.Quantile ? 8 : kind is FeatureKind.Octave ? 1 : 0, 0, 0, 0);
        return Of(shape, [feature], [series], random, Profile.Exact, _ => new FloatNetwork(new FloatLayer([[1]], [0], Networks.Activation.Linear)))!;
    }

    private static WindowedNetwork? Of(WindowShape shape, Feature[] features, int[][] series, Random random, Profile profile, Func<RawInput[], FloatNetwork> network)
    {
        WindowChannel[] channels = [.. shape.Channels.Select((channel, c) => new WindowChannel(
            $"c{c}",
            "",
            new RawInput(channel.Lowest, channel.Highest, Math.Pow(10, (4 * random.NextDouble()) - 2) * (random.Next(2) == 0 ? 1 : -1), (200 * random.NextDouble()) - 100),
            new InputBinding(InputBinding.SourceAdc, c, 0, 0),
            channel))];
        WindowPlan plan = new(10, shape.Hop, shape.Hops, channels, [.. features.Select(f => new Feature(f.Kind, f.Channel, f.First, f.Last, 0, 0))]);
        double[][] rows = [.. WindowPlan.Walk(series, new WindowStage(plan.PlainShape())).Select(window => plan.ToValues(window.Row))];
        bool fast = profile == Profile.Fast;
        RawInput[] inputs = [.. features.Select((_, i) => plan.RawOf(i, rows.Min(row => row[i]), rows.Max(row => row[i]), fast))];
        FloatNetwork exact = network(inputs);
        try
        {
            return new WindowedNetwork(plan, exact, Quantiser.Quantise(exact, inputs, profile, comparable: true), series);
        }
        catch (Conversion.InputRefusedException)
        {
            return null;
        }
    }

    // None to two hidden layers; inputs count for about as much, whatever their unit and the middle of their range.
    private static FloatNetwork Network(Random random, RawInput[] raw)
    {
        Networks.Activation[] kinds = [Networks.Activation.Tanh, Networks.Activation.Sigmoid, Networks.Activation.Relu, Networks.Activation.LeakyRelu, Networks.Activation.Linear];
        FloatLayer[] layers = new FloatLayer[1 + random.Next(3)];
        int width = raw.Length;
        for (int l = 0; l < layers.Length; l++)
        {
            int inputs = width;
            int layer = l;
            width = 1 + random.Next(5);
            double[][] weights = [.. Enumerable.Range(0, width).Select(_ => Enumerable.Range(0, inputs).Select(i =>
                ((4 * random.NextDouble()) - 2) / (layer == 0 ? raw[i].Scale * Math.Max(-raw[i].Minimum, raw[i].Maximum) : 1)).ToArray())];
            layers[l] = new FloatLayer(
                weights,
                [.. weights.Select(row => (2 * random.NextDouble()) - 1 - (layer == 0 ? row.Select((w, i) => w * raw[i].Offset).Sum() : 0))],
                l == layers.Length - 1 && random.Next(2) == 0 ? Networks.Activation.Linear : kinds[random.Next(kinds.Length)],
                random.NextDouble() * 0.9);
        }

        return new FloatNetwork(layers);
    }

    private double[] Real(WindowShape shape, int end) => [.. shape.Features.Select((feature, i) =>
    {
        double real = PlainFeatures.Real(shape, feature, _series[feature.Channel], end + 1) * (feature.Kind == FeatureKind.Crossings ? 1 : 16);
        return Integers.Inputs[i].Offset + (Integers.Inputs[i].Scale * Math.ScaleB(real - feature.Origin, -feature.Shift));
    })];

    /// <summary>A window.</summary>
    /// <param name="Real">Its features in real arithmetic, in units of the inputs.</param>
    /// <param name="Row">Those that a board computes, with all their bits: a row of data.</param>
    /// <param name="Raw">What the network of a board sees of them.</param>
    internal sealed record Window(double[] Real, double[] Row, int[] Raw);
}
