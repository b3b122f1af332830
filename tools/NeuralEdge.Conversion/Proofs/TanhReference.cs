using System.Numerics;
using NeuralEdge.Numerics;

namespace NeuralEdge.Conversion.Proofs;

/// <summary>tanh at every Q15.16 input that does not saturate, to within 2^-62.</summary>
internal static class TanhReference
{
    /// <summary>Fraction bits of a reference value counted in last places of the Q0.15 result.</summary>
    internal const int LsbFractionBits = 47;

    /// <summary>One last place of Q0.15 in the unit of the reference, 2^-62.</summary>
    internal const long Lsb = 1L << LsbFractionBits;

    /// <summary>Computes round(2^62 tanh(x / 65536)) for x = 0..<see cref="Tanh.One"/>.</summary>
    internal static long[] Compute()
    {
        long[] values = new long[Tanh.One + 1];

        // tanh x = (1 - e) / (1 + e) with e = exp(-2x).
        ExponentialSequence exponential = new(2, 65536);
        for (int x = 0; x < values.Length; x++)
        {
            BigInteger e = exponential.Current;
            values[x] = (long)ExponentialSequence.DivideRounded((ExponentialSequence.One - e) << 62, ExponentialSequence.One + e);
            exponential.Next();
        }

        return values;
    }

    /// <summary>The correctly rounded Q0.15 result that belongs to a reference value.</summary>
    /// <param name="value">A reference value.</param>
    internal static int Round(long value) => (int)((value + (Lsb / 2)) >> LsbFractionBits);

    /// <summary>How far a reference value is from the nearest rounding tie, in units of 2^-62; above 1 the rounding is decided.</summary>
    /// <param name="value">A reference value.</param>
    internal static long DistanceToTie(long value) => Math.Abs((value & (Lsb - 1)) - (Lsb / 2));
}
