namespace NeuralEdge.Learning.Data;

/// <summary>What a network is to learn.</summary>
public enum TaskKind
{
    /// <summary>Which of several classes a row belongs to.</summary>
    Classify,

    /// <summary>One or more numbers.</summary>
    Regress,
}
