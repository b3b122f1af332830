namespace NeuralEdge.Studio.Recording;

/// <summary>A row of a session; never changes.</summary>
/// <param name="Ms">Milliseconds, above those of the row before.</param>
/// <param name="Values">A value for each column.</param>
/// <param name="Label">What was going on.</param>
public sealed record SessionRow(long Ms, double[] Values, string Label);

/// <summary>Rows of one label that follow each other.</summary>
/// <param name="From">The first row.</param>
/// <param name="To">The row behind the last.</param>
/// <param name="Label">Their label.</param>
public sealed record SessionStretch(int From, int To, string Label);
