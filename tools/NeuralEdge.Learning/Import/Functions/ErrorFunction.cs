using NeuralEdge.Conversion.Activations;

namespace NeuralEdge.Learning.Import.Functions;

/// <summary>erf(x) = 2/sqrt(pi) times the integral of e^(-t^2) from 0 to x, to about 1e-15.</summary>
internal static class ErrorFunction
{
    private const double TwoOverRootPi = 1.1283791670955126;

    /// <summary>Beyond this the series loses digits, and the continued fraction takes few terms.</summary>
    private const double Border = 2.5;

    private const int Terms = 80;

    internal static double Evaluate(double x)
    {
        double a = Math.Abs(x);
        double value = double.IsNaN(a) ? a : a < Border ? Series(a) : a > 6 ? 1 : 1 - Complement(a);
        return x < 0 ? -value : value;
    }

    // Abramowitz and Stegun 7.1.6: e^(-x^2) times a series of positive terms, which cancels nothing.
    private static double Series(double x)
    {
        double term = x;
        double sum = x;
        for (int n = 1; n < Terms && term > 1e-17 * sum; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return TwoOverRootPi * PortableMath.Exp(-x * x) * sum;
    }

    // Abramowitz and Stegun 7.1.14, from its end.
    private static double Complement(double x)
    {
        double fraction = 0;
        for (int n = Terms; n > 0; n--)
        {
            fraction = n / 2.0 / (x + fraction);
        }

        return TwoOverRootPi / 2 * PortableMath.Exp(-x * x) / (x + fraction);
    }
}
