namespace NeuralEdge.Host;

/// <summary>How new a model is that goes to a keyed board.</summary>
/// <param name="Number">Its security number; null for the highest that was confirmed on the board.</param>
/// <param name="Older">True when it is meant to be older than that.</param>
public sealed record ModelVersion(uint? Number = null, bool Older = false);
