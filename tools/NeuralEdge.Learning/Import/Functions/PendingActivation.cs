using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Functions;

/// <summary>
/// An activation by its name and its real function, which boards do not have: it may be computed in real numbers, and a
/// network that ends up with one is refused.
/// </summary>
internal sealed class PendingActivation(string name, Func<double, double> function) : ActivationFunction
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override Activation Activation => (Activation)byte.MaxValue;

    /// <inheritdoc/>
    public override double Evaluate(double z, double slope) => function(z);

    internal override double Derivative(double z, double activation, double slope) => throw new NotSupportedException();

    internal override (double Least, double Most) Slopes(double low, double high, double slope) => throw new NotSupportedException();

    internal override Code Write(Code z, int slope) => throw new NotSupportedException();
}
