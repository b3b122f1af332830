using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Features;
using NeuralEdge.Models;
using NeuralEdge.Networks;
using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Features;

/// <summary>Models with windows, made by the converter: each output is one feature, in counts.</summary>
internal static class WindowedModels
{
    /// <summary>Channels 0, 1 ... of counts; outputs y0, y1 ... as wired.</summary>
    internal static ModelFile Create(int periodMs, int hop, int hops, int channels, string[] features, params BoardOutput[] outputs) =>
        Create(periodMs, hop, hops, channels, features, null, out _, outputs);

    /// <summary>The same, of which the last few decisions are one.</summary>
    internal static ModelFile Create(int periodMs, int hop, int hops, int channels, string[] features, RecentDecisions? decisions, out WindowPlan plan, params BoardOutput[] outputs) =>
        Create(periodMs, hop, hops, channels, features, new RawInput(0, 4095, 1, 0), decisions, out plan, outputs);

    /// <summary>A channel whose counts fall as its values rise, both 0 to 4095.</summary>
    internal static ModelFile Falling(int hop, int hops, params string[] features) => Create(10, hop, hops, 1, features, new RawInput(0, 4095, -1, 4095), null, out _);

    private static ModelFile Create(int periodMs, int hop, int hops, int channels, string[] features, RawInput raw, RecentDecisions? decisions, out WindowPlan plan, params BoardOutput[] outputs)
    {
        Feature[] list = [.. Enumerable.Range(0, channels).SelectMany(c => features.Select(name => FeatureNames.Parse(name, c, raw.Scale)))];
        plan = new(
            periodMs,
            hop,
            hops,
            [.. Enumerable.Range(0, channels).Select(c => new WindowChannel(
                $"c{c}", "", raw, new InputBinding(InputBinding.SourceAdc, c, 0, 0), new ChannelShape(0, 4095, 2000, 50, 4)))],
            list);
        WindowPlan windows = plan;
        int n = list.Length;
        FloatModel model = new(
            new FloatNetwork(new FloatLayer([.. Enumerable.Range(0, n).Select(o => Enumerable.Range(0, n).Select(i => i == o ? 1.0 : 0).ToArray())], new double[n], Activation.Linear)),
            [.. windows.Names.Select(name => new InputSpec(name, "", -4095, 4095))],
            [.. Enumerable.Range(0, n).Select(o => new OutputSpec($"y{o}"))]);
        BoardSpec board = new(periodMs, [.. windows.Channels.Select((channel, c) => new BoardInput(channel.Name, c, 1))], outputs) { Decisions = decisions };
        return Converter.Convert(new(model, ModelTask.Regression, board, Profile.Exact, Work: Examples.QuickProof) { Windows = plan }).File;
    }

    /// <summary>A section of windows, in front of which a network with as many inputs stands.</summary>
    internal static byte[] With(byte[] windows, int inputs) => ModelWriter.Container(
    [
        .. ModelFile.Parse(Bench.Identity(inputs, 100).Bytes, "plain").Sections.OrderBy(section => section.Key).Where(section => section.Key is ModelFormat.NetworkSection or ModelFormat.GoldenSection)
            .Select(section => (section.Key, true, section.Value)),
        (ModelFormat.WindowSection, true, windows),
    ]);
}
