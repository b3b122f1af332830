namespace NeuralEdge.Conversion.Activations;

/// <summary>
/// exp, log, tanh, sigmoid and erf from additions, multiplications and divisions alone. <see cref="Math"/>
/// asks the C library of each system, whose last bits differ; IEEE 754 fixes the bits of the basic
/// operations, so that a seed trains the same network on every machine.
/// </summary>
public static class PortableMath
{
    /// <summary>1 / ln 2.</summary>
    internal const double Log2E = 1.4426950408889634;

    /// <summary>ln 2 in two parts: the first has so few bits that k * Ln2High is exact for every k in use.</summary>
    internal const double Ln2High = 0.693147180369123816490;

    /// <summary>The second part.</summary>
    internal const double Ln2Low = 1.90821492927058770002e-10;

    // 1/3, 1/5, 1/7 and so on: enough for the series of erf up to 6.
    private static readonly double[] OddReciprocals = [.. Enumerable.Range(1, 160).Select(n => 1.0 / ((2 * n) + 1))];

    /// <summary>e to the x; 0 below -745, infinity above 709.7, within 2 units in the last place between.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        if (x > 709.78)
        {
            return double.PositiveInfinity;
        }

        if (x < -745.2)
        {
            return 0;
        }

        // x = k ln 2 + r with |r| <= ln 2 / 2; the series of e^r is below half a last place after r^13.
        double k = Math.Floor((x * Log2E) + 0.5);
        double r = x - (k * Ln2High) - (k * Ln2Low);
        double p = 1.0 / 6227020800.0;
        p = (p * r) + (1.0 / 479001600.0);
        p = (p * r) + (1.0 / 39916800.0);
        p = (p * r) + (1.0 / 3628800.0);
        p = (p * r) + (1.0 / 362880.0);
        p = (p * r) + (1.0 / 40320.0);
        p = (p * r) + (1.0 / 5040.0);
        p = (p * r) + (1.0 / 720.0);
        p = (p * r) + (1.0 / 120.0);
        p = (p * r) + (1.0 / 24.0);
        p = (p * r) + (1.0 / 6.0);
        p = (p * r) + 0.5;
        p = (p * r * r) + r + 1.0;

        // Two factors, because 2^k alone may be subnormal or too large although the product is neither.
        int half = (int)k / 2;
        return p * PowerOfTwo(half) * PowerOfTwo((int)k - half);
    }

    /// <summary>The natural logarithm; minus infinity at 0, NaN below.</summary>
    public static double Log(double x)
    {
        if (double.IsNaN(x) || x < 0)
        {
            return double.NaN;
        }

        if (x == 0 || double.IsPositiveInfinity(x))
        {
            return x == 0 ? double.NegativeInfinity : x;
        }

        int exponent = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0;
            exponent = -54;
        }

        // x = m 2^e with m in [sqrt 1/2, sqrt 2); log m = 2 artanh((m - 1)/(m + 1)), |s| <= 0.1716.
        long bits = BitConverter.DoubleToInt64Bits(x);
        exponent += (int)(bits >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFFL) | 0x3FF0000000000000L);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            exponent++;
        }

        double s = (m - 1) / (m + 1);
        double q = s * s;
        double p = 1.0 / 21;
        p = (p * q) + (1.0 / 19);
        p = (p * q) + (1.0 / 17);
        p = (p * q) + (1.0 / 15);
        p = (p * q) + (1.0 / 13);
        p = (p * q) + (1.0 / 11);
        p = (p * q) + (1.0 / 9);
        p = (p * q) + (1.0 / 7);
        p = (p * q) + (1.0 / 5);
        p = (p * q) + (1.0 / 3);
        double log = (2 * s) + (2 * s * q * p);
        return (exponent * Ln2High) + ((exponent * Ln2Low) + log);
    }

    /// <summary>The hyperbolic tangent, odd to the last bit.</summary>
    public static double Tanh(double x)
    {
        double a = x < 0 ? -x : x;
        double t;
        if (a < 0.125)
        {
            // 1 - 2/(e^2a + 1) would lose the small digits here; the series has them.
            double q = a * a;
            double p = -929569.0 / 638512875.0;
            p = (p * q) + (21844.0 / 6081075.0);
            p = (p * q) - (1382.0 / 155925.0);
            p = (p * q) + (62.0 / 2835.0);
            p = (p * q) - (17.0 / 315.0);
            p = (p * q) + (2.0 / 15.0);
            p = (p * q) - (1.0 / 3.0);
            t = a + (a * q * p);
        }
        else if (a > 22)
        {
            t = 1;
        }
        else
        {
            t = 1 - (2 / (Exp(2 * a) + 1));
        }

        return double.IsNaN(x) ? x : x < 0 ? -t : t;
    }

    /// <summary>1 / (1 + e^-x).</summary>
    public static double Sigmoid(double x)
    {
        if (x >= 0)
        {
            return 1 / (1 + Exp(-x));
        }

        double e = Exp(x);
        return e / (1 + e);
    }

    /// <summary>The error function, within 1e-15, odd to the last bit.</summary>
    public static double Erf(double x)
    {
        double a = x < 0 ? -x : x;
        if (double.IsNaN(x) || a > 6)
        {
            return double.IsNaN(x) ? x : x < 0 ? -1 : 1;
        }

        // erf x = 2 x / sqrt pi e^(-x^2) (1 + 2x^2/3 + (2x^2)^2/(3 5) + ...): no term is negative, so that nothing cancels.
        double q = 2 * a * a;
        double sum = 1;
        double term = 1;
        for (int n = 0; n < OddReciprocals.Length && term > 1e-18 * sum; n++)
        {
            term *= q * OddReciprocals[n];
            sum += term;
        }

        double erf = Math.Min(1, 1.1283791670955126 * a * sum * Exp(-a * a));
        return x < 0 ? -erf : erf;
    }

    private static double PowerOfTwo(int k)
    {
        return BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);
    }
}
