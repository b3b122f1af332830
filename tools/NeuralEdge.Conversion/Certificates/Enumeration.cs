using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Conversion.Quantisation;

namespace NeuralEdge.Conversion.Certificates;

/// <summary>Tries every raw input of a network that has few.</summary>
internal static class Enumeration
{
    /// <summary>What trying a point takes, in multiplications: both networks, of which a real activation takes longest.</summary>
    internal static double CostOfPoint(FloatNetwork exact) => exact.Layers.Sum(layer =>
        (2.0 * layer.InputCount * layer.OutputCount) + (layer.OutputCount * (layer.Function.Format is null ? 10 : 100)));

    /// <summary>Largest |integers - exact| of each output, in its unit.</summary>
    internal static double[] LargestErrors(FloatNetwork exact, QuantisedNetwork integers, Effort effort)
    {
        IntegerNetwork network = new(integers);
        double[] largest = new double[exact.OutputCount];
        int[] raw = Array.ConvertAll(integers.Inputs, input => input.Minimum);
        double[] values = new double[raw.Length];
        bool more = true;
        for (int looked = 0; more; looked++)
        {
            if (looked % 256 == 0)
            {
                effort.Cancellation.ThrowIfCancellationRequested();
            }

            for (int i = 0; i < raw.Length; i++)
            {
                values[i] = integers.Inputs[i].Offset + (integers.Inputs[i].Scale * raw[i]);
            }

            double[] expected = exact.Scores(values);
            double[] actual = network.Scores(raw);
            for (int o = 0; o < largest.Length && !network.Saturated; o++)
            {
                largest[o] = Math.Max(largest[o], Math.Abs(actual[o] - expected[o]));
            }

            more = Next(raw, integers.Inputs);
        }

        return largest;
    }

    private static bool Next(int[] raw, RawInput[] inputs)
    {
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] < inputs[i].Maximum)
            {
                raw[i]++;
                return true;
            }

            raw[i] = inputs[i].Minimum;
        }

        return false;
    }
}
