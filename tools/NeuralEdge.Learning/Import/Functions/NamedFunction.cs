using NeuralEdge.Conversion.Activations;

namespace NeuralEdge.Learning.Import.Functions;

/// <summary>A function of a pre-activation by the name that it has, whichever way it is written.</summary>
/// <param name="Name">As people know it; "custom" when it has no name.</param>
/// <param name="Function">The function of the pre-activation.</param>
/// <param name="Activation">What a board has for it; null when it has nothing.</param>
/// <param name="Stretch">What the pre-activation is multiplied with first.</param>
/// <param name="Factor">What it is multiplied with.</param>
/// <param name="Offset">What is added then.</param>
internal sealed record NamedFunction(string Name, Scalar Function, ActivationFunction? Activation, double Stretch, double Factor, double Offset);
