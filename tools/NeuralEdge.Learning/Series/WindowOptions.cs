namespace NeuralEdge.Learning.Series;

/// <summary>How a table whose rows follow each other in time is cut into windows.</summary>
/// <param name="Seconds">Length of a window.</param>
public sealed record WindowOptions(double Seconds)
{
    /// <summary>Time from one window to the next; null: a quarter of a window.</summary>
    public double? HopSeconds { get; init; }

    /// <summary>Rows in a second; null: a column of times says it.</summary>
    public double? Rate { get; init; }

    /// <summary>Names of features, computed of every channel; null: those that are worth most.</summary>
    public IReadOnlyList<string>? Features { get; init; }
}
