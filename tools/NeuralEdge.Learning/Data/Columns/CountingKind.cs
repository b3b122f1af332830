namespace NeuralEdge.Learning.Data.Columns;

/// <summary>Why a column of numbers counts rows or time instead of measuring anything.</summary>
internal enum CountingKind
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>The same step from row to row.</summary>
    RowNumber,

    /// <summary>It only rises, or only falls.</summary>
    Monotonic,

    /// <summary>It rises, and now and then starts again.</summary>
    Restarting,

    /// <summary>Every whole number once, in any order.</summary>
    ShuffledRowNumber,
}
