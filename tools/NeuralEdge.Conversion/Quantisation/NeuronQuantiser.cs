using NeuralEdge.Conversion.Activations;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Quantisation;

/// <summary>
/// Finds the integers of one neuron: the largest power-of-two scale whose weights fit their bits and whose
/// accumulator provably fits 32 bits.
/// </summary>
internal static class NeuronQuantiser
{
    /// <summary>Most fraction bits of an accumulator; more would only scale rounding errors of double.</summary>
    private const int MaxFractionBits = 46;

    /// <summary>Hidden linear and ReLU outputs use at most this magnitude, as tanh does, to leave room for weights.</summary>
    private const int HiddenMagnitude = 32768;

    /// <summary>Quantises a neuron.</summary>
    /// <param name="weights">Real weights on raw inputs: pre-activation = bias + sum weight * raw.</param>
    /// <param name="bias">Real bias.</param>
    /// <param name="low">Smallest raw inputs.</param>
    /// <param name="high">Largest raw inputs.</param>
    /// <param name="typical">Raw inputs in the midst of where they are.</param>
    /// <param name="format">Formats that the layer's activation asks for; null where each neuron has a scale of its own.</param>
    /// <param name="last">True in the last layer, whose linear outputs keep the accumulator's scale.</param>
    /// <param name="weightBytes">1 or 2.</param>
    /// <param name="lanes">Lanes of the layer, 0 where there are none.</param>
    /// <param name="maxFractionBits">Upper limit of the accumulator's fraction bits.</param>
    /// <param name="reach">In a layer with a ceiling the largest value that must not meet it; null in others.</param>
    /// <returns>The neuron, or null when no scale fits.</returns>
    internal static QuantisedNeuron? Quantise(
        double[] weights, double bias, int[] low, int[] high, double[] typical, FixedFormat? format, bool last, int weightBytes, int lanes, int maxFractionBits, double? reach)
    {
        int limit = weightBytes == 1 ? 127 : 32767;
        double largest = weights.Max(Math.Abs);
        int start = Math.Min(maxFractionBits, MaxFractionBits);
        if (largest > 0)
        {
            // largest * 2^F <= limit; ILogB is floor(log2), so one more than this cannot fit.
            start = Math.Min(start, Math.ILogB(limit / largest) + 1);
        }

        for (int fractionBits = start; fractionBits >= start - 64; fractionBits--)
        {
            QuantisedNeuron? neuron = Try(weights, bias, low, high, typical, format, last, limit, lanes, fractionBits, reach);
            if (neuron is not null)
            {
                return neuron;
            }
        }

        return null;
    }

    /// <summary>Rounds weights and bias at a given scale.</summary>
    /// <param name="weights">Real weights in steps of the accumulator.</param>
    /// <param name="bias">Real bias in steps of the accumulator.</param>
    /// <param name="typical">Raw inputs in the midst of where they are.</param>
    /// <param name="limit">Largest magnitude of a weight.</param>
    /// <returns>The integers; null when a weight passes the limit or the bias 32 bits.</returns>
    internal static (int[] Weights, int Bias)? Round(double[] weights, double bias, double[] typical, int limit)
    {
        int[] integers = new int[weights.Length];
        double correction = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double rounded = Math.Round(weights[i]);
            if (Math.Abs(rounded) > limit)
            {
                return null;
            }

            integers[i] = (int)rounded;

            // What rounding takes from a weight is given back to the bias where the input usually is.
            correction += (weights[i] - rounded) * typical[i];
        }

        double scaledBias = Math.Round(bias + correction);
        return Math.Abs(scaledBias) > int.MaxValue ? null : (integers, (int)scaledBias);
    }

    private static QuantisedNeuron? Try(
        double[] weights, double bias, int[] low, int[] high, double[] typical, FixedFormat? format, bool last, int limit, int lanes, int fractionBits, double? reach)
    {
        double[] scaled = Array.ConvertAll(weights, weight => Math.ScaleB(weight, fractionBits));
        if (Round(scaled, Math.ScaleB(bias, fractionBits), typical, limit) is not (int[] integers, int scaledBias))
        {
            return null;
        }

        AccumulatorRange range = AccumulatorRange.Of(integers, scaledBias, low, high);
        int? shift = ShiftFor(format, last, fractionBits, range, reach);
        if (shift is null)
        {
            return null;
        }

        long half = shift > 0 ? 1L << (shift.Value - 1) : 0;
        range = AccumulatorRange.Of(integers, scaledBias + half, low, high);
        if (scaledBias + half > int.MaxValue || !range.Fits(lanes))
        {
            return null;
        }

        double outputScale = Math.ScaleB(1, format is not null ? -format.OutputBits : shift.Value - fractionBits);
        return new QuantisedNeuron(integers, (int)(scaledBias + half), shift.Value, Math.ScaleB(1, -fractionBits), outputScale);
    }

    private static int? ShiftFor(FixedFormat? format, bool last, int fractionBits, AccumulatorRange range, double? reach)
    {
        if (format is not null)
        {
            int fixedShift = fractionBits - format.InputBits;
            return fixedShift is >= -31 and <= 31 ? fixedShift : null;
        }

        if (last)
        {
            return 0;
        }

        int shift = 0;
        while (range.Magnitude >> shift > (reach is null ? HiddenMagnitude : Ceiling.Value))
        {
            shift++;
        }

        // Behind a ceiling a finer scale will do, as long as the values that were seen keep well below it.
        return reach is double.PositiveInfinity or null ? shift : Math.Min(shift, Math.Max(0, fractionBits - Math.ILogB(Ceiling.Value / reach.Value)));
    }
}
