using System.CommandLine;

namespace NeuralEdge.Cli.Fleet;

/// <summary>Options of the verbs that take a file of boards.</summary>
internal static class FleetOptions
{
    /// <summary>At how many boards at a time, unless somebody says otherwise.</summary>
    internal const int UsualParallel = 32;

    /// <summary>More than that no computer has lines for.</summary>
    internal const int MostParallel = 256;

    internal static Option<string?> Boards() => new("--boards") { HelpName = "FILE", Description = "A file of boards: a port a line, or JSON like [{\"port\": \"COM5\", \"keyFile\": \"K\"}]." };

    internal static Option<int> Parallel() => new("--parallel") { DefaultValueFactory = _ => UsualParallel, HelpName = "N", Description = "At how many of the boards at a time." };
}
