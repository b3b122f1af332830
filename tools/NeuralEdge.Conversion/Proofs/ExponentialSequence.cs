using System.Numerics;

namespace NeuralEdge.Conversion.Proofs;

/// <summary>
/// exp(-k h) for k = 0, 1, 2, ... in 192-bit fixed point, each the product of the one before and exp(-h): the reference that
/// tables are made from and proofs are made against, from integer arithmetic alone.
/// </summary>
/// <remarks>
/// Cutting after a product loses less than 2^-192, and exp(-h) is off by less than 2^-186; after two million steps the error
/// is below 2^-165, where the results need 2^-62.
/// </remarks>
internal sealed class ExponentialSequence
{
    /// <summary>Fraction bits of <see cref="Current"/>.</summary>
    internal const int FractionBits = 192;

    private const int MostTerms = 64;
    private readonly BigInteger _ratio;

    /// <summary>Starts at k = 0 with the step h = numerator / denominator, at most 1.</summary>
    /// <param name="numerator">Above 0.</param>
    /// <param name="denominator">At least <paramref name="numerator"/>.</param>
    internal ExponentialSequence(int numerator, int denominator)
    {
        BigInteger term = One;
        BigInteger sum = One;
        for (int n = 1; n < MostTerms; n++)
        {
            term = -term * numerator / ((BigInteger)denominator * n);
            sum += term;
        }

        _ratio = sum;
    }

    /// <summary>1 in this fixed point.</summary>
    internal static BigInteger One { get; } = BigInteger.One << FractionBits;

    /// <summary>exp(-k h).</summary>
    internal BigInteger Current { get; private set; } = One;

    /// <summary>Goes on to the next k.</summary>
    internal void Next() => Current = (Current * _ratio) >> FractionBits;

    /// <summary>numerator / denominator rounded to the nearest integer.</summary>
    internal static BigInteger DivideRounded(BigInteger numerator, BigInteger denominator) =>
        ((numerator << 1) + denominator) / (denominator << 1);

    /// <summary>A value of this fixed point with fewer fraction bits, rounded to the nearest.</summary>
    internal static long Round(BigInteger value, int fractionBits) =>
        (long)((value + (BigInteger.One << (FractionBits - fractionBits - 1))) >> (FractionBits - fractionBits));
}
