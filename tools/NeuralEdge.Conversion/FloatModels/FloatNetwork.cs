using NeuralEdge.Conversion.Activations;

namespace NeuralEdge.Conversion.FloatModels;

/// <summary>
/// A dense network in double precision: what training produces, what an import reads, and what the
/// integer network is measured against. Its arithmetic gives the same bits on every machine
/// (<see cref="PortableMath"/>).
/// </summary>
public sealed class FloatNetwork
{
    /// <summary>A network from its layers, first to last.</summary>
    /// <exception cref="ArgumentException">
    /// No layer, a layer whose input count is not the output count before it, or softmax before the last layer.
    /// </exception>
    public FloatNetwork(params FloatLayer[] layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Length == 0)
        {
            throw new ArgumentException("A network needs at least one layer.", nameof(layers));
        }

        for (int l = 0; l < layers.Length; l++)
        {
            if (l > 0 && layers[l].InputCount != layers[l - 1].OutputCount)
            {
                throw new ArgumentException($"Layer {l} takes {layers[l].InputCount} numbers, but the layer before it gives {layers[l - 1].OutputCount}.", nameof(layers));
            }

            if (l < layers.Length - 1 && layers[l].Function.GivesLogits)
            {
                throw new ArgumentException($"Layer {l} is softmax, but only the last layer may be.", nameof(layers));
            }
        }

        Layers = layers;
    }

    /// <summary>The layers, first to last.</summary>
    public FloatLayer[] Layers { get; }

    /// <summary>How many inputs the network takes.</summary>
    public int InputCount => Layers[0].InputCount;

    /// <summary>How many outputs the network gives.</summary>
    public int OutputCount => Layers[^1].OutputCount;

    /// <summary>True when the last layer is softmax: the outputs are probabilities.</summary>
    public bool HasProbabilities => Layers[^1].Function.GivesLogits;

    /// <summary>The outputs for one row of inputs; probabilities when the last layer is softmax.</summary>
    public double[] Forward(double[] inputs)
    {
        double[] outputs = Scores(inputs);
        if (HasProbabilities)
        {
            Softmax.Apply(outputs);
        }

        return outputs;
    }

    /// <summary>As <see cref="Forward"/>, but a softmax layer gives its logits: what the board's integers stand for.</summary>
    public double[] Scores(double[] inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Length != InputCount)
        {
            throw new ArgumentException($"The network takes {InputCount} inputs, not {inputs.Length}.", nameof(inputs));
        }

        double[] values = inputs;
        foreach (FloatLayer layer in Layers)
        {
            double[] next = PreActivations(layer, values);
            for (int j = 0; j < next.Length; j++)
            {
                next[j] = layer.Function.Evaluate(next[j], layer.Slope);
            }

            values = next;
        }

        return values;
    }

    /// <summary>
    /// Every layer's pre-activations for one row of inputs, first layer first: their ranges decide
    /// formats and show saturation.
    /// </summary>
    public double[][] PreActivations(double[] inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        double[][] all = new double[Layers.Length][];
        double[] values = inputs;
        for (int l = 0; l < Layers.Length; l++)
        {
            FloatLayer layer = Layers[l];
            all[l] = PreActivations(layer, values);
            values = new double[all[l].Length];
            for (int j = 0; j < values.Length; j++)
            {
                values[j] = layer.Function.Evaluate(all[l][j], layer.Slope);
            }
        }

        return all;
    }

    /// <summary>The index of the largest output, the first of equals.</summary>
    public int ArgMax(double[] inputs)
    {
        double[] scores = Scores(inputs);
        int best = 0;
        for (int j = 1; j < scores.Length; j++)
        {
            if (scores[j] > scores[best])
            {
                best = j;
            }
        }

        return best;
    }

    private static double[] PreActivations(FloatLayer layer, double[] values)
    {
        double[] z = new double[layer.OutputCount];
        for (int j = 0; j < z.Length; j++)
        {
            double[] row = layer.Weights[j];
            double sum = layer.Bias[j];
            for (int i = 0; i < row.Length; i++)
            {
                sum += row[i] * values[i];
            }

            z[j] = sum;
        }

        return z;
    }
}
