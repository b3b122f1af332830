namespace NeuralEdge.Learning.Data;

/// <summary>Something about a table that its owner should know before believing a score.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Sentence">In words, with the option that changes it.</param>
public sealed record DataFinding(DataFindingKind Kind, string Sentence)
{
    /// <summary>The column it is about; null for the whole table.</summary>
    public string? Column { get; init; }

    /// <summary>How many rows it concerns; 0 where that makes no sense.</summary>
    public int Rows { get; init; }
}
