using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Training;
using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Import.Onnx;

/// <summary>
/// A trained 4-16-3 network that tells irises apart. Its parameters are rounded to eight significant bits, so that
/// float, double, float16 and bfloat16 hold the very same numbers.
/// </summary>
internal sealed class FlowerNetwork
{
    private static readonly Lazy<FlowerNetwork> Once = new(() => new FlowerNetwork());

    private FlowerNetwork()
    {
        DataSet iris = DataSet.From(Table.Read(Repository.PathOf("tools/examples/iris.csv")), ["species"]);
        FloatModel trained = new Trainer(new Hyperparameters { Hidden = [16], Starts = 1, MaximumEpochs = 200, Refit = false }).Train(iris).ToFloatModel();
        FloatLayer[] layers = Array.ConvertAll(trained.Network.Layers, l => new FloatLayer(
            Array.ConvertAll(l.Weights, row => Array.ConvertAll(row, Round)),
            Array.ConvertAll(l.Bias, Round),
            l.Activation));
        Model = new FloatModel(new FloatNetwork(layers), trained.Inputs, trained.Outputs);
        Rows = iris.Inputs;
    }

    internal static FlowerNetwork Instance => Once.Value;

    /// <summary>Names, ranges and the network.</summary>
    internal FloatModel Model { get; }

    /// <summary>The flowers.</summary>
    internal double[][] Rows { get; }

    internal double[] Bias1 => Model.Network.Layers[0].Bias;

    internal double[] Bias2 => Model.Network.Layers[1].Bias;

    /// <summary>[16,4], a row for each neuron.</summary>
    internal double[] Weights1 => [.. Model.Network.Layers[0].Weights.SelectMany(r => r)];

    /// <summary>[3,16], a row for each neuron.</summary>
    internal double[] Weights2 => [.. Model.Network.Layers[1].Weights.SelectMany(r => r)];

    /// <summary>[4,16], a column for each neuron.</summary>
    internal double[] Columns1 => Transpose(Model.Network.Layers[0].Weights);

    /// <summary>[16,3], a column for each neuron.</summary>
    internal double[] Columns2 => Transpose(Model.Network.Layers[1].Weights);

    internal static bool IsSoftmax(FloatModel model) => model.Network.Layers[^1].Activation == Activation.Softmax;

    private static double[] Transpose(double[][] rows) =>
        [.. Enumerable.Range(0, rows[0].Length).SelectMany(i => rows.Select(r => r[i]))];

    private static double Round(double value)
    {
        if (value == 0)
        {
            return 0;
        }

        double step = Math.ScaleB(1, Math.Max(Math.ILogB(value) - 7, -10));
        return Math.Round(value / step) * step;
    }
}
