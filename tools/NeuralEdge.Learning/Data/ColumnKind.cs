namespace NeuralEdge.Learning.Data;

/// <summary>What a column of a table holds.</summary>
public enum ColumnKind
{
    /// <summary>No value in any row.</summary>
    Empty,

    /// <summary>Numbers, at least in half of the cells that hold something.</summary>
    Numbers,

    /// <summary>Texts, in more than half of the cells that hold something.</summary>
    Texts,
}
