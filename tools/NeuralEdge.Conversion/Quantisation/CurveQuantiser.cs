using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Quantisation;

/// <summary>
/// Finds the integers of a layer whose activation is tabulated: one format for all its pre-activations, from values that were seen
/// or from bounds, whichever is finer, and one for its outputs.
/// </summary>
internal static class CurveQuantiser
{
    private const int MostInputBits = 46;

    /// <summary>Quantises a layer, hidden or last.</summary>
    /// <param name="layer">The real layer.</param>
    /// <param name="index">Its number.</param>
    /// <param name="real">The layer on raw inputs.</param>
    /// <param name="weightBytes">1 or 2.</param>
    /// <param name="seen">What its neurons were seen to give; null for bounds alone.</param>
    /// <exception cref="InputRefusedException">A neuron fits no scale.</exception>
    internal static QuantisedLayer Quantise(FloatLayer layer, int index, RawLayer real, int weightBytes, SeenValues? seen)
    {
        double reach = Math.Min(real.Reach, seen?.ReachOfPreActivations(index) ?? double.PositiveInfinity);
        reach = Math.Min(reach, (layer.Function as Tabulated)?.FlatBeyond ?? double.PositiveInfinity);
        int inputBits = reach > 0 ? Math.Clamp(Math.ILogB(ActivationCurve.Highest / reach), -31, MostInputBits) : 15;
        (ActivationCurve curve, int outputBits) = CurveFit.Of(layer.Function, inputBits);
        QuantisedNeuron[] neurons = new QuantisedNeuron[layer.OutputCount];
        FixedFormat format = new(inputBits, outputBits, 0, double.NegativeInfinity, double.PositiveInfinity, 0);
        for (int n = 0; n < neurons.Length; n++)
        {
            neurons[n] = NeuronQuantiser.Quantise(
                real.Weights[n], real.Bias[n], real.Low, real.High, real.Typical, format, false, weightBytes, 0, int.MaxValue, null)
                ?? throw Quantiser.FitsNoScale(index, n);
        }

        return new QuantisedLayer(layer.Function, 0, weightBytes, 0, neurons, Curve: curve);
    }
}
