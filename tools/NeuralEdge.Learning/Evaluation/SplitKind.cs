namespace NeuralEdge.Learning.Evaluation;

/// <summary>Which rows are held out to judge by.</summary>
public enum SplitKind
{
    /// <summary>None: there are too few.</summary>
    None,

    /// <summary>Rows of another table, which training never sees.</summary>
    OtherTable,

    /// <summary>A log: five stretches of it, each held out once.</summary>
    Blocks,

    /// <summary>A log that has each class in one stretch: the last fifth of each.</summary>
    LastFifths,

    /// <summary>Whole recordings, in up to five parts, each held out once.</summary>
    Recordings,

    /// <summary>No order, few rows, in all or of a class: five parts chosen at random, each with its share of every class, each held out once.</summary>
    Folds,

    /// <summary>No order, many rows: a fifth of each class, chosen at random.</summary>
    RandomFifth,
}
