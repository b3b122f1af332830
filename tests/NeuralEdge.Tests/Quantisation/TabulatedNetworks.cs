using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Quantisation;

/// <summary>Random networks whose activations are tabulated, as people have them.</summary>
internal static class TabulatedNetworks
{
    /// <summary>Every function of the catalogue, some with other parameters than the usual ones.</summary>
    internal static Tabulated[] Functions { get; } =
    [
        .. TabulatedFunctions.Names.Select(name => TabulatedFunctions.Find(name)!),
        TabulatedFunctions.Elu(0.3), TabulatedFunctions.Elu(2.5), TabulatedFunctions.Celu(0.5), TabulatedFunctions.Silu(1.702),
        TabulatedFunctions.Silu(-0.7), TabulatedFunctions.HardSigmoid(0.2), TabulatedFunctions.HardSigmoid(-1.3, 0.1), TabulatedFunctions.Selu(-1, 2),
    ];

    /// <summary>A network of three inputs in -2..2.</summary>
    /// <param name="random">Decides weights and functions.</param>
    /// <param name="width">Neurons of each hidden layer.</param>
    /// <param name="depth">Hidden layers.</param>
    /// <param name="function">The function of every hidden layer; null for any of the catalogue, and ReLU among them.</param>
    /// <param name="last">The last layer's; null for linear.</param>
    internal static FloatModel Create(PortableRandom random, int width, int depth, ActivationFunction? function = null, ActivationFunction? last = null)
    {
        FloatLayer[] layers = new FloatLayer[depth + 1];
        int before = 3;
        for (int l = 0; l <= depth; l++)
        {
            int neurons = l == depth ? 2 : width;
            double deviation = Math.Sqrt(2.0 / before);
            ActivationFunction any = random.Next(5) == 0 ? Activation.Relu : Functions[random.Next(Functions.Length)];
            layers[l] = new FloatLayer(
                [.. Enumerable.Range(0, neurons).Select(_ => Enumerable.Range(0, before).Select(_ => deviation * ((4 * random.NextDouble()) - 2)).ToArray())],
                [.. Enumerable.Range(0, neurons).Select(_ => random.NextDouble() - 0.5)],
                l == depth ? last ?? Activation.Linear : function ?? any);
            before = neurons;
        }

        // At least one, whatever was drawn.
        if (function is null)
        {
            layers[0] = new FloatLayer(layers[0].Weights, layers[0].Bias, Functions[random.Next(Functions.Length)]);
        }

        return new FloatModel(
            new FloatNetwork(layers), [.. Enumerable.Range(0, 3).Select(i => new InputSpec($"x{i}", "", -2, 2))], [new OutputSpec("y"), new OutputSpec("z")]);
    }
}
