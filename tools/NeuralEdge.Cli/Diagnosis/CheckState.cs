namespace NeuralEdge.Cli.Diagnosis;

/// <summary>How a check ended.</summary>
internal enum CheckState
{
    /// <summary>Nothing is wrong so far, but it is too early to tell.</summary>
    TooEarly,

    /// <summary>Nothing is wrong.</summary>
    Ok,

    /// <summary>The board works, but somebody should look at it.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Trouble,
}
