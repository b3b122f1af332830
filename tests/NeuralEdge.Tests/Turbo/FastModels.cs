using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Turbo;

/// <summary>Models for a board with turbo, wired to its ADC.</summary>
internal static class FastModels
{
    /// <summary>A network of random weights whose pre-activations are neither small nor saturated, in counts.</summary>
    internal static FloatModel Random(long seed, params int[] widths)
    {
        PortableRandom random = new(seed);
        double Weight(int inputs, double span) => ((2 * random.NextDouble()) - 1) * 2 / Math.Sqrt(inputs) / span;
        FloatLayer[] layers = [.. Enumerable.Range(1, widths.Length - 1).Select(l => new FloatLayer(
            [.. Enumerable.Range(0, widths[l]).Select(_ => Enumerable.Range(0, widths[l - 1]).Select(_ => Weight(widths[l - 1], l == 1 ? 2048 : 1)).ToArray())],
            [.. Enumerable.Range(0, widths[l]).Select(_ => random.NextDouble() - 0.5)],
            l == widths.Length - 1 ? Activation.Linear : Activation.Tanh))];
        return new FloatModel(
            new FloatNetwork(layers),
            [.. Enumerable.Range(0, widths[0]).Select(i => new InputSpec($"x{i}", "", 0, 4095))],
            [.. Enumerable.Range(0, widths[^1]).Select(o => new OutputSpec($"y{o}"))]);
    }

    /// <summary>The file of such a model.</summary>
    internal static byte[] File(long seed, Profile profile, params int[] widths)
    {
        BoardSpec board = new(100, [.. Enumerable.Range(0, widths[0]).Select(i => new BoardInput($"x{i}", i % 8, 1))], []);
        return Converter.Convert(new(Random(seed, widths), ModelTask.Regression, board, profile, AcceptError: double.PositiveInfinity, Work: Examples.QuickProof) { RoundingWork = Examples.QuickProof }).File.Bytes;
    }

    internal static Model Read(byte[] file) => ModelReader.Read(file, file.Length, ModelFile.DesktopLimits, out _, out _)!;
}
