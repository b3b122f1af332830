using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Quantisation;

/// <summary>Runs a quantised network before it is a file, with the core's own layers.</summary>
public sealed class IntegerNetwork
{
    private readonly QuantisedNetwork _integers;

    /// <summary>Builds the core's network.</summary>
    /// <param name="integers">The integers.</param>
    public IntegerNetwork(QuantisedNetwork integers)
    {
        _integers = integers;
        DenseLayer[] layers = Array.ConvertAll(integers.Layers, ToCore);
        Core = new Network(
            layers,
            Array.ConvertAll(integers.Inputs, input => input.Minimum),
            Array.ConvertAll(integers.Inputs, input => input.Maximum));
    }

    /// <summary>The core's network.</summary>
    public Network Core { get; }

    /// <summary>True when a value between two layers met its ceiling in the last <see cref="Scores"/>.</summary>
    public bool Saturated => Core.SaturatedCount > 0;

    /// <summary>Outputs in their units; logits when the last layer is softmax.</summary>
    /// <param name="raw">Raw inputs inside their ranges.</param>
    public double[] Scores(int[] raw)
    {
        Core.SetInputs(raw, 0);
        Core.Forward();
        double[] scores = new double[Core.OutputCount];
        for (int o = 0; o < scores.Length; o++)
        {
            scores[o] = Core.Outputs[o] * _integers.Layers[^1].Neurons[o].OutputScale;
        }

        return scores;
    }

    /// <summary>Raw inputs of a row of values, each limited to its range.</summary>
    /// <param name="values">One finite value for each input.</param>
    public int[] ToRaw(double[] values)
    {
        int[] raw = new int[values.Length];
        for (int i = 0; i < raw.Length; i++)
        {
            RawInput input = _integers.Inputs[i];
            raw[i] = (int)Math.Clamp(Math.Floor(((values[i] - input.Offset) / input.Scale) + 0.5), input.Minimum, input.Maximum);
        }

        return raw;
    }

    private static DenseLayer ToCore(QuantisedLayer layer)
    {
        int inputs = layer.Neurons[0].Weights.Length;
        DenseLayer core = layer.Lanes > 0
            ? new(inputs, layer.Neurons.Length, layer.Activation, layer.Slope, layer.LogitFractionBits, layer.Lanes, layer.Table)
            : layer.Curve is not null ? new(inputs, layer.Neurons.Length, layer.Curve)
            : new(inputs, layer.Neurons.Length, layer.Activation, layer.Slope, layer.LogitFractionBits, layer.HasCeiling);
        if (layer.HasCeiling)
        {
            // Whether it can be met is not asked: the integers are the same.
            core.SetRange(0, Ceiling.Value);
        }

        for (int n = 0; n < layer.Neurons.Length; n++)
        {
            core.SetNeuron(n, (sbyte)layer.Neurons[n].Shift, layer.Neurons[n].Bias);
            for (int i = 0; i < inputs; i++)
            {
                core.SetWeight(n, i, (short)layer.Neurons[n].Weights[i]);
            }
        }

        return core;
    }
}
