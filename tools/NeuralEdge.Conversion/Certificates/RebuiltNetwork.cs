using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Features;
using NeuralEdge.Models;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Certificates;

/// <summary>The integers of a model file with the scales that tie them to the real network they were made of.</summary>
/// <remarks>
/// A file does not hold the scales of neurons between layers, which no board needs. They are powers of two, so that the ratio of real
/// to integer weights says which; a wrong guess could only make a bound larger.
/// </remarks>
public static class RebuiltNetwork
{
    /// <summary>Rebuilds them.</summary>
    /// <param name="file">The model file, not of the profile fast.</param>
    /// <param name="exact">The real network it was made of.</param>
    /// <exception cref="InputRefusedException">The network is of another shape, or has other activations.</exception>
    public static QuantisedNetwork From(ModelFile file, FloatNetwork exact)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(exact);
        DenseLayer[] core = [.. file.Layers];
        bool alike = core.Length == exact.Layers.Length
            && core.Zip(exact.Layers, (a, b) => a.InputCount == b.InputCount && a.NeuronCount == b.OutputCount && a.Activation == b.Activation).All(same => same);
        if (!alike)
        {
            throw new InputRefusedException("the layers of the reference are not those of the model; give the network that the model was made of.");
        }

        RawInput[] inputs = [.. file.Inputs.Select((input, i) =>
            WithError(new RawInput(file.Model.Network.GetInputMinimum(i), file.Model.Network.GetInputMaximum(i), input.Scale, input.Offset), file, i))];
        double[] scales = Array.ConvertAll(inputs, input => input.Scale);
        QuantisedLayer[] layers = new QuantisedLayer[core.Length];
        int bytes = file.Sections[ModelFormat.NetworkSection][OffsetOfWeightBytes(inputs.Length)];
        for (int l = 0; l < layers.Length; l++)
        {
            FloatLayer real = exact.Layers[l];
            ModelOutput[]? outputs = l == layers.Length - 1 ? file.Outputs : null;
            FixedFormat? common = core[l].Curve is null ? real.Function.Format : FormatOfCurve(core[l], real, scales, outputs?[0].Scale);
            QuantisedNeuron[] neurons = [.. Enumerable.Range(0, core[l].NeuronCount).Select(n => Neuron(core[l], n, real, scales, outputs?[n].Scale, common))];
            layers[l] = new QuantisedLayer(
                real.Function, core[l].Slope, bytes, core[l].LogitFractionBits, neurons, HasCeiling: core[l].HasCeiling, Curve: core[l].Curve);
            scales = Array.ConvertAll(neurons, neuron => neuron.OutputScale);
        }

        // Of an activation with a format of its own, labels could say anything; errors would be in another unit than the bound.
        if (!scales.SequenceEqual(file.Outputs.Select(output => output.Scale)))
        {
            throw new InputRefusedException("the scales of the model's outputs are not those of its integers; make the model again with train or import.");
        }

        QuantisedNetwork network = new(inputs, layers);
        return ModelWriter.NetworkPayload(network).AsSpan().SequenceEqual(file.Sections[ModelFormat.NetworkSection])
            ? network
            : throw new InputRefusedException("the model cannot be rebuilt from its integers; it was made by another program.");
    }

    // A certificate of the first versions is of the network alone.
    private static RawInput WithError(RawInput raw, ModelFile file, int i) =>
        file.Model.Windows is WindowStage windows && Certificate.Read(file) is not { IsFromSamples: false } ? FeatureError.Of(raw, windows.Shape, windows.Shape.Features[i]) : raw;

    // Behind the head, the ranges, and the first layer's neurons and activation.
    private static int OffsetOfWeightBytes(int inputs) => 4 + (8 * inputs) + 3;

    private static QuantisedNeuron Neuron(DenseLayer core, int n, FloatLayer real, double[] scales, double? outputScale, FixedFormat? common)
    {
        int[] weights = WeightsOf(core, n);
        int shift = core.GetShift(n);
        if (common is FixedFormat format)
        {
            return new QuantisedNeuron(weights, core.GetBias(n), shift, Math.ScaleB(1, -format.InputBits - shift), Math.ScaleB(1, -format.OutputBits));
        }

        double step = outputScale is double scale
            ? Math.ScaleB(scale, -shift)
            : Math.ScaleB(1, (int)Math.Round(Math.Log2(Ratio(weights, core.GetBias(n), real, n, scales))));
        return new QuantisedNeuron(weights, core.GetBias(n), shift, step, Math.ScaleB(step, shift));
    }

    // One for all neurons of the layer; the one with the largest integers says it best. Entries are as the function is at the knots.
    private static FixedFormat FormatOfCurve(DenseLayer core, FloatLayer real, double[] scales, double? outputScale)
    {
        int best = Enumerable.Range(0, core.NeuronCount).MaxBy(n => WeightsOf(core, n).Sum(weight => Math.Abs((long)weight)));
        double ratio = Ratio(WeightsOf(core, best), core.GetBias(best), real, best, scales);
        int inputBits = -(int)Math.Round(Math.Log2(ratio)) - core.GetShift(best);
        if (outputScale is double scale)
        {
            return FormatOf(inputBits, -(int)Math.Round(Math.Log2(scale)));
        }

        short[] knots = core.Curve.Knots;
        double entries = knots.Sum(knot => Math.Abs((double)knot));
        double values = Enumerable.Range(0, knots.Length).Sum(k =>
            Math.Abs(real.Function.Evaluate(Math.ScaleB((k << ActivationCurve.StepBits) + ActivationCurve.Lowest, -inputBits), 0)));
        int outputBits = entries > 0 && values > 0 && double.IsFinite(values) ? (int)Math.Round(Math.Log2(entries / values)) : 0;
        return FormatOf(inputBits, outputBits);
    }

    private static FixedFormat FormatOf(int inputBits, int outputBits) => new(inputBits, outputBits, 0, double.NegativeInfinity, double.PositiveInfinity, 0);

    private static int[] WeightsOf(DenseLayer core, int n) => [.. Enumerable.Range(0, core.InputCount).Select(i => (int)core.GetWeight(n, i))];

    private static double Ratio(int[] weights, int bias, FloatLayer real, int n, double[] scales)
    {
        double integers = weights.Sum(weight => Math.Abs((double)weight));
        double values = real.Weights[n].Zip(scales, (weight, scale) => Math.Abs(weight * scale)).Sum();
        return integers > 0 && values > 0 ? values / integers : bias != 0 && real.Bias[n] != 0 ? Math.Abs(real.Bias[n] / bias) : 1;
    }
}
