using System.Globalization;

namespace NeuralEdge.Conversion.Activations;

/// <summary>
/// Activations by table that other programs know, by their names and parameters. To add one: its function, its derivative and
/// the bends of that, below, and a line in <see cref="Makers"/>; nothing of a board changes. The independent
/// checker has the functions once more, in its RealFunction; of a function that it lacks it says that it verifies nothing.
/// </summary>
public static class TabulatedFunctions
{
    // Where the second derivatives change sign, from a computation with 40 digits.
    private const double BendOfSilu = 2.3993572805154677;
    private const double BendOfGelu = 1.4142135623730951;
    private const double BendOfGeluTanh = 1.4185040087908284;
    private const double LowerBendOfMish = -2.2563763963607931;
    private const double UpperBendOfMish = 1.4905711794854285;

    private const double SqrtHalf = 0.70710678118654752;
    private const double InverseSqrtTwoPi = 0.39894228040143268;
    private const double SqrtTwoOverPi = 0.79788456080286536;

    /// <summary>The alpha of SELU that Klambauer et al. (2017) derive.</summary>
    public const double DefaultSeluAlpha = 1.6732632423543772;

    /// <summary>The factor of SELU that Klambauer et al. (2017) derive.</summary>
    public const double DefaultSeluGamma = 1.0507009873554805;

    /// <summary>The Gaussian error linear unit, z (1 + erf(z / sqrt 2)) / 2.</summary>
    public static Tabulated Gelu { get; } = Known("gelu", z => z * Normal(z), z => Normal(z) + (z * Density(z)), -BendOfGelu, BendOfGelu);

    /// <summary>What is usually taken in place of <see cref="Gelu"/>: z (1 + tanh(sqrt(2 / pi) (z + 0.044715 z^3))) / 2.</summary>
    public static Tabulated GeluTanh { get; } = Known("gelu_tanh", ApproximateGelu, SlopeOfApproximateGelu, -BendOfGeluTanh, BendOfGeluTanh);

    /// <summary>z times z / 6 + 1/2 limited to 0..1.</summary>
    public static Tabulated HardSwish { get; } = Known(
        "hard_swish", z => z <= -3 ? 0 : z >= 3 ? z : z * (z + 3) / 6, z => z < -3 ? 0 : z > 3 ? 1 : ((2 * z) + 3) / 6, -3, 3);

    /// <summary>log(1 + e^z).</summary>
    public static Tabulated Softplus { get; } = Known("softplus", SoftplusOf, PortableMath.Sigmoid);

    /// <summary>z / (1 + |z|).</summary>
    public static Tabulated Softsign { get; } = Known("softsign", z => z / (1 + Math.Abs(z)), z => 1 / ((1 + Math.Abs(z)) * (1 + Math.Abs(z))), 0);

    /// <summary>z tanh(log(1 + e^z)).</summary>
    public static Tabulated Mish { get; } = Known("mish", z => z * PortableMath.Tanh(SoftplusOf(z)), SlopeOfMish, LowerBendOfMish, UpperBendOfMish);

    /// <summary>log(1 / (1 + e^-z)).</summary>
    public static Tabulated LogSigmoid { get; } = Known("log_sigmoid", z => -SoftplusOf(-z), z => PortableMath.Sigmoid(-z));

    /// <summary>The error function.</summary>
    public static Tabulated Erf { get; } = Known("erf", PortableMath.Erf, z => 2 * SqrtHalf * SqrtTwoOverPi * PortableMath.Exp(-z * z), 0);

    // Behind the properties, which it reads.
    private static readonly (string Name, string Parameters, Func<double?, double?, Tabulated> Make)[] Makers =
    [
        ("elu", "alpha", (alpha, _) => Elu(alpha ?? 1)),
        ("selu", "alpha, beta", (alpha, beta) => Selu(alpha ?? DefaultSeluAlpha, beta ?? DefaultSeluGamma)),
        ("celu", "alpha", (alpha, _) => Celu(alpha ?? 1)),
        ("gelu", "", (_, _) => Gelu),
        ("gelu_tanh", "", (_, _) => GeluTanh),
        ("silu", "beta", (_, beta) => Silu(beta ?? 1)),
        ("hard_sigmoid", "alpha, beta", (alpha, beta) => HardSigmoid(alpha ?? (1.0 / 6), beta ?? 0.5)),
        ("hard_swish", "", (_, _) => HardSwish),
        ("softplus", "", (_, _) => Softplus),
        ("softsign", "", (_, _) => Softsign),
        ("mish", "", (_, _) => Mish),
        ("log_sigmoid", "", (_, _) => LogSigmoid),
        ("erf", "", (_, _) => Erf),
    ];

    /// <summary>All names, for a sentence.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Makers.Select(maker => maker.Name)];

    /// <summary>z above zero, alpha (e^z - 1) below.</summary>
    /// <param name="alpha">Minus what it comes to far below zero; finite.</param>
    public static Tabulated Elu(double alpha = 1) => Known(
        "elu", alpha == 1, [alpha], z => z > 0 ? z : alpha * (PortableMath.Exp(z) - 1), z => z > 0 ? 1 : alpha * PortableMath.Exp(z), 0);

    /// <summary>gamma times <see cref="Elu"/>.</summary>
    /// <param name="alpha">Of ELU; finite.</param>
    /// <param name="gamma">The factor; finite.</param>
    public static Tabulated Selu(double alpha = DefaultSeluAlpha, double gamma = DefaultSeluGamma) => Known(
        "selu", alpha == DefaultSeluAlpha && gamma == DefaultSeluGamma, [alpha, gamma],
        z => gamma * (z > 0 ? z : alpha * (PortableMath.Exp(z) - 1)),
        z => gamma * (z > 0 ? 1 : alpha * PortableMath.Exp(z)),
        0);

