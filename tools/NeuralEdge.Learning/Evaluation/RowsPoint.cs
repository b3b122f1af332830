namespace NeuralEdge.Learning.Evaluation;

/// <summary>How good networks are that learned from some of the rows.</summary>
/// <param name="Share">The share of the rows that could be learned from, above 0 and up to 1.</param>
/// <param name="Score">As <see cref="Study.Score"/>, at the same rows held out.</param>
/// <param name="StandardError">By how much that is uncertain.</param>
public sealed record RowsPoint(double Share, double Score, double StandardError);
