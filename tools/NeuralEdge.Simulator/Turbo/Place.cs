#nullable enable
namespace NeuralEdge.Simulator.Turbo;

/// <summary>A place on the stack, an argument or a local.</summary>
internal struct Place
{
    /// <summary>What it holds.</summary>
    internal ValueKind Kind;

    /// <summary>A number: the lower 32 bits of an int, all of a long.</summary>
    internal long Bits;

    /// <summary>An array or the object.</summary>
    internal object? Reference;

    /// <summary>The lower 32 bits, which is what the platform takes an index and an element from, whatever the kind.</summary>
    internal readonly int Low => (int)Bits;
}
