using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Conversion.Workflow;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Cli;

/// <summary>A random network whose outputs are scores of very unlike sizes, all of which win somewhere; its inputs are counts of an ADC.</summary>
internal sealed class RandomClassifier
{
    private const double Work = 2e3;
    private const int LargestCount = 4095;
    private static readonly int[] Channels = [0, 3, 4, 5];
    private static readonly int[] Pins = [18, 19, 21, 22, 23, 25];
    private static readonly Activation[] Hidden = [Activation.Tanh, Activation.Sigmoid, Activation.Relu, Activation.LeakyRelu];

    // What ends in logits most of all, and everything else that a pin may follow the largest of.
    private static readonly Activation[] Last =
        [Activation.Linear, Activation.Linear, Activation.Linear, Activation.Linear, Activation.Softmax, Activation.Sigmoid, Activation.Tanh, Activation.Relu, Activation.LeakyRelu];

    private readonly PortableRandom _random;
    private readonly Profile _profile;

    internal RandomClassifier(long seed)
    {
        _random = new PortableRandom(seed);
        // The other profiles look long for the best rounding, which is not what is asked here.
        _profile = _random.Next(10) switch { 0 => Profile.Compact, 1 => Profile.Fast, _ => Profile.Exact };
        int inputs = 1 + _random.Next(Channels.Length);
        int classes = 2 + _random.Next(Pins.Length - 1);
        List<FloatLayer> layers = [];
        int width = inputs;
        double size = 2.0 / LargestCount;
        for (int depth = _random.Next(3); depth > 0; depth--)
        {
            int neurons = 2 + _random.Next(7);
            layers.Add(Layer(neurons, width, size, Hidden[_random.Next(Hidden.Length)]));
            width = neurons;
            size = 1;
        }

        FloatLayer last = Layer(classes, width, size, Last[_random.Next(Last.Length)]);
        for (int c = 0; c < classes; c++)
        {
            double unlike = Math.Pow(2, _random.Next(17) - 8);
            last.Bias[c] *= unlike;
            last.Weights[c] = Array.ConvertAll(last.Weights[c], weight => weight * unlike);
        }

        layers.Add(last);
        Model = new FloatModel(
            new FloatNetwork([.. layers]),
            [.. Enumerable.Range(0, inputs).Select(i => new InputSpec($"x{i}", "", 0, LargestCount))],
            [.. Enumerable.Range(0, classes).Select(c => new OutputSpec($"class {c}"))]);
    }

    internal FloatModel Model { get; }

    /// <summary>The model as a classifier whose pins follow the largest output.</summary>
    internal ConvertedModel WithPins() => Convert(
        ModelTask.Classification, new(
            20, [.. Model.Inputs.Select((input, i) => new BoardInput(input.Name, Channels[i], 1))], [.. Model.Outputs.Select((output, c) => new BoardOutput(output.Name, Pins[c], ArgMax: true, Group: BoardOutput.NoGroup))]));

    /// <summary>The model as quantities, each on the scale that suits it best.</summary>
    internal ConvertedModel AsQuantities() => Convert(ModelTask.Regression, Examples.NoBoard);

    internal double[][] Rows(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Array.ConvertAll(Model.Inputs, _ => (double)_random.Next(LargestCount + 1)))];

    private ConvertedModel Convert(ModelTask task, BoardSpec board) => Converter.Convert(new(Model, task, board, _profile, AcceptError: double.PositiveInfinity, Work: Work));

    private FloatLayer Layer(int neurons, int width, double size, Activation activation)
    {
        double Number(double most) => most * ((2 * _random.NextDouble()) - 1);
        return new FloatLayer(
            [.. Enumerable.Range(0, neurons).Select(_ => Enumerable.Range(0, width).Select(_ => Number(size)).ToArray())],
            [.. Enumerable.Range(0, neurons).Select(_ => Number(1))],
            activation,
            0.1);
    }
}
