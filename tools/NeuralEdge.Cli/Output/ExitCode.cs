namespace NeuralEdge.Cli.Output;

/// <summary>What the tool returns to the shell.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    internal const int Done = 0;

    /// <summary>The command line does not say what to do.</summary>
    internal const int WrongUsage = 1;

    /// <summary>A file or a value was refused.</summary>
    internal const int InputRefused = 2;

    /// <summary>The link or the board failed.</summary>
    internal const int BoardFailed = 3;
}
