namespace NeuralEdge.Host;

/// <summary>Why a port cannot be opened.</summary>
public enum PortProblem
{
    /// <summary>The system does not say.</summary>
    Other,

    /// <summary>There is no such port.</summary>
    Missing,

    /// <summary>The user may not open it.</summary>
    NoRights,

    /// <summary>Another program has it.</summary>
    InUse,
}
