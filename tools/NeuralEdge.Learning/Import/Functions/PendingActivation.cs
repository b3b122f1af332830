using NeuralEdge.Conversion.Activations;
using NeuralEdge.Conversion.Text;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Functions;

/// <summary>
/// A function that boards do not have. Often it is a part of one that they have, and the graph goes on to put that together;
/// a network that ends up with one is refused.
/// </summary>
internal sealed class PendingActivation(string name, Func<double, double> function) : ActivationFunction
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <summary>What to do instead, for a sentence.</summary>
    internal static string Advice
    {
        get
        {
            string[] names = [.. OfHiddenLayers.Where(f => !f.IsIdentity).Select(f => f.Name), .. TabulatedFunctions.Names];
            return $"train with one of the activations {string.Join(", ", names[..^1])} or {names[^1]}";
        }
    }

    /// <summary>What it is, for a sentence.</summary>
    internal string Described => name == "custom" ? "a layer with a function that has no name here" : $"a layer with the function {name}";

    /// <inheritdoc/>
    public override Activation Activation => (Activation)byte.MaxValue;

    /// <inheritdoc/>
    public override double Evaluate(double z, double slope) => function(z);

    internal override double Derivative(double z, double activation, double slope) => throw new NotSupportedException();

    internal override (double Least, double Most) Slopes(double low, double high, double slope) => throw new NotSupportedException();

    internal override Code Write(Code z, int slope) => throw new NotSupportedException();
}
