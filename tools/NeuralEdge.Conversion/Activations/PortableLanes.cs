using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralEdge.Conversion.Activations;

/// <summary>
/// Functions of <see cref="PortableMath"/> for four values at once, each with the bits that it has alone: the same operations in the
/// same order, no product and sum rounded as one, and instead of branches the choice between results.
/// </summary>
internal static class PortableLanes
{
    /// <summary>Values beside each other in a vector.</summary>
    internal const int Count = 4;

    // Added to a whole number it puts that number into the lowest bits of the mantissa.
    private const double Whole = 4503599627370496.0;

    /// <summary>As <see cref="PortableMath.Exp"/>.</summary>
    internal static Vector256<double> Exp(Vector256<double> x)
    {
        Vector256<double> inside = Vector256.MinNative(Vector256.MaxNative(x, Vector256.Create(-745.2)), Vector256.Create(709.78));
        (Vector256<double> p, Vector256<double> k) = Reduced(inside);
        Vector256<double> half = Vector256.Truncate(k * 0.5);
        Vector256<double> e = p * PowerOfTwo(half) * PowerOfTwo(k - half);
        e = Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(709.78)), Vector256.Create(double.PositiveInfinity), e);
        e = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(-745.2)), Vector256<double>.Zero, e);
        return Vector256.ConditionalSelect(Vector256.Equals(x, x), e, x);
    }

    /// <summary>As <see cref="PortableMath.Tanh"/>.</summary>
    internal static Vector256<double> Tanh(Vector256<double> x)
    {
        Vector256<double> negative = Vector256.LessThan(x, Vector256<double>.Zero);
        Vector256<double> a = Vector256.ConditionalSelect(negative, -x, x);
        Vector256<double> q = a * a;
        Vector256<double> p = Vector256.Create(-929569.0 / 638512875.0);
        p = (p * q) + Vector256.Create(21844.0 / 6081075.0);
        p = (p * q) - Vector256.Create(1382.0 / 155925.0);
        p = (p * q) + Vector256.Create(62.0 / 2835.0);
        p = (p * q) - Vector256.Create(17.0 / 315.0);
        p = (p * q) + Vector256.Create(2.0 / 15.0);
        p = (p * q) - Vector256.Create(1.0 / 3.0);
        Vector256<double> small = a + (a * q * p);

        // Above 22 the result is 1 whatever e is: 2a is kept where one power of two will do.
        (Vector256<double> series, Vector256<double> k) = Reduced(Vector256.MinNative(a, Vector256.Create(22.0)) * 2);
        Vector256<double> e = series * PowerOfTwo(k);
        Vector256<double> t = Vector256<double>.One - (Vector256.Create(2.0) / (e + Vector256<double>.One));
        t = Vector256.ConditionalSelect(Vector256.GreaterThan(a, Vector256.Create(22.0)), Vector256<double>.One, t);
        t = Vector256.ConditionalSelect(Vector256.LessThan(a, Vector256.Create(0.125)), small, t);
        t = Vector256.ConditionalSelect(negative, -t, t);
        return Vector256.ConditionalSelect(Vector256.Equals(x, x), t, x);
    }

    /// <summary>As <see cref="PortableMath.Sigmoid"/>.</summary>
    internal static Vector256<double> Sigmoid(Vector256<double> x)
    {
        Vector256<double> positive = Vector256.GreaterThanOrEqual(x, Vector256<double>.Zero);
        Vector256<double> e = Exp(Vector256.ConditionalSelect(positive, -x, x));
        return Vector256.ConditionalSelect(positive, Vector256<double>.One, e) / (Vector256<double>.One + e);
    }

    /// <summary>e^r and k of x = k ln 2 + r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> Series, Vector256<double> Power) Reduced(Vector256<double> x)
    {
        Vector256<double> k = Vector256.Floor((x * PortableMath.Log2E) + Vector256.Create(0.5));
        Vector256<double> r = x - (k * PortableMath.Ln2High) - (k * PortableMath.Ln2Low);
        Vector256<double> p = Vector256.Create(1.0 / 6227020800.0);
        p = (p * r) + Vector256.Create(1.0 / 479001600.0);
        p = (p * r) + Vector256.Create(1.0 / 39916800.0);
        p = (p * r) + Vector256.Create(1.0 / 3628800.0);
        p = (p * r) + Vector256.Create(1.0 / 362880.0);
        p = (p * r) + Vector256.Create(1.0 / 40320.0);
        p = (p * r) + Vector256.Create(1.0 / 5040.0);
        p = (p * r) + Vector256.Create(1.0 / 720.0);
        p = (p * r) + Vector256.Create(1.0 / 120.0);
        p = (p * r) + Vector256.Create(1.0 / 24.0);
        p = (p * r) + Vector256.Create(1.0 / 6.0);
        p = (p * r) + Vector256.Create(0.5);
        return ((p * r * r) + r + Vector256<double>.One, k);
    }

    /// <summary>2^k for whole k that leave the exponent in range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> PowerOfTwo(Vector256<double> k) => Vector256.ShiftLeft((k + Vector256.Create(Whole + 1023)).AsInt64(), 52).AsDouble();
}
