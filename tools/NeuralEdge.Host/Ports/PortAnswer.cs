namespace NeuralEdge.Host.Ports;

/// <summary>What came of asking a port for a board.</summary>
public enum PortAnswer
{
    /// <summary>A board answers.</summary>
    Board,

    /// <summary>It was not asked, because it is hardly a board's.</summary>
    NotAsked,

    /// <summary>The user may not open it.</summary>
    NoRights,

    /// <summary>Another program has it.</summary>
    InUse,

    /// <summary>It cannot be opened, or vanished.</summary>
    CannotOpen,

    /// <summary>Nothing comes.</summary>
    Silent,

    /// <summary>Something comes, but no answer of a board.</summary>
    SomethingElse,

    /// <summary>A board answers that cannot be talked to: it says why.</summary>
    Refused,
}
