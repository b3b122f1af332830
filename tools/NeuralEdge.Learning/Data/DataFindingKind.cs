namespace NeuralEdge.Learning.Data;

/// <summary>What a finding about a table is about.</summary>
public enum DataFindingKind
{
    /// <summary>How the file is laid out, such as columns separated by blanks.</summary>
    Format,

    /// <summary>A line that is no row was skipped: a comment, or the names once more.</summary>
    SkippedLine,

    /// <summary>Numbers are written in an unusual way: hexadecimal, with a unit, with a quoted decimal comma.</summary>
    Spelling,

    /// <summary>A column is not used as an input.</summary>
    LeftOutColumn,

    /// <summary>A value that stands for "no reading".</summary>
    Sentinel,

    /// <summary>An input that is 0 in so many rows, and so far from it in all others, that 0 may stand for "no reading".</summary>
    ManyZeros,

    /// <summary>Rows with missing values, and what became of them.</summary>
    MissingValues,

    /// <summary>Labels that were taken for one.</summary>
    MergedLabels,

    /// <summary>A class of so few rows that its label may be misspelt.</summary>
    RareLabel,

    /// <summary>What is to be learned, classes or numbers, where that was guessed.</summary>
    Task,

    /// <summary>An input that gives the answer away.</summary>
    Leak,

    /// <summary>An input that alone tells two classes apart by one comparison.</summary>
    Threshold,

    /// <summary>Rows that stand in the tables more than once.</summary>
    Copies,

    /// <summary>Rows in no order that are copies of others, which are held out together.</summary>
    ScatteredCopies,

    /// <summary>How rows that follow each other became windows.</summary>
    Windows,

    /// <summary>A column of labels, where what is normal is learned without any.</summary>
    Labels,

    /// <summary>Levels of a board file that normal rows have others in place of.</summary>
    Levels,

    /// <summary>The network asked for is larger than a board takes as its firmware comes.</summary>
    TooLarge,
}
