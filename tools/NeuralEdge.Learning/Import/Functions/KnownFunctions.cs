using NeuralEdge.Conversion.Activations;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Functions;

/// <summary>
/// Names of functions, whichever way they are written: what is computed decides. Most parameters are a stretch of the argument
/// and a factor of the result, which belong to the weights around the layer; the alpha of an ELU is none of these.
/// </summary>
internal static class KnownFunctions
{
    /// <summary>What it costs to find no name, in steps of the budget of a file.</summary>
    internal const long Steps = 1 << 16;

    /// <summary>How near an expression must come to a known function everywhere to bear its name.</summary>
    private const double Nearness = 2e-6;

    /// <summary>How much steeper or flatter a function may be written, and how often the interval of it is halved.</summary>
    private const double LargestStretch = 64;

    private const int Halvings = 60;

    /// <summary>A SiLU of a steepness that has a name.</summary>
    private const string QuickGelu = "quick_gelu";

    // Where something else may begin: a clip far out, for instance.
    private static readonly double[] FarAway = [12, 20, 35, 60, 100, 1e3, 1e4, 1e6, 1e9];

    // How the argument is usually written: of 0.5 x, or of x / sqrt 2.
    private static readonly double[] UsualStretches = [1, 2, 1.4142135623730951, -1];

    // Without an activation: what parts of activations are, before they are put together.
    private static readonly (string Name, Scalar Function, ActivationFunction? Activation)[] Known =
    [
        ("tanh", Of(UnaryFunction.Tanh), ActivationFunction.Named("tanh")),
        ("sigmoid", Of(UnaryFunction.Sigmoid), ActivationFunction.Named("sigmoid")),
        ByTable("elu", ActivationLibrary.Elu(X, 1)),
        ByTable("selu", ActivationLibrary.Selu(X, TabulatedFunctions.DefaultSeluAlpha, TabulatedFunctions.DefaultSeluGamma)),
        ByTable("gelu", ActivationLibrary.Gelu(X)),
        ByTable("gelu_tanh", ActivationLibrary.GeluTanh(X)),
        (QuickGelu, ActivationLibrary.Swish(X, 1.702), TabulatedFunctions.Find("silu", beta: 1.702)),
        ByTable("silu", ActivationLibrary.Swish(X, 1)),
        ByTable("hard_swish", ActivationLibrary.HardSwish(X)),
        ByTable("softplus", Of(UnaryFunction.Softplus)),
        ByTable("softsign", ActivationLibrary.Softsign(X)),
        ByTable("mish", ActivationLibrary.Mish(X)),
        ByTable("erf", Of(UnaryFunction.Erf)),
        ("exp", Of(UnaryFunction.Exp), null),
        ("square", Scalar.Combine(BinaryFunction.Multiply, X, X), null),
    ];

    private static Scalar X => Scalar.Variable;

    /// <summary>The name of a function, "custom" when it has none here; and how it follows from the function of that name.</summary>
    internal static NamedFunction Name(Scalar function)
    {
        foreach (double stretch in UsualStretches)
        {
            foreach ((string name, Scalar known, ActivationFunction? activation) in Known)
            {
                if (TryName(function, name, known, activation, stretch) is NamedFunction named)
                {
                    return named;
                }
            }
        }

        foreach (double sign in new[] { 1.0, -1 })
        {
            double At(double x) => function.At(sign * x);
            foreach ((string name, Scalar known, ActivationFunction? activation) in Known)
            {
                if (name != QuickGelu && StretchOf(At, known) is double stretch && TryName(function, name, known, activation, sign * stretch) is NamedFunction named)
                {
                    return named;
                }
            }

            if (EluOf(At) is (double alpha, double ofElu)
                && TabulatedFunctions.Find("elu", alpha) is Tabulated elu
                && TryName(function, elu.Name, ActivationLibrary.Elu(X, alpha), elu, sign * ofElu) is NamedFunction found)
            {
                return found;
            }
        }

        return new NamedFunction("custom", function, null, 1, 1, 0);
    }

    // f(x) = factor * known(stretch * x) + offset, with the factor and the offset that two places ask for.
    private static NamedFunction? TryName(Scalar function, string name, Scalar known, ActivationFunction? activation, double stretch)
    {
        double At(double x) => function.At(x / stretch);
        double factor = (At(2.5) - At(-1)) / (known.At(2.5) - known.At(-1));
        double offset = At(2.5) - (factor * known.At(2.5));
        offset = Math.Abs(offset) <= 1e-9 * Math.Abs(factor) ? 0 : offset;
        if (!double.IsFinite(factor) || !double.IsFinite(offset) || factor == 0)
        {
            return null;
        }

        for (double x = -9.25; x < 9.5; x += 0.5)
        {
            if (!IsNear(x, mayOverflow: false))
            {
                return null;
            }
        }

        return Array.TrueForAll(FarAway, x => IsNear(x, mayOverflow: true) && IsNear(-x, mayOverflow: true))
            ? new NamedFunction(name, known, activation, stretch, factor, offset)
            : null;

        bool IsNear(double x, bool mayOverflow)
        {
            double written = At(x);
            double expected = (factor * known.At(x)) + offset;
            return (mayOverflow && !double.IsFinite(written)) || Math.Abs(written - expected) <= Nearness * Math.Max(Math.Abs(factor), Math.Abs(expected));
        }
    }

    // From a ratio of differences, in which neither factor nor offset is, and which rises or falls with the stretch.
    private static double? StretchOf(Func<double, double> function, Scalar known)
    {
        bool isOdd = known.At(1) == -known.At(-1);
        double Ratio(Func<double, double> f, double s) => isOdd
            ? (f(s) - f(-s)) / (f(2 * s) - f(-2 * s))
            : (f(s) - f(0)) / (f(s) - f(-s));

        double wanted = Ratio(function, 1);
        double low = 1 / LargestStretch;
        double high = LargestStretch;
        double atLow = Ratio(known.At, low) - wanted;
        double atHigh = Ratio(known.At, high) - wanted;
        if (!(atLow * atHigh < 0))
        {
            return null;
        }

        for (int k = 0; k < Halvings; k++)
        {
            double middle = Math.Sqrt(low * high);
            double difference = Ratio(known.At, middle) - wanted;
            (low, high) = (difference < 0) == (atLow < 0) ? (middle, high) : (low, middle);
        }

        return NormalForm.Snap(low);
    }

    // c (max(0, s x) + alpha (e^min(0, s x) - 1)): s from how fast it levels off to the left, c from the slope to the right.
    private static (double Alpha, double Stretch)? EluOf(Func<double, double> function)
    {
        double left = function(-1) - function(0);
        double stretch = -Math.Log((function(-2) - function(-1)) / left);
        double factor = (function(2) - function(1)) / stretch;
        double alpha = left / (factor * (Math.Exp(-stretch) - 1));
        return double.IsFinite(alpha) && stretch > 0 ? (NormalForm.Snap(alpha), NormalForm.Snap(stretch)) : null;
    }

    private static Scalar Of(UnaryFunction function) => Scalar.Apply(function, X);

    private static (string Name, Scalar Function, ActivationFunction? Activation) ByTable(string name, Scalar function) =>
        (name, function, TabulatedFunctions.Find(name));
}
