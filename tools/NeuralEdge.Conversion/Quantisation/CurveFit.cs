using NeuralEdge.Conversion.Activations;
using NeuralEdge.Networks;

namespace NeuralEdge.Conversion.Quantisation;

/// <summary>Makes the table of a function, and measures how far it is from the function.</summary>
internal static class CurveFit
{
    private const int Step = 1 << ActivationCurve.StepBits;
    private const int Segments = ActivationCurve.KnotCount - 1;
    private const int MostOutputBits = 46;

    /// <summary>Makes a table, the same for the same function and format.</summary>
    /// <param name="function">The function.</param>
    /// <param name="inputBits">Fraction bits of its argument.</param>
    /// <returns>The table and the fraction bits of its entries: as many as 16 bits hold.</returns>
    /// <exception cref="InputRefusedException">The function is not finite, or too large, in this range.</exception>
    internal static (ActivationCurve Curve, int OutputBits) Of(ActivationFunction function, int inputBits)
    {
        double[] values = ValuesOf(function, Math.ScaleB(1, -inputBits));
        double[] knots = [.. Enumerable.Range(0, ActivationCurve.KnotCount).Select(k => values[k * Step])];
        double largest = knots.Max(Math.Abs);
        int outputBits = largest > 0 ? Math.Min(MostOutputBits, Math.ILogB(short.MaxValue / largest)) : 15;
        if (!double.IsFinite(largest) || outputBits < -31)
        {
            throw new InputRefusedException(
                $"the activation {function.Name} passes every scale for arguments up to {Math.ScaleB(-ActivationCurve.Lowest, -inputBits):g3}; rescale the inputs.");
        }

        bool isFlatBeyond = IsFlatBeyond(function, Math.ScaleB(1, -inputBits));

        // One bit more is worth an end that is cut off by a step or two: that of z itself, at the largest z that there is.
        (ActivationCurve, int) best = default;
        double least = double.PositiveInfinity;
        foreach (double[] wanted in (double[][])[knots, Balanced(values, knots)])
        {
            for (int bits = outputBits; bits <= Math.Min(MostOutputBits, outputBits + 1); bits++)
            {
                ActivationCurve curve = Rounded(wanted, bits, isFlatBeyond);
                double error = LargestError(curve, values, Math.ScaleB(1, -bits));
                if (error < least)
                {
                    (best, least) = ((curve, bits), error);
                }
            }
        }

        return best;
    }

    /// <summary>
    /// Largest difference between a table and its function at any pre-activation that meets no ceiling, in value; infinite where the table says that
    /// the function is flat beyond its ends, and it is not.
    /// </summary>
    /// <param name="function">The function.</param>
    /// <param name="curve">The table.</param>
    /// <param name="step">Value of one step of its argument.</param>
    /// <param name="scale">Value of one step of its entries.</param>
    internal static double LargestError(ActivationFunction function, ActivationCurve curve, double step, double scale) =>
        curve.IsFlatBeyond && !IsFlatBeyond(function, step) ? double.PositiveInfinity : LargestError(curve, ValuesOf(function, step), scale);

    private static bool IsFlatBeyond(ActivationFunction function, double step) => function is Tabulated tabulated && tabulated.FlatBeyond <= ActivationCurve.Highest * step;

    private static double LargestError(ActivationCurve curve, double[] values, double scale)
    {
        double largest = 0;
        for (int u = 0; u < values.Length - 1; u++)
        {
            largest = Math.Max(largest, Math.Abs((curve.Look(u + ActivationCurve.Lowest) * scale) - values[u]));
        }

        return largest;
    }

    private static double[] ValuesOf(ActivationFunction function, double step)
    {
        double[] values = new double[(Segments * Step) + 1];
        for (int u = 0; u < values.Length; u++)
        {
            values[u] = function.Evaluate((u + ActivationCurve.Lowest) * step, 0);
        }

        return values;
    }

    // A chord of a convex piece lies above it. Moved half of that down it is as far off at its ends as in its middle.
    private static double[] Balanced(double[] values, double[] knots)
    {
        double[] gaps = new double[Segments];
        for (int k = 0; k < gaps.Length; k++)
        {
            gaps[k] = values[(k * Step) + (Step / 2)] - ((knots[k] + knots[k + 1]) / 2);
        }

        return [.. knots.Select((knot, k) => knot + ((gaps[Math.Max(0, k - 1)] + gaps[Math.Min(k, Segments - 1)]) / 4))];
    }

    private static ActivationCurve Rounded(double[] knots, int outputBits, bool isFlatBeyond)
    {
        byte[] bytes = new byte[2 * knots.Length];
        for (int k = 0; k < knots.Length; k++)
        {
            int entry = (int)Math.Clamp(Math.Floor(Math.ScaleB(knots[k], outputBits) + 0.5), short.MinValue, short.MaxValue);
            bytes[2 * k] = (byte)entry;
            bytes[(2 * k) + 1] = (byte)(entry >> 8);
        }

        ActivationCurve curve = new(isFlatBeyond);
        curve.Fill(bytes, 0, knots.Length);
        return curve;
    }
}
