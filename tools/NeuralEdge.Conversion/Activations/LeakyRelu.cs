using NeuralEdge.Conversion.Text;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Activations;

/// <summary>The leaky rectifier: z above zero, and z times the layer's slope below.</summary>
internal sealed class LeakyRelu : ActivationFunction
{
    /// <inheritdoc/>
    public override string Name => "leaky_relu";

    /// <inheritdoc/>
    public override Activation Activation => Activation.LeakyRelu;

    internal override string Title => "leaky ReLU";

    internal override bool HasSlope => true;

    /// <inheritdoc/>
    public override double Evaluate(double z, double slope) => z >= 0 ? z : slope * z;

    internal override double Derivative(double z, double activation, double slope) => z >= 0 ? 1 : slope;

    internal override double FirstWeights(int inputs, int outputs) => FirstWeightsOf(inputs);

    internal override (double Least, double Most) Slopes(double low, double high, double slope) =>
        (low >= 0 ? 1 : Math.Min(slope, 1), high <= 0 ? slope : Math.Max(slope, 1));

    internal override (double Low, double High) Below(double ceiling, double step, double slope) => (-(ceiling + step) / slope, ceiling);

    internal override (double Slope, double Offset, double Radius) Line(double low, double high, double slope) => LineOf(slope, low, high);

    // Below zero a product is rounded, and the slope has been.
    internal override double OwnError(in NeuronRounding neuron)
    {
        double leak = neuron.HasTable ? 0 : 0.5 * neuron.Step;
        return neuron.Entry + (Slack * neuron.Magnitude)
            + (neuron.Low >= 0 ? 0 : leak + (Math.Abs(neuron.FixedSlope - neuron.Slope) * -neuron.Low));
    }

    // 64 bits, because a pre-activation may use all 32. The size: a comparison; v, widened and multiplied; the half; a shift,
    // narrowed; a jump over v.
    internal override Code Write(Code z, int slope)
    {
        Code factor = Code.Long(slope);
        int bytes = 1 + Code.JumpBytes + 3 + factor.Bytes + Code.Long(16384).Bytes + 1 + Code.ByteOperationBytes + 1 + Code.JumpBytes + 1;
        return z.KeptIn("v").Then($"{{0}} >= 0 ? v : (int)(((v * {factor.Text}) + 16384L) >> 15)", bytes);
    }

    /// <summary>Half the width of first weights that keep half of what comes in: He et al. (2015).</summary>
    /// <param name="inputs">Inputs of the layer.</param>
    internal static double FirstWeightsOf(int inputs) => Math.Sqrt(6.0 / inputs);

    /// <summary>A line near z above zero and slope z below.</summary>
    /// <param name="slope">The slope below zero.</param>
    /// <param name="low">Smallest pre-activation.</param>
    /// <param name="high">Largest pre-activation.</param>
    internal static (double Slope, double Offset, double Radius) LineOf(double slope, double low, double high)
    {
        if (low >= 0)
        {
            return (1, 0, 0);
        }

        if (high <= 0)
        {
            return (slope, 0, 0);
        }

        double s = (high - (slope * low)) / (high - low);
        double atLow = (slope - s) * low;
        double atHigh = (1 - s) * high;
        double least = Math.Min(0, Math.Min(atLow, atHigh));
        double most = Math.Max(0, Math.Max(atLow, atHigh));
        return (s, (least + most) / 2, ((most - least) / 2) + (Slack * (high - low)));
    }
}
