using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Quantisation;

/// <summary>
/// Finds the integers of a hidden layer of the profile fast: one scale for all its neurons, so that one table serves them, and
/// the finest with which every accumulator provably keeps to its lane of 21 bits.
/// </summary>
/// <remarks>
/// With s the pre-activation that one step of an accumulator stands for, an entry of the table covers 1024 s. For activations
/// with ends s follows from the table's multiplier and shift; for the others the table only says how many steps of the output the
/// whole lane is.
/// </remarks>
internal static class TableQuantiser
{
    private const int Half = 1 << (ActivationTable.IndexShift - 1);
    private const int LargestWeight = 32767;

    /// <summary>A lane is used up to this share at first; rounding may need the rest.</summary>
    private const double Share = 1 - (1.0 / 4096);

    /// <summary>By how much a scale is made coarser when rounding passes a lane.</summary>
    private const double Coarser = 1 + (1.0 / 1024);

    private const int MostTries = 4096;

    /// <summary>Quantises a layer.</summary>
    /// <param name="layer">The real layer.</param>
    /// <param name="slope">Its slope in Q0.15.</param>
    /// <param name="real">The layer on raw inputs.</param>
    /// <param name="coarsest">A scale to take if it is coarser than needed, so that layers can share a table; 0 for none.</param>
    /// <returns>The layer, or null when no scale fits.</returns>
    internal static QuantisedLayer? Quantise(FloatLayer layer, int slope, RawLayer real, double coarsest)
    {
        double step = Math.Max(FinestStep(real), coarsest);
        for (int tries = 0; tries < MostTries; tries++, step *= Coarser)
        {
            (int multiplier, int shift, double exactStep, double outputScale) = Scale(layer.Function.Format, step);
            if (multiplier > ActivationTable.MaxMultiplier)
            {
                return null;
            }

            QuantisedNeuron[]? neurons = Try(real, exactStep, outputScale);
            if (neurons is not null)
            {
                int weightBytes = neurons.Max(neuron => neuron.Weights.Max(Math.Abs)) <= 127 ? 1 : 2;
                return new QuantisedLayer(
                    layer.Function, slope, weightBytes, 0, neurons, LaneRows.Narrow, ActivationTable.Create(layer.Activation, slope, multiplier, shift));
            }
        }

        return null;
    }

    private static double FinestStep(RawLayer real)
    {
        double step = Math.ScaleB(1, -60);
        for (int n = 0; n < real.Weights.Length; n++)
        {
            double least = real.Bias[n];
            double most = real.Bias[n];
            for (int i = 0; i < real.Low.Length; i++)
            {
                double a = real.Weights[n][i] * real.Low[i];
                double b = real.Weights[n][i] * real.High[i];
                least += Math.Min(a, b);
                most += Math.Max(a, b);
                step = Math.Max(step, Math.Abs(real.Weights[n][i]) / LargestWeight);
            }

            step = Math.Max(step, Math.Max(-least, most) / (ActivationTable.AccumulatorLimit * Share));

            // A bias has 32 bits, also where what the inputs add takes it back into its lane.
            step = Math.Max(step, Math.Abs(real.Bias[n]) / (int.MaxValue / 2));
        }

        return step;
    }

    private static QuantisedNeuron[]? Try(RawLayer real, double step, double outputScale)
    {
        QuantisedNeuron[] neurons = new QuantisedNeuron[real.Weights.Length];
        for (int n = 0; n < neurons.Length; n++)
        {
            double[] scaled = Array.ConvertAll(real.Weights[n], weight => weight / step);
            if (NeuronQuantiser.Round(scaled, real.Bias[n] / step, real.Typical, LargestWeight) is not (int[] integers, int integerBias)
                || !AccumulatorRange.Of(integers, integerBias, real.Low, real.High).Fits(LaneRows.Narrow))
            {
                return null;
            }

            neurons[n] = new QuantisedNeuron(integers, integerBias, 0, step, outputScale);
        }

        return neurons;
    }

    /// <summary>The table's numbers for a scale that is at least as coarse as wanted, and the scale they stand for.</summary>
    private static (int Multiplier, int Shift, double Step, double OutputScale) Scale(FixedFormat? format, double step)
    {
        if (format is null)
        {
            // The whole lane is the whole range of the output: 2047 half entries become 510 steps at most.
            const int Shift = 20;
            const int Multiplier = (ActivationTable.Largest << Shift) / (ActivationTable.Count - 1);
            return (Multiplier, Shift, step, step * Half * Math.ScaleB(1, Shift) / Multiplier);
        }

        // Half an entry is Multiplier / 2^shift in the format of the pre-activation.
        double halfEntry = Math.ScaleB(step * Half, format.InputBits);
        int shift = Math.Clamp(19 - Math.ILogB(halfEntry), -31, 31);
        double multiplier = Math.Ceiling(Math.ScaleB(halfEntry, shift));
        return ((int)multiplier, shift, Math.ScaleB(multiplier, -shift - format.InputBits) / Half, 1.0 / format.TableOne);
    }
}
