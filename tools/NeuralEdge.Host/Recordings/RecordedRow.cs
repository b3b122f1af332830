namespace NeuralEdge.Host.Recordings;

/// <summary>A row of a recording.</summary>
/// <param name="Ms">Milliseconds, above those of the row before.</param>
/// <param name="Counts">A count for each column.</param>
public sealed record RecordedRow(long Ms, double[] Counts);
