namespace NeuralEdge.Learning.Series;

/// <summary>How a table whose rows follow each other in time is cut into windows.</summary>
/// <param name="Seconds">Length of a window.</param>
public sealed record WindowOptions(double Seconds)
{
    /// <summary>Time from one window to the next; null: a quarter of a window.</summary>
    public double? HopSeconds { get; init; }

    /// <summary>True: each row of the table is a recording whose samples are its columns, such as x0 to x89, and a window is as long as it.</summary>
    public bool IsRow { get; init; }

    /// <summary>Rows, or samples of a row, in a second; null: a column of times says it.</summary>
    public double? Rate { get; init; }

    /// <summary>Names of features, computed of every channel; null: those that are worth most.</summary>
    public IReadOnlyList<string>? Features { get; init; }
}
