using NeuralEdge.Conversion.FloatModels;

namespace NeuralEdge.Conversion.Quantisation;

/// <summary>A real layer on the integers it will be given: pre-activation = bias + sum of weight * raw input.</summary>
/// <param name="Weights">Weights[neuron][input].</param>
/// <param name="Bias">One for each neuron.</param>
/// <param name="Low">Smallest raw inputs.</param>
/// <param name="High">Largest raw inputs.</param>
/// <param name="Typical">A raw input in the midst of where they are: what rounding takes from a weight is given back there.</param>
internal sealed record RawLayer(double[][] Weights, double[] Bias, int[] Low, int[] High, double[] Typical)
{
    /// <summary>Largest magnitude of a pre-activation, whatever the inputs are.</summary>
    internal double Reach => Enumerable.Range(0, Bias.Length).Max(n =>
    {
        double least = Bias[n];
        double most = Bias[n];
        for (int i = 0; i < Low.Length; i++)
        {
            least += Math.Min(Weights[n][i] * Low[i], Weights[n][i] * High[i]);
            most += Math.Max(Weights[n][i] * Low[i], Weights[n][i] * High[i]);
        }

        return Math.Max(-least, most);
    });

    /// <summary>Folds scales and offsets of the inputs into a layer.</summary>
    /// <param name="layer">Takes values.</param>
    /// <param name="inputs">How raw inputs stand for values.</param>
    /// <param name="mean">Their mean in values, if it is known; the middle of their ranges is taken for it otherwise.</param>
    internal static RawLayer Of(FloatLayer layer, RawInput[] inputs, double[]? mean = null)
    {
        double[][] weights = new double[layer.OutputCount][];
        double[] bias = (double[])layer.Bias.Clone();
        for (int n = 0; n < weights.Length; n++)
        {
            weights[n] = new double[inputs.Length];
            for (int i = 0; i < inputs.Length; i++)
            {
                weights[n][i] = layer.Weights[n][i] * inputs[i].Scale;
                bias[n] += layer.Weights[n][i] * inputs[i].Offset;
            }
        }

        int[] low = Array.ConvertAll(inputs, input => input.Minimum);
        int[] high = Array.ConvertAll(inputs, input => input.Maximum);
        double[] typical = [.. inputs.Select((input, i) => mean is null ? ((double)low[i] + high[i]) / 2 : (mean[i] - input.Offset) / input.Scale)];
        return new RawLayer(weights, bias, low, high, typical);
    }

    /// <summary>
    /// What a quantised layer gives the next one; ranges are exact: activations are monotone, and of a table every knot is looked at.
    /// </summary>
    /// <param name="layer">The integers of this layer.</param>
    internal RawInput[] OutputsOf(QuantisedLayer layer)
    {
        RawInput[] outputs = new RawInput[layer.Neurons.Length];
        for (int n = 0; n < outputs.Length; n++)
        {
            QuantisedNeuron neuron = layer.Neurons[n];
            AccumulatorRange range = AccumulatorRange.Of(neuron.Weights, neuron.Bias, Low, High);
            (int low, int high) = layer.OutputRange(n, (int)range.Least, (int)range.Most);
            outputs[n] = new RawInput(low, high, neuron.OutputScale, 0);
        }

        return outputs;
    }
}
