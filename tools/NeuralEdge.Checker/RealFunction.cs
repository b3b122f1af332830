namespace NeuralEdge.Checker;

/// <summary>The real function of an activation: its values, its derivative, and what follows from them in a range.</summary>
/// <remarks>
/// Between neighbouring bends the derivative only rises or only falls, so that it is extreme at the ends, and f(z) - s z there or
/// where the derivative is s. Bends are kinks and the zeros of the second derivative: of gelu z^2 = 2, as f'' is the normal density
/// times 2 - z^2; of silu, gelu_tanh and mish numbers that solve f'' = 0, and which nothing else does; a test looks for others.
/// </remarks>
/// <param name="Error">More than a computed value is off by, over 1 + |z|; a derivative is off by less than four of it.</param>
/// <param name="Value">The function.</param>
/// <param name="Slope">Its derivative.</param>
/// <param name="Bends">Its bends.</param>
internal sealed record RealFunction(double Error, Func<double, double> Value, Func<double, double> Slope, params double[] Bends)
{
    private const double SqrtTwoOverPi = 0.79788456080286536;
    private const double Cube = 0.044715;

    /// <summary>The function of a name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="a">Its first parameter, if it has any.</param>
    /// <param name="b">Its second one.</param>
    /// <exception cref="NotSupportedException">There is none of that name here.</exception>
    internal static RealFunction Of(string name, double a, double b)
    {
        double e = 1e-14 * Math.Max(1, Math.Abs(a)) * Math.Max(1, Math.Abs(b));
        return name switch
        {
            "linear" => new(0, z => z, _ => 1),
            "relu" => new(0, z => Math.Max(0, z), z => z > 0 ? 1 : 0, 0),
            "leaky_relu" => new(0, z => z > 0 ? z : a * z, z => z > 0 ? 1 : a, 0),
            "tanh" => new(5e-16, Math.Tanh, Bell, 0),
            "sigmoid" => new(5e-16, Logistic, z => Bell(z / 2) / 4, 0),
            "elu" => new(e, z => z > 0 ? z : a * (Math.Exp(z) - 1), z => z > 0 ? 1 : a * Math.Exp(z), 0),
            "selu" => new(e, z => b * (z > 0 ? z : a * (Math.Exp(z) - 1)), z => b * (z > 0 ? 1 : a * Math.Exp(z)), 0),
            "celu" => new(e, z => z > 0 ? z : a * (Math.Exp(z / a) - 1), z => z > 0 ? 1 : Math.Exp(z / a), 0),
            "gelu" => new(e, z => z * Normal(z), z => Normal(z) + (z * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI)), -Math.Sqrt(2), Math.Sqrt(2)),
            "gelu_tanh" => new(e, z => z * Logistic(2 * Cubic(z)), SlopeOfGeluTanh, -1.4185040087908284, 1.4185040087908284),
            "silu" => new(e, z => z * Logistic(a * z), z => Logistic(a * z) * (1 + (a * z * Logistic(-a * z))), -2.3993572805154677 / Math.Abs(a), 2.3993572805154677 / Math.Abs(a)),
            "hard_sigmoid" => new(e, z => Math.Clamp((a * z) + b, 0, 1), z => z < -b / a != z < (1 - b) / a ? a : 0, -b / a, (1 - b) / a),
            "hard_swish" => new(e, z => z * Math.Clamp((z + 3) / 6, 0, 1), z => z < -3 ? 0 : z > 3 ? 1 : ((2 * z) + 3) / 6, -3, 3),
            "softplus" => new(e, Softplus, Logistic),
            "softsign" => new(e, z => z / (1 + Math.Abs(z)), z => Math.Pow(1 + Math.Abs(z), -2), 0),
            "mish" => new(e, z => z * Math.Tanh(Softplus(z)), z => Math.Tanh(Softplus(z)) + (z * Bell(Softplus(z)) * Logistic(z)), -2.2563763963607931, 1.4905711794854285),
            "log_sigmoid" => new(e, z => -Softplus(-z), z => Logistic(-z)),
            "erf" => new(e, Erf, z => 2 * Math.Exp(-z * z) / Math.Sqrt(Math.PI), 0),
            _ => throw new NotSupportedException($"the independent checker does not know the activation {name}"),
        };
    }

    /// <summary>Least and largest derivative; at a kink those of both sides, at an end that of its inner side.</summary>
    internal (double Least, double Greatest) Slopes(double low, double high)
    {
        double[] inside = Array.FindAll(Bends, bend => bend > low && bend < high);
        double[] places = [Math.BitIncrement(low), Math.BitDecrement(high), .. inside.Select(Math.BitIncrement), .. inside.Select(Math.BitDecrement)];
        return (places.Min(Slope) - (4 * Error), places.Max(Slope) + (4 * Error));
    }

    /// <summary>Least and most by which the function is above the line s z.</summary>
    internal (double Down, double Up) Above(double s, double low, double high)
    {
        (double down, double up, double slack, double from) = (double.PositiveInfinity, double.NegativeInfinity, 0, low);
        foreach (double bend in (double[])[.. Bends.Order(), high])
        {
            double to = Math.Max(from, Math.Min(bend, high));
            (double a, double b) = (Math.BitIncrement(from), Math.BitDecrement(to));
            bool below = Slope(a) < s;
            for (int k = 0; k < 40 && below != Slope(b) < s; k++)
            {
                double middle = (a + b) / 2;
                (a, b) = Slope(middle) < s == below ? (middle, b) : (a, middle);
            }

            // Where the derivative passes s between a and b, the extreme is no farther than this from the tangent in a.
            slack = Math.Max(slack, below != Slope(b) < s ? Math.Abs((Slope(a) - s) * (b - a)) : 0);
            double[] gaps = Array.ConvertAll([from, a, to], z => Value(z) - (s * z));
            (down, up, from) = (Math.Min(down, gaps.Min()), Math.Max(up, gaps.Max()), to);
        }

        double far = Math.Max(Math.Abs(low), Math.Abs(high));
        slack += (8 * Error * (1 + far)) + (2e-15 * (Math.Abs(down) + Math.Abs(up) + (Math.Abs(s) * far)));
        return (down - slack, up + slack);
    }

    /// <summary>Most by which a table, 128 steps between its entries and lines between them, is off at any argument that it has.</summary>
    internal double ErrorOf(int[] table, double step, double scale) => table.Length == 0 ? 0 : Enumerable.Range(0, 65536).Max(u =>
        Math.Abs(((table[u >> 7] + ((((table[(u >> 7) + 1] - table[u >> 7]) * (u & 127)) + 64) >> 7)) * scale) - Value((u - 32768) * step)));

    // All terms of the series have one sign. What is left out at n = 100 is less than rounding for |z| < 6, behind which erf is 1.
    private static double Erf(double z) => Math.Abs(z) > 6 ? Math.Sign(z) : 2 / Math.Sqrt(Math.PI) * Math.Exp(-z * z) * z * Series(2 * z * z, 1);

    private static double Series(double square, int n) => n > 100 ? 1 : 1 + (square / ((2 * n) + 1) * Series(square, n + 1));

    private static double SlopeOfGeluTanh(double z) =>
        Logistic(2 * Cubic(z)) + (z * Bell(Cubic(z)) * SqrtTwoOverPi * (0.5 + (1.5 * Cube * z * z)));

    private static double Normal(double z) => (1 + Erf(z / Math.Sqrt(2))) / 2;

    private static double Logistic(double z) => (1 + Math.Tanh(z / 2)) / 2;

    private static double Bell(double z) => 1 - (Math.Tanh(z) * Math.Tanh(z));

    private static double Softplus(double z) => Math.Max(0, z) + Math.Log(1 + Math.Exp(-Math.Abs(z)));

    private static double Cubic(double z) => SqrtTwoOverPi * (z + (Cube * z * z * z));
}
