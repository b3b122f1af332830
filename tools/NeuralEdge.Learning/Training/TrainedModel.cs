using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning.Data;

namespace NeuralEdge.Learning.Training;

/// <summary>
/// What training found: a network on standardised values, and the standardisation, kept apart so that each can be
/// looked at; <see cref="ToFloatModel"/> puts them together.
/// </summary>
public sealed class TrainedModel
{
    internal TrainedModel(DataSet data, FloatNetwork network, Standardiser inputs, Standardiser? targets)
    {
        Network = network;
        Inputs = inputs;
        Targets = targets;
        InputNames = data.InputNames;
        OutputNames = data.OutputNames;
        InputUnits = data.InputUnits;
        OutputUnits = data.Task == TaskKind.Classify ? Array.ConvertAll(data.ClassNames, _ => string.Empty) : data.TargetUnits;
        InputRanges = data.InputRanges();
        Task = data.Task;
    }

    /// <summary>The network; it takes standardised inputs and gives standardised targets, or probabilities.</summary>
    public FloatNetwork Network { get; }

    /// <summary>The standardisation of the inputs.</summary>
    public Standardiser Inputs { get; }

    /// <summary>The standardisation of the targets; null for a classifier.</summary>
    public Standardiser? Targets { get; }

    /// <summary>Classes or numbers.</summary>
    public TaskKind Task { get; }

    /// <summary>The input columns.</summary>
    public string[] InputNames { get; }

    /// <summary>The unit of each input, empty where none is known.</summary>
    public string[] InputUnits { get; }

    /// <summary>The unit of each output, empty where none is known.</summary>
    public string[] OutputUnits { get; }

    /// <summary>The classes, or the target columns.</summary>
    public string[] OutputNames { get; }

    /// <summary>The smallest and largest value of each input in the data.</summary>
    public (double Minimum, double Maximum)[] InputRanges { get; }

    /// <summary>Epochs run, over all starts.</summary>
    public int Epochs { get; internal init; }

    /// <summary>The mean loss of the validation rows with the weights kept.</summary>
    public double ValidationLoss { get; internal init; }

    /// <summary>The losses of each epoch from the first weights that were kept on, in order; those of weights that were tried and left are not among them.</summary>
    public IReadOnlyList<EpochLoss> Losses { get; internal init; } = [];

    /// <summary>Sentences worth telling, such as an input that never changes.</summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    /// <summary>
    /// One network on the units of the file: the standardisation is folded into the first layer's weights and
    /// biases and, when regressing, into the last layer's. Ranges are those of the data; an input that never
    /// changed gets one unit of room on either side.
    /// </summary>
    public FloatModel ToFloatModel()
    {
        FloatLayer[] layers = [.. Network.Layers];
        layers[0] = FoldInputs(layers[0]);
        if (Targets is not null)
        {
            layers[^1] = FoldTargets(layers[^1], Targets);
        }

        InputSpec[] inputs = new InputSpec[InputNames.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            (double minimum, double maximum) = InputRanges[i];
            double room = maximum > minimum ? 0 : 1 + Math.Abs(minimum * 1e-3);
            inputs[i] = new InputSpec(InputNames[i], InputUnits[i], minimum - room, maximum + room);
        }

        return new FloatModel(new FloatNetwork(layers), inputs, [.. OutputNames.Zip(OutputUnits, (name, unit) => new OutputSpec(name, unit))]);
    }

    private FloatLayer FoldInputs(FloatLayer layer)
    {
        double[][] weights = new double[layer.OutputCount][];
        double[] bias = new double[layer.OutputCount];
        for (int j = 0; j < weights.Length; j++)
        {
            weights[j] = new double[layer.InputCount];
            bias[j] = layer.Bias[j];
            for (int i = 0; i < layer.InputCount; i++)
            {
                weights[j][i] = layer.Weights[j][i] / Inputs.Scale[i];
                bias[j] -= weights[j][i] * Inputs.Mean[i];
            }
        }

        return new FloatLayer(weights, bias, layer.Function, layer.Slope);
    }

    private static FloatLayer FoldTargets(FloatLayer layer, Standardiser targets)
    {
        double[][] weights = new double[layer.OutputCount][];
        double[] bias = new double[layer.OutputCount];
        for (int j = 0; j < weights.Length; j++)
        {
            weights[j] = [.. layer.Weights[j].Select(w => w * targets.Scale[j])];
            bias[j] = (layer.Bias[j] * targets.Scale[j]) + targets.Mean[j];
        }

        return new FloatLayer(weights, bias, layer.Function, layer.Slope);
    }
}
