using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Certificates;

/// <summary>
/// One layer as an error analysis needs it: the exact weights, the integer weights as real numbers, and what the integers
/// add to the error by themselves.
/// </summary>
/// <remarks>
/// Inputs of the first layer are counted in raw steps, so that their integers are the values themselves; all other numbers
/// are in the units of the real network.
/// </remarks>
internal sealed class CertifiedLayer
{
    private CertifiedLayer(FloatLayer exact, int inputs)
    {
        Function = exact.Function;
        Slope = exact.Slope;
        FixedSlope = exact.Slope;
        Inputs = inputs;
        Neurons = exact.OutputCount;
        Weights = new double[Neurons * inputs];
        FixedWeights = new double[Neurons * inputs];
        Differences = new double[Neurons * inputs];
        Bias = new double[Neurons];
        BiasMagnitude = new double[Neurons];
        BiasDifference = new double[Neurons];
        ShiftRounding = new double[Neurons];
        OutputScale = new double[Neurons];
    }

    internal ActivationFunction Function { get; }

    internal double Slope { get; }

    /// <summary>The slope below zero as the integers have it.</summary>
    internal double FixedSlope { get; private set; }

    internal int Inputs { get; }

    internal int Neurons { get; }

    /// <summary>Exact weights, one row a neuron.</summary>
    internal double[] Weights { get; }

    /// <summary>What the integer weights stand for.</summary>
    internal double[] FixedWeights { get; }

    /// <summary><see cref="FixedWeights"/> less <see cref="Weights"/>.</summary>
    internal double[] Differences { get; }

    /// <summary>Exact biases.</summary>
    internal double[] Bias { get; }

    /// <summary>Sum of the magnitudes a bias was computed from: what its own rounding is relative to.</summary>
    internal double[] BiasMagnitude { get; }

    /// <summary>Integer bias, without its rounding half, less the exact one.</summary>
    internal double[] BiasDifference { get; }

    /// <summary>Largest error of the shift from accumulator to pre-activation, or of its entry in a table.</summary>
    internal double[] ShiftRounding { get; }

    /// <summary>Of the first layer: how far each raw input can be from the real one, in raw steps; nothing elsewhere.</summary>
    internal double[] InputErrors { get; private init; } = [];

    /// <summary>Value of one step of each neuron's output.</summary>
    internal double[] OutputScale { get; }

    /// <summary>True for a layer whose activations come from a table of the profile fast.</summary>
    internal bool HasTable { get; private init; }

    /// <summary>Largest error of a tabulated activation by itself; 0 for others.</summary>
    internal double CurveError { get; private init; }

    /// <summary>True for a layer whose outputs are limited: see <see cref="NeuralEdge.Networks.Ceiling"/>.</summary>
    internal bool HasCeiling { get; private init; }

    /// <summary>False for a layer that stands for itself, without integers: see <see cref="WithoutIntegers"/>.</summary>
    internal bool HasIntegers { get; private set; } = true;

    /// <summary>Pairs a real network with its integers.</summary>
    internal static CertifiedLayer[] Pair(FloatNetwork exact, QuantisedNetwork integers)
    {
        double[] scales = Array.ConvertAll(integers.Inputs, input => input.Scale);
        double[] offsets = Array.ConvertAll(integers.Inputs, input => input.Offset);
        CertifiedLayer[] layers = new CertifiedLayer[exact.Layers.Length];
        for (int l = 0; l < layers.Length; l++)
        {
            layers[l] = Pair(exact.Layers[l], integers.Layers[l], scales, offsets, l == 0 ? Array.ConvertAll(integers.Inputs, input => input.Error) : []);
            scales = layers[l].OutputScale;
            offsets = new double[scales.Length];
        }

        return layers;
    }

    /// <summary>The same real layer compared with itself: only rounding errors of double are left.</summary>
    internal CertifiedLayer WithoutIntegers()
    {
        FloatLayer shape = new([.. Enumerable.Range(0, Neurons).Select(_ => new double[Inputs])], new double[Neurons], Function, Slope);
        CertifiedLayer layer = new(shape, Inputs) { HasIntegers = false, InputErrors = InputErrors };
        Weights.CopyTo(layer.Weights, 0);
        Weights.CopyTo(layer.FixedWeights, 0);
        Bias.CopyTo(layer.Bias, 0);
        BiasMagnitude.CopyTo(layer.BiasMagnitude, 0);
        OutputScale.CopyTo(layer.OutputScale, 0);
        return layer;
    }

    private static CertifiedLayer Pair(FloatLayer exact, QuantisedLayer integers, double[] scales, double[] offsets, double[] inputErrors)
    {
        bool first = inputErrors.Length > 0;
        CertifiedLayer layer = new(exact, scales.Length)
        {
            FixedSlope = exact.Function.HasSlope ? integers.Slope / 32768.0 : exact.Slope,
            HasTable = integers.Table is not null,
            CurveError = integers.Curve is null
                ? 0
                : CurveFit.LargestError(exact.Function, integers.Curve, integers.Neurons[0].PreActivationStep, integers.Neurons[0].OutputScale),
            HasCeiling = integers.HasCeiling,
            InputErrors = inputErrors,
        };
        for (int j = 0; j < layer.Neurons; j++)
        {
            QuantisedNeuron neuron = integers.Neurons[j];
            double step = neuron.AccumulatorStep;
            double bias = exact.Bias[j];
            double magnitude = Math.Abs(bias);
            for (int i = 0; i < layer.Inputs; i++)
            {
                int at = (j * layer.Inputs) + i;
                double weight = exact.Weights[j][i];

                // Raw steps in the first layer; elsewhere a scale is a power of two, and the division exact, or a table's.
                layer.Weights[at] = first ? weight * scales[i] : weight;
                layer.FixedWeights[at] = neuron.Weights[i] * step / (first ? 1 : scales[i]);
                layer.Differences[at] = layer.FixedWeights[at] - layer.Weights[at];
                bias += weight * offsets[i];
                magnitude += Math.Abs(weight * offsets[i]);
            }

            layer.Bias[j] = bias;
            layer.BiasMagnitude[j] = magnitude;
            layer.BiasDifference[j] = ((neuron.Bias - neuron.RoundingHalf) * step) - bias;
            layer.ShiftRounding[j] = layer.HasTable ? EntryRounding(exact.Function.Format, step) : neuron.RoundingHalf * step;
            layer.OutputScale[j] = neuron.OutputScale;
        }

        return layer;
    }

    // An entry is computed for the middle of its 1024 accumulators, and that middle is rounded to the pre-activation's format.
    private static double EntryRounding(FixedFormat? format, double step)
    {
        double argument = format is null ? 0 : Math.ScaleB(1, -format.InputBits - 1);
        return (step * (1 << (ActivationTable.IndexShift - 1))) + argument;
    }
}
