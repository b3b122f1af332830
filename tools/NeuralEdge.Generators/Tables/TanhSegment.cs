namespace NeuralEdge.Generators.Tables;

/// <summary>Integer parabola of one segment: (C0 + ((C1 + (C2 t >> 10)) t >> 6)) >> 14.</summary>
/// <param name="C0">Value at the segment's start in Q0.29, the rounding half included.</param>
/// <param name="C1">First-order coefficient.</param>
/// <param name="C2">Second-order coefficient.</param>
public readonly record struct TanhSegment(int C0, int C1, int C2)
{
    /// <summary>Fraction bits that the last shift drops.</summary>
    internal const int DroppedBits = 14;

    /// <summary>What is added to <see cref="C0"/> at a place of the segment.</summary>
    /// <param name="c1">First-order coefficient.</param>
    /// <param name="c2">Second-order coefficient.</param>
    /// <param name="t">0..2047.</param>
    internal static int Rise(int c1, int c2, int t) => (c1 + (c2 * t >> 10)) * t >> 6;

    /// <summary>The result before the last shift.</summary>
    /// <param name="t">0..2047.</param>
    internal int Sum(int t) => C0 + Rise(C1, C2, t);

    /// <summary>tanh in Q0.15.</summary>
    /// <param name="t">0..2047.</param>
    internal int Evaluate(int t) => Sum(t) >> DroppedBits;
}
