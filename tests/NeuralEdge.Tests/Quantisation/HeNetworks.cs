using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Quantisation;

/// <summary>
/// Deep networks with random weights whose values neither vanish nor grow from layer to layer: He et al. (2015) for ReLU, Glorot
/// and Bengio (2010) for tanh.
/// </summary>
internal static class HeNetworks
{
    internal static FloatModel Create(int seed, Activation activation, int inputs, int width, int depth, int outputs)
    {
        PortableRandom random = new(seed);
        FloatLayer[] layers = new FloatLayer[depth + 1];
        int before = inputs;
        for (int l = 0; l <= depth; l++)
        {
            int neurons = l == depth ? outputs : width;
            double deviation = activation == Activation.Relu ? Math.Sqrt(2.0 / before) : Math.Sqrt(2.0 / (before + neurons));
            layers[l] = new FloatLayer(Rows(random, neurons, before, deviation), Row(random, neurons, 0.1), l == depth ? Activation.Linear : activation);
            before = neurons;
        }

        return ModelOf(layers);
    }

    /// <summary>
    /// A network whose interval bounds explode although its values stay near 1, as those trained for collision avoidance do: each
    /// layer has weights that are large in directions in which nothing happens.
    /// </summary>
    internal static FloatModel CreateExploding(int seed)
    {
        const int Width = 50;
        FloatModel tame = Create(seed, Activation.Relu, 5, Width, 6, 5);
        PortableRandom random = new(seed + 1);
        double[][] rows = [.. Enumerable.Range(0, 200).Select(_ => RandomRow(random, 5))];
        for (int l = 1; l < 6; l++)
        {
            // Directions orthogonal to the first few that the layer's inputs take: Gram and Schmidt on the rows seen.
            double[][] seen = [.. rows.Select(row => Activations(tame.Network, row, l))];
            List<double[]> basis = [];
            foreach (double[] row in seen.Take(47))
            {
                double[] rest = Without(basis, row);
                double length = Math.Sqrt(Dot(rest, rest));
                if (length > 1e-9)
                {
                    basis.Add(Array.ConvertAll(rest, x => x / length));
                }
            }

            foreach (double[] weights in tame.Network.Layers[l].Weights)
            {
                double[] noise = Without(basis, Row(random, Width, 0.5));
                for (int i = 0; i < Width; i++)
                {
                    weights[i] += noise[i];
                }
            }
        }

        return tame;
    }

    internal static double[] RandomRow(PortableRandom random, int inputs) => [.. Enumerable.Range(0, inputs).Select(_ => (2 * random.NextDouble()) - 1)];

    private static FloatModel ModelOf(FloatLayer[] layers) => new(
        new FloatNetwork(layers),
        [.. Enumerable.Range(0, layers[0].InputCount).Select(i => new InputSpec($"x{i}", "", -1, 1))],
        [.. Enumerable.Range(0, layers[^1].OutputCount).Select(o => new OutputSpec($"y{o}"))]);

    private static double[] Activations(FloatNetwork network, double[] row, int layer)
    {
        double[][] z = network.PreActivations(row);
        FloatLayer before = network.Layers[layer - 1];
        return Array.ConvertAll(z[layer - 1], value => before.Function.Evaluate(value, before.Slope));
    }

    private static double[] Without(List<double[]> basis, double[] vector)
    {
        double[] rest = (double[])vector.Clone();
        foreach (double[] direction in basis)
        {
            double share = Dot(direction, rest);
            for (int i = 0; i < rest.Length; i++)
            {
                rest[i] -= share * direction[i];
            }
        }

        return rest;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double[][] Rows(PortableRandom random, int count, int width, double deviation) =>
        [.. Enumerable.Range(0, count).Select(_ => Row(random, width, deviation))];

    // Box and Muller (1958).
    private static double[] Row(PortableRandom random, int width, double deviation) =>
        [.. Enumerable.Range(0, width).Select(_ => deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
}
