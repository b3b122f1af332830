namespace NeuralEdge.Cli.Sessions;

/// <summary>Who is told how a recording goes on.</summary>
internal interface IRecordingDisplay
{
    /// <summary>A label is next.</summary>
    /// <param name="label">The label.</param>
    /// <param name="countdown">Time until it is recorded; zero for none.</param>
    void Begin(LabelTally label, TimeSpan countdown);

    /// <summary>Time goes by before a label.</summary>
    void CountDown(LabelTally label, TimeSpan left);

    /// <summary>A row more.</summary>
    /// <param name="label">Its label.</param>
    /// <param name="missing">Rows that were left out so far.</param>
    void Progress(LabelTally label, long missing);

    /// <summary>A label has its rows.</summary>
    void End(LabelTally label);

    /// <summary>The board is gone, or back.</summary>
    /// <param name="why">Why; null when it is back.</param>
    /// <param name="rows">Rows in the file.</param>
    void Board(string? why, int rows);
}