    /// <summary>z above zero, alpha (e^(z / alpha) - 1) below.</summary>
    /// <param name="alpha">Above 0.</param>
    public static Tabulated Celu(double alpha = 1) => Known(
        "celu", alpha == 1, [alpha], z => z > 0 ? z : alpha * (PortableMath.Exp(z / alpha) - 1), z => z > 0 ? 1 : PortableMath.Exp(z / alpha), 0);

    /// <summary>z sigmoid(beta z), also called swish.</summary>
    /// <param name="beta">Finite.</param>
    public static Tabulated Silu(double beta = 1) => Known(
        "silu", beta == 1, [beta], z => z * PortableMath.Sigmoid(beta * z), z => SlopeOfSilu(beta * z), BendsOfSilu(beta));

    /// <summary>alpha z + beta, limited to 0..1.</summary>
    /// <param name="alpha">Not 0: 1/6 in PyTorch and Keras 3, 0.2 in ONNX and Keras 2.</param>
    /// <param name="beta">Finite; usually 1/2.</param>
    public static Tabulated HardSigmoid(double alpha = 1.0 / 6, double beta = 0.5)
    {
        double low = Math.Min(-beta / alpha, (1 - beta) / alpha);
        double high = Math.Max(-beta / alpha, (1 - beta) / alpha);
        return Known(
            "hard_sigmoid", alpha == 1.0 / 6 && beta == 0.5, [alpha, beta],
            z => Math.Clamp((alpha * z) + beta, 0, 1),
            z => z > low && z < high ? alpha : 0,
            low,
            high);
    }

    /// <summary>The activation of a name, as JSON files and importers have it.</summary>
    /// <param name="name">One of <see cref="Names"/>, or "swish", which is "silu".</param>
    /// <param name="alpha">A parameter; null for the usual one.</param>
    /// <param name="beta">Another.</param>
    /// <returns>Null when there is none of that name, or it does not have such a parameter or not with this value.</returns>
    public static Tabulated? Find(string? name, double? alpha = null, double? beta = null)
    {
        string wanted = name == "swish" ? "silu" : name ?? "";
        int at = Array.FindIndex(Makers, maker => maker.Name == wanted);
        return at >= 0 && Takes(Makers[at].Parameters, "alpha", alpha) && Takes(Makers[at].Parameters, "beta", beta) && AreRight(wanted, alpha, beta)
            ? Makers[at].Make(alpha, beta)
            : null;
    }

    /// <summary>The parameters of a name, for a sentence: "alpha, beta", or empty where it has none.</summary>
    /// <param name="name">One of <see cref="Names"/>, or "swish".</param>
    public static string ParametersOf(string name) => Array.Find(Makers, maker => maker.Name == (name == "swish" ? "silu" : name)).Parameters ?? "";

    private static bool Takes(string parameters, string parameter, double? value) =>
        value is null || (double.IsFinite(value.Value) && parameters.Contains(parameter, StringComparison.Ordinal));

    private static bool AreRight(string name, double? alpha, double? beta) => name switch
    {
        "celu" => alpha is null or > 0,
        "hard_sigmoid" => alpha is null || (double.IsFinite((beta ?? 0.5) / alpha.Value) && double.IsFinite((1 - (beta ?? 0.5)) / alpha.Value)),
        _ => true,
    };

    private static Tabulated Known(string kind, Func<double, double> function, Func<double, double> derivative, params double[] bends) =>
        Known(kind, true, [], function, derivative, bends);

    private static Tabulated Known(
        string kind, bool usual, double[] parameters, Func<double, double> function, Func<double, double> derivative, params double[] bends) => new(
        usual ? kind : $"{kind}({string.Join(", ", parameters.Select(p => p.ToString("g6", CultureInfo.InvariantCulture)))})",
        kind,
        parameters,
        function,
        derivative,
        bends);

    private static double Normal(double z) => 0.5 * (1 + PortableMath.Erf(z * SqrtHalf));

    private static double Density(double z) => InverseSqrtTwoPi * PortableMath.Exp(-0.5 * z * z);

    private static double SoftplusOf(double z) => Math.Max(z, 0) + PortableMath.Log(1 + PortableMath.Exp(-Math.Abs(z)));

    // Beyond 20 the tanh is 1 to the last bit; z^3 would overflow some day.
    private static double ApproximateGelu(double z) => Math.Abs(z) > 20 ? Math.Max(z, 0) : 0.5 * z * (1 + PortableMath.Tanh(ArgumentOfGelu(z)));

    private static double SlopeOfApproximateGelu(double z)
    {
        if (Math.Abs(z) > 20)
        {
            return z > 0 ? 1 : 0;
        }

        double t = PortableMath.Tanh(ArgumentOfGelu(z));
        return 0.5 * (1 + t + (z * (1 - (t * t)) * SqrtTwoOverPi * (1 + (3 * 0.044715 * z * z))));
    }

    private static double ArgumentOfGelu(double z) => SqrtTwoOverPi * (z + (0.044715 * z * z * z));

    private static double SlopeOfSilu(double z)
    {
        double sigmoid = PortableMath.Sigmoid(z);
        return sigmoid * (1 + (z * PortableMath.Sigmoid(-z)));
    }

    private static double[] BendsOfSilu(double beta) => beta == 0 ? [] : [-BendOfSilu / Math.Abs(beta), BendOfSilu / Math.Abs(beta)];

    private static double SlopeOfMish(double z)
    {
        double t = PortableMath.Tanh(SoftplusOf(z));
        return t + (z * (1 - (t * t)) * PortableMath.Sigmoid(z));
    }
}
