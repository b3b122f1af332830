using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests;

/// <summary>Models that many tests need.</summary>
internal static class Examples
{
    /// <summary>Work for an error bound, for golden vectors or for the rounding where the test is about something else.</summary>
    internal const double QuickProof = 1e5;

    internal static BoardSpec NoBoard { get; } = new(0, [], []);

    /// <summary>The worked example: 2 tanh(a + b) - tanh(b - a), inputs -4..4.</summary>
    internal static FloatModel WorkedExample { get; } = new(
        new FloatNetwork(
            new FloatLayer([[1, 1], [-1, 1]], [0, 0], Activation.Tanh),
            new FloatLayer([[2, -1]], [0], Activation.Linear)),
        [new InputSpec("a", "", -4, 4), new InputSpec("b", "", -4, 4)],
        [new OutputSpec("y")]);

    internal static ConvertedModel Convert(FloatModel model, Profile profile = Profile.Exact, double roundingWork = QuickProof) =>
        Converter.Convert(new(model, ModelTask.Regression, NoBoard, profile, AcceptError: double.PositiveInfinity, Work: QuickProof) { RoundingWork = roundingWork });

    /// <summary>A random network of hostile variety: depth, width, activations, ranges and sizes of weights.</summary>
    internal static FloatModel RandomModel(PortableRandom random)
    {
        Activation[] hidden = [Activation.Tanh, Activation.Sigmoid, Activation.Relu, Activation.LeakyRelu, Activation.Linear];
        int inputs = 1 + random.Next(8);
        int layers = 1 + random.Next(4);
        FloatLayer[] all = new FloatLayer[layers];
        int width = inputs;
        for (int l = 0; l < layers; l++)
        {
            int neurons = 1 + random.Next(9);
            double size = Math.Pow(10, (random.NextDouble() * 2.5) - 2);
            double[][] weights = new double[neurons][];
            for (int n = 0; n < neurons; n++)
            {
                weights[n] = new double[width];
                for (int i = 0; i < width; i++)
                {
                    weights[n][i] = random.Next(10) == 0 ? 0 : size * ((2 * random.NextDouble()) - 1);
                }
            }

            double[] bias = new double[neurons];
            for (int n = 0; n < neurons; n++)
            {
                bias[n] = size * ((2 * random.NextDouble()) - 1);
            }

            bool last = l == layers - 1;
            Activation activation = last && random.Next(3) == 0 ? Activation.Softmax : hidden[random.Next(hidden.Length)];
            all[l] = new FloatLayer(weights, bias, activation, 0.1);
            width = neurons;
        }

        InputSpec[] specs = new InputSpec[inputs];
        for (int i = 0; i < inputs; i++)
        {
            double low = Math.Round(100 * ((2 * random.NextDouble()) - 1));
            specs[i] = new InputSpec($"x{i}", "", low, low + Math.Pow(10, (random.NextDouble() * 6) - 2));
        }

        return new FloatModel(new FloatNetwork(all), specs, Enumerable.Range(0, width).Select(o => new OutputSpec($"y{o}")).ToArray());
    }

    /// <summary>A random row of values inside the model's ranges.</summary>
    internal static double[] RandomRow(FloatModel model, PortableRandom random) =>
        Array.ConvertAll(model.Inputs, i => i.Minimum!.Value + (random.NextDouble() * (i.Maximum!.Value - i.Minimum.Value)));
}
