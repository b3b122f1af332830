using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Certificates;

/// <summary>
/// Random networks that are unkind to fixed point: weights from 1e-8 to 1e4 in one layer, huge biases, dead neurons, up to 512
/// inputs, counts 0..4095 and 0..100000 as inputs, every activation.
/// </summary>
/// <param name="Exact">The real network.</param>
/// <param name="Inputs">How its inputs become integers.</param>
internal sealed record HostileNetwork(FloatNetwork Exact, RawInput[] Inputs)
{
    private static readonly Activation[] Hidden = [Activation.Tanh, Activation.Sigmoid, Activation.Relu, Activation.LeakyRelu, Activation.Linear];

    internal static HostileNetwork Make(PortableRandom random)
    {
        bool wide = random.Next(100) == 0;
        RawInput[] inputs = new RawInput[wide ? 512 : 1 + random.Next(6)];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = random.Next(4) switch
            {
                0 => new RawInput(0, 4095, 3.3 / 4095, 0),
                1 => new RawInput(0, 100_000, 1, 0),
                2 => new RawInput(-32768, 32767, Math.ScaleB(1, random.Next(30) - 20), Scatter(random, -3, 4)),
                _ => new RawInput(-random.Next(50), random.Next(50), Scatter(random, -4, 2), Scatter(random, -3, 3)),
            };
        }

        FloatLayer[] layers = new FloatLayer[1 + random.Next(3)];
        int width = inputs.Length;
        for (int l = 0; l < layers.Length; l++)
        {
            bool last = l == layers.Length - 1;
            Activation activation = last && random.Next(4) == 0 ? Activation.Softmax : Hidden[random.Next(Hidden.Length)];
            layers[l] = Layer(random, width, 1 + random.Next(5), activation);
            width = layers[l].OutputCount;
        }

        return new HostileNetwork(new FloatNetwork(layers), inputs);
    }

    /// <summary>A row of values: corners and places that are rounded as badly as can be, among random ones.</summary>
    internal double[] Row(PortableRandom random)
    {
        double[] row = new double[Inputs.Length];
        int style = random.Next(3);
        for (int i = 0; i < row.Length; i++)
        {
            double width = (double)Inputs[i].Maximum - Inputs[i].Minimum;
            double raw = style switch
            {
                0 => random.Next(2) == 0 ? Inputs[i].Minimum - 0.4999 : Inputs[i].Maximum + 0.4999,
                1 => Inputs[i].Minimum + Math.Floor(random.NextDouble() * width) + 0.4999,
                _ => Inputs[i].Minimum + (random.NextDouble() * width),
            };
            row[i] = Inputs[i].Offset + (Inputs[i].Scale * raw);
        }

        return row;
    }

    private static FloatLayer Layer(PortableRandom random, int inputs, int neurons, Activation activation)
    {
        bool wild = random.Next(3) == 0;
        double size = Math.Pow(10, (5 * random.NextDouble()) - 4);
        double[][] weights = new double[neurons][];
        double[] bias = new double[neurons];
        for (int n = 0; n < neurons; n++)
        {
            bool dead = random.Next(12) == 0;
            weights[n] = new double[inputs];
            for (int i = 0; i < inputs; i++)
            {
                weights[n][i] = dead ? 0 : wild ? Scatter(random, -8, 4) : size * ((2 * random.NextDouble()) - 1);
            }

            bias[n] = random.Next(8) == 0 ? Scatter(random, 2, 6) : size * ((2 * random.NextDouble()) - 1);
        }

        return new FloatLayer(weights, bias, activation, random.NextDouble() * 0.9);
    }

    private static double Scatter(PortableRandom random, int least, int most) =>
        Math.Pow(10, least + ((most - least) * random.NextDouble())) * (random.Next(2) == 0 ? 1 : -1);
}
