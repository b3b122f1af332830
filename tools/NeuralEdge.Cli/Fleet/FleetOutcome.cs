namespace NeuralEdge.Cli.Fleet;

/// <summary>What became of one board.</summary>
/// <param name="Board">The board.</param>
/// <param name="State">Done, failed, or not tried.</param>
/// <param name="Text">What to say of it: one line.</param>
/// <param name="Document">The same for a program; null for a board of which nothing else is known.</param>
internal sealed record FleetOutcome(FleetBoard Board, FleetState State, string Text, object? Document = null);

/// <summary>How the work at a board ended.</summary>
internal enum FleetState
{
    /// <summary>As it should.</summary>
    Done,

    /// <summary>The text says why.</summary>
    Failed,

    /// <summary>Another one failed before, or somebody stopped it.</summary>
    NotTried,
}
