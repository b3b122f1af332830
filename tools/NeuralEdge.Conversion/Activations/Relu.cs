using NeuralEdge.Conversion.Text;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Activations;

/// <summary>The rectifier: z above zero, 0 below.</summary>
internal sealed class Relu : ActivationFunction
{
    /// <inheritdoc/>
    public override string Name => "relu";

    /// <inheritdoc/>
    public override Activation Activation => Activation.Relu;

    internal override string Title => "ReLU";

    internal override bool ReadsWord => true;

    /// <inheritdoc/>
    public override double Evaluate(double z, double slope) => z > 0 ? z : 0;

    internal override double Derivative(double z, double activation, double slope) => z > 0 ? 1 : 0;

    internal override double FirstWeights(int inputs, int outputs) => LeakyRelu.FirstWeightsOf(inputs);

    internal override (double Least, double Most) Slopes(double low, double high, double slope) => (low >= 0 ? 1 : 0, high <= 0 ? 0 : 1);

    internal override (double Low, double High) Below(double ceiling, double step, double slope) => (double.NegativeInfinity, ceiling);

    internal override (double Slope, double Offset, double Radius) Line(double low, double high, double slope) => LeakyRelu.LineOf(0, low, high);

    internal override Code Write(Code z, int slope) => z.KeptIn("v").Then("{0} & ~(v >> 31)", 1 + Code.ByteOperationBytes + 2);

    // The sign of the word is that of its top lane.
    internal override Code? WriteWide(Code z) => z.Then("({0}) & ~(s >> 63)", 3 + Code.ByteOperationBytes);
}
