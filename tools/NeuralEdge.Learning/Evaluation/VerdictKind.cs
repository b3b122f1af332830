namespace NeuralEdge.Learning.Evaluation;

/// <summary>What can be said of a network.</summary>
public enum VerdictKind
{
    /// <summary>It is better than answering without looking at any input.</summary>
    Useful,

    /// <summary>It is not, or not by more than chance could do.</summary>
    NoBetter,

    /// <summary>There are too few rows to say.</summary>
    Unjudged,
}
