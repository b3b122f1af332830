namespace NeuralEdge.Host;

/// <summary>What a board answered to a question.</summary>
/// <param name="Outputs">Raw outputs.</param>
/// <param name="Saturated">True when a value inside the network met its ceiling; false from a board that does not say.</param>
public sealed record Answer(int[] Outputs, bool Saturated);
