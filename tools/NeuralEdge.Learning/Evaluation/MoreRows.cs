namespace NeuralEdge.Learning.Evaluation;

/// <summary>What more rows of the same kind would do for a network.</summary>
public enum MoreRows
{
    /// <summary>The second half of the rows made it no better, or by under half a point, or by less than a standard error.</summary>
    WouldHardlyHelp,

    /// <summary>It made it better by one to two standard errors.</summary>
    MayHelp,

    /// <summary>It made it better by more than two standard errors.</summary>
    WouldHelp,
}
