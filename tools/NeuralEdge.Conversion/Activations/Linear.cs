using NeuralEdge.Conversion.Text;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Activations;

/// <summary>No activation: the pre-activation itself.</summary>
internal class Linear : ActivationFunction
{
    /// <inheritdoc/>
    public override string Name => "linear";

    /// <inheritdoc/>
    public override Activation Activation => Activation.Linear;

    internal override bool IsIdentity => true;

    /// <inheritdoc/>
    public override double Evaluate(double z, double slope) => z;

    internal override double Derivative(double z, double activation, double slope) => 1;

    internal override void EvaluateAll(ReadOnlySpan<double> z, Span<double> activations, double slope) => z.CopyTo(activations);

    internal override void Differentiate(ReadOnlySpan<double> z, ReadOnlySpan<double> activations, double slope, Span<double> errors)
    {
        // By 1.
    }

    internal override (double Least, double Most) Slopes(double low, double high, double slope) => (1, 1);

    internal override (double Low, double High) Below(double ceiling, double step, double slope) => (-ceiling, ceiling);

    internal override (double Slope, double Offset, double Radius) Line(double low, double high, double slope) => (1, 0, 0);

    internal override Code Write(Code z, int slope) => z;

    internal override Code? WriteWide(Code z) => z;
}
