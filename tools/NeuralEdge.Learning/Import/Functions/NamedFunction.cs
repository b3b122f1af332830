namespace NeuralEdge.Learning.Import.Functions;

/// <summary>An activation that no code of the model file stands for.</summary>
/// <param name="Name">As people know it; "custom" when it has no name.</param>
/// <param name="Function">The function of the pre-activation.</param>
/// <param name="Stretch">What the pre-activation is multiplied with first.</param>
/// <param name="Factor">What it is multiplied with.</param>
/// <param name="Offset">What is added then.</param>
internal sealed record NamedFunction(string Name, Scalar Function, double Stretch, double Factor, double Offset);
