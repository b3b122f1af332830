#nullable enable
namespace NeuralEdge.Simulator.Turbo;

/// <summary>What a place of the interpreter holds.</summary>
internal enum ValueKind
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>32 bits; what is beside them in the place is left over from before.</summary>
    Int,

    /// <summary>64 bits.</summary>
    Long,

    /// <summary>The object whose method runs.</summary>
    Object,

    /// <summary>long[].</summary>
    Longs,

    /// <summary>long[][].</summary>
    Tables,

    /// <summary>int[].</summary>
    Ints,
}
