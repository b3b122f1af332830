using System.Runtime.Intrinsics;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Activations;

/// <summary>
/// Probabilities of the whole last layer. A board's outputs are the logits, as of a linear layer; probabilities are made of them
/// on request.
/// </summary>
internal sealed class Softmax : Linear
{
    /// <inheritdoc/>
    public override string Name => "softmax";

    /// <inheritdoc/>
    public override Activation Activation => Activation.Softmax;

    internal override string Title => "logits of softmax";

    internal override bool GivesLogits => true;

    /// <summary>Logits to probabilities; the largest logit is taken off first, so that nothing can overflow.</summary>
    /// <param name="values">Logits in, probabilities out.</param>
    internal static void Apply(double[] values)
    {
        double max = values[0];
        for (int j = 1; j < values.Length; j++)
        {
            max = values[j] > max ? values[j] : max;
        }

        double sum = 0;
        for (int j = 0; j < values.Length; j++)
        {
            values[j] = PortableMath.Exp(values[j] - max);
            sum += values[j];
        }

        for (int j = 0; j < values.Length; j++)
        {
            values[j] /= sum;
        }
    }

    /// <summary>The same for four layers at once, one in each lane, each with the bits that it has alone.</summary>
    /// <param name="values">Logits in, probabilities out; an output of all four in each vector.</param>
    internal static void Apply(Span<Vector256<double>> values)
    {
        Vector256<double> max = values[0];
        for (int j = 1; j < values.Length; j++)
        {
            max = Vector256.ConditionalSelect(Vector256.GreaterThan(values[j], max), values[j], max);
        }

        Vector256<double> sum = Vector256<double>.Zero;
        for (int j = 0; j < values.Length; j++)
        {
            values[j] = PortableLanes.Exp(values[j] - max);
            sum += values[j];
        }

        for (int j = 0; j < values.Length; j++)
        {
            values[j] /= sum;
        }
    }
}
