using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Quantisation;

/// <summary>The real network with one source of error put in: what rounds is as on the board, all else is double.</summary>
internal sealed class RoundedNetwork
{
    private readonly FloatNetwork _exact;
    private readonly QuantisedNetwork _integers;
    private readonly IntegerNetwork _core;
    private readonly CancellationToken _cancellation;

    internal RoundedNetwork(FloatNetwork exact, QuantisedNetwork integers, CancellationToken cancellation = default)
    {
        _cancellation = cancellation;
        _exact = exact;
        _integers = integers;
        _core = new IntegerNetwork(integers);
    }

    /// <summary>Every source by itself: inputs, each layer's weights, activations.</summary>
    /// <param name="rows">Rows inside the inputs' ranges.</param>
    internal ErrorSource[] Measure(IReadOnlyList<double[]> rows)
    {
        List<ErrorSource> sources = [new(ErrorSourceKind.Inputs, -1, Errors(rows, ErrorSourceKind.Inputs, -1))];
        for (int l = 0; l < _exact.Layers.Length; l++)
        {
            sources.Add(new ErrorSource(ErrorSourceKind.Weights, l, Errors(rows, ErrorSourceKind.Weights, l)));
        }

        sources.Add(new ErrorSource(ErrorSourceKind.Activations, -1, Errors(rows, ErrorSourceKind.Activations, -1)));
        return [.. sources];
    }

    /// <summary>What rounding the activations of one layer does by itself.</summary>
    /// <param name="rows">Rows inside the inputs' ranges.</param>
    /// <param name="layer">The layer.</param>
    internal double[] MeasureActivations(IReadOnlyList<double[]> rows, int layer) => Errors(rows, ErrorSourceKind.Activations, layer);

    /// <summary>The largest error of each output with all sources together: the integers themselves.</summary>
    /// <param name="rows">Rows inside the inputs' ranges.</param>
    internal double[] MeasureAll(IReadOnlyList<double[]> rows) => Errors(rows, row => _core.Scores(_core.ToRaw(row)));

    private double[] Errors(IReadOnlyList<double[]> rows, ErrorSourceKind kind, int layer) => Errors(rows, row => Scores(row, kind, layer));

    private double[] Errors(IReadOnlyList<double[]> rows, Func<double[], double[]> rounded)
    {
        double[] errors = new double[_exact.OutputCount];
        foreach (double[] row in rows)
        {
            _cancellation.ThrowIfCancellationRequested();
            double[] expected = _exact.Scores(row);
            double[] actual = rounded(row);
            for (int o = 0; o < errors.Length; o++)
            {
                errors[o] = Math.Max(errors[o], Math.Abs(actual[o] - expected[o]));
            }
        }

        return errors;
    }

    private double[] Scores(double[] row, ErrorSourceKind kind, int layer)
    {
        double[] values = kind == ErrorSourceKind.Inputs
            ? [.. _core.ToRaw(row).Select((raw, i) => _integers.Inputs[i].Offset + (_integers.Inputs[i].Scale * raw))]
            : row;
        for (int l = 0; l < _exact.Layers.Length; l++)
        {
            FloatLayer exact = _exact.Layers[l];
            double[] next = new double[exact.OutputCount];
            for (int n = 0; n < next.Length; n++)
            {
                double z = kind == ErrorSourceKind.Weights && l == layer ? WithIntegerWeights(l, n, values) : Exactly(exact, n, values);
                next[n] = kind == ErrorSourceKind.Activations && (layer < 0 || l == layer)
                    ? Rounded(_integers.Layers[l], _integers.Layers[l].Neurons[n], z)
                    : exact.Function.Evaluate(z, exact.Slope);
            }

            values = next;
        }

        return values;
    }

    private static double Exactly(FloatLayer layer, int neuron, double[] values)
    {
        double z = layer.Bias[neuron];
        for (int i = 0; i < values.Length; i++)
        {
            z += layer.Weights[neuron][i] * values[i];
        }

        return z;
    }

    private double WithIntegerWeights(int layer, int neuron, double[] values)
    {
        QuantisedNeuron integers = _integers.Layers[layer].Neurons[neuron];
        double sum = integers.Bias - integers.RoundingHalf;
        for (int i = 0; i < values.Length; i++)
        {
            double raw = layer == 0
                ? (values[i] - _integers.Inputs[i].Offset) / _integers.Inputs[i].Scale
                : values[i] / _integers.Layers[layer - 1].Neurons[i].OutputScale;
            sum += integers.Weights[i] * raw;
        }

        return sum * integers.AccumulatorStep;
    }

    private static double Rounded(QuantisedLayer layer, QuantisedNeuron neuron, double z)
    {
        if (layer.Table is not null)
        {
            double accumulator = Math.Floor((z / neuron.AccumulatorStep) + 0.5);
            return layer.Table.Look((int)Math.Clamp(accumulator, -ActivationTable.AccumulatorLimit, ActivationTable.AccumulatorLimit - 1)) * neuron.OutputScale;
        }

        if (layer.Curve is not null)
        {
            double u = Math.Clamp(Math.Floor((z / neuron.PreActivationStep) + 0.5), ActivationCurve.Lowest, ActivationCurve.Highest);
            return layer.Curve.Look((int)u) * neuron.OutputScale;
        }

        double step = layer.Function.Format is FixedFormat format ? Math.ScaleB(1, -format.InputBits) : neuron.OutputScale;
        int raw = (int)Math.Clamp(Math.Floor((z / step) + 0.5), int.MinValue, int.MaxValue);
        int y = Networks.Activations.Evaluate(layer.Activation, layer.Slope, raw);
        return (layer.HasCeiling ? Ceiling.Limit(y) : y) * neuron.OutputScale;
    }
}
