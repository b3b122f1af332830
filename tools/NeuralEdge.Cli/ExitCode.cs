namespace NeuralEdge.Cli;

/// <summary>What the tool returns to the shell; 1, wrong usage, comes from the command line parser.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    internal const int Done = 0;

    /// <summary>Wrong usage.</summary>
    internal const int WrongUsage = 1;

    /// <summary>A file or a value was refused.</summary>
    internal const int InputRefused = 2;

    /// <summary>The link or the board failed.</summary>
    internal const int BoardFailed = 3;
}
