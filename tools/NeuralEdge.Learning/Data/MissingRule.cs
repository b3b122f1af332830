namespace NeuralEdge.Learning.Data;

/// <summary>What becomes of rows with a missing value: an empty cell, a mark such as NA, or a value that stands for "no reading".</summary>
public enum MissingRule
{
    /// <summary>They are left out, and counted.</summary>
    Drop,

    /// <summary>The table is refused, with the first places.</summary>
    Refuse,

    /// <summary>
    /// They are learned from with the median of the column, over the rows trained on, and never judged by: a board has no
    /// median, it takes whatever a failed sensor reads.
    /// </summary>
    Median,
}
