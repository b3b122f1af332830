namespace NeuralEdge.Learning.Import.Functions;

/// <summary>Activations by the names that people know, as expressions of the pre-activation x.</summary>
internal static class ActivationLibrary
{
    private const double SeluScale = 1.0507009873554805;
    private const double SeluAlpha = 1.6732632423543772;
    private const double RootHalf = 0.7071067811865476;
    private const double RootTwoOverPi = 0.7978845608028654;

    /// <summary>How near an expression must come to a known function everywhere to bear its name.</summary>
    private const double Nearness = 2e-6;

    private static readonly double[] FarAway = [-2000, -200, 200, 2000];

    // How the argument may be written: of 0.5 x, or of x / sqrt 2.
    private static readonly double[] Stretches = [1, 2, 1.4142135623730951, -1];

    private static readonly (string Name, Scalar Function)[] Known =
    [
        ("elu", Elu(X, 1)),
        ("selu", Selu(X, SeluAlpha, SeluScale)),
        ("gelu", Gelu(X)),
        ("gelu_tanh", GeluTanh(X)),
        ("quick_gelu", Product(X, Scalar.Apply(UnaryFunction.Sigmoid, Times(X, 1.702)))),
        ("silu", Silu(X)),
        ("hard_sigmoid", HardSigmoid(X, 1 / 6.0, 0.5)),
        ("hard_swish", HardSwish(X)),
        ("softplus", Scalar.Apply(UnaryFunction.Softplus, X)),
        ("softsign", Softsign(X)),
        ("mish", Mish(X)),
        ("erf", Scalar.Apply(UnaryFunction.Erf, X)),
        ("exp", Scalar.Apply(UnaryFunction.Exp, X)),
        ("square", Product(X, X)),
        ("abs", Scalar.Apply(UnaryFunction.Abs, X)),
    ];

    private static Scalar X => Scalar.Variable;

    /// <summary>max(0, x).</summary>
    internal static Scalar Relu(Scalar x) => Scalar.Combine(BinaryFunction.Max, x, Scalar.Number(0));

    /// <summary>x, or slope * x below 0.</summary>
    internal static Scalar LeakyRelu(Scalar x, double slope) =>
        Sum(Relu(x), Times(Scalar.Combine(BinaryFunction.Min, x, Scalar.Number(0)), slope));

    /// <summary>max(low, min(high, x)); an end that is null is open.</summary>
    internal static Scalar Clip(Scalar x, double? low, double? high)
    {
        Scalar below = high is double top ? Scalar.Combine(BinaryFunction.Min, x, Scalar.Number(top)) : x;
        return low is double bottom ? Scalar.Combine(BinaryFunction.Max, below, Scalar.Number(bottom)) : below;
    }

    /// <summary>x, or alpha * (e^x - 1) below 0.</summary>
    internal static Scalar Elu(Scalar x, double alpha) => Sum(Relu(x), Times(MinusOne(Exp(Negative(x))), alpha));

    /// <summary>scale times an ELU.</summary>
    internal static Scalar Selu(Scalar x, double alpha, double scale) => Times(Elu(x, alpha), scale);

    /// <summary>x, or alpha * (e^(x / alpha) - 1) below 0.</summary>
    internal static Scalar Celu(Scalar x, double alpha) => Sum(Relu(x), Times(MinusOne(Exp(Times(Negative(x), 1 / alpha))), alpha));

    /// <summary>x times the normal distribution's integral up to x.</summary>
    internal static Scalar Gelu(Scalar x) => Times(Product(x, Sum(Scalar.Apply(UnaryFunction.Erf, Times(x, RootHalf)), Scalar.Number(1))), 0.5);

    /// <summary>GELU by tanh, as many exporters write it.</summary>
    internal static Scalar GeluTanh(Scalar x)
    {
        Scalar cube = Product(x, Product(x, x));
        Scalar tanh = Scalar.Apply(UnaryFunction.Tanh, Times(Sum(x, Times(cube, 0.044715)), RootTwoOverPi));
        return Times(Product(x, Sum(tanh, Scalar.Number(1))), 0.5);
    }

    /// <summary>x * sigmoid(x), also called swish.</summary>
    internal static Scalar Silu(Scalar x) => Product(x, Scalar.Apply(UnaryFunction.Sigmoid, x));

    /// <summary>alpha * x + beta, between 0 and 1.</summary>
    internal static Scalar HardSigmoid(Scalar x, double alpha, double beta) => Clip(Sum(Times(x, alpha), Scalar.Number(beta)), 0, 1);

    /// <summary>x * hard sigmoid (x) of slope 1/6.</summary>
    internal static Scalar HardSwish(Scalar x) => Product(x, HardSigmoid(x, 1 / 6.0, 0.5));

    /// <summary>x / (1 + |x|).</summary>
    internal static Scalar Softsign(Scalar x) =>
        Scalar.Combine(BinaryFunction.Divide, x, Sum(Scalar.Apply(UnaryFunction.Abs, x), Scalar.Number(1)));

    /// <summary>x * tanh(softplus(x)).</summary>
    internal static Scalar Mish(Scalar x) => Product(x, Scalar.Apply(UnaryFunction.Tanh, Scalar.Apply(UnaryFunction.Softplus, x)));

    /// <summary>x nearer to 0 by lambda, 0 where it is nearer than that, plus or minus a bias elsewhere: without jump when they are equal.</summary>
    internal static Scalar SoftShrink(Scalar x, double lambda) =>
        Sum(Relu(Sum(x, Scalar.Number(-lambda))), Scalar.Combine(BinaryFunction.Min, Sum(x, Scalar.Number(lambda)), Scalar.Number(0)));

    /// <summary>The name of a function, "custom" when it has none here; and how it follows from the function of that name.</summary>
    internal static NamedFunction Name(Scalar function)
    {
        foreach (double stretch in Stretches)
        {
            Scalar stretched = function.Of(Times(X, 1 / stretch));
            foreach ((string name, Scalar known) in Known)
            {
                double factor = (stretched.At(2.5) - stretched.At(-1)) / (known.At(2.5) - known.At(-1));
                double offset = stretched.At(2.5) - (factor * known.At(2.5));
                if (double.IsFinite(factor) && double.IsFinite(offset) && factor != 0 && IsNear(stretched, known, factor, offset))
                {
                    // What was written is what is meant, except where it overflows and the known form does not.
                    Scalar written = Times(Sum(stretched, Scalar.Number(-offset)), 1 / factor);
                    return new NamedFunction(name, Array.TrueForAll(FarAway, x => double.IsFinite(written.At(x))) ? written : known, stretch, factor, offset);
                }
            }
        }

        return new NamedFunction("custom", function, 1, 1, 0);
    }

    private static bool IsNear(Scalar function, Scalar known, double factor, double offset)
    {
        for (double x = -9.25; x < 9.5; x += 0.5)
        {
            double expected = (factor * known.At(x)) + offset;
            if (!(Math.Abs(function.At(x) - expected) <= Nearness * Math.Max(Math.Abs(factor), Math.Abs(expected))))
            {
                return false;
            }
        }

        return true;
    }

    private static Scalar Negative(Scalar x) => Scalar.Combine(BinaryFunction.Min, x, Scalar.Number(0));

    private static Scalar Exp(Scalar x) => Scalar.Apply(UnaryFunction.Exp, x);

    private static Scalar MinusOne(Scalar x) => Scalar.Combine(BinaryFunction.Subtract, x, Scalar.Number(1));

    private static Scalar Sum(Scalar a, Scalar b) => Scalar.Combine(BinaryFunction.Add, a, b);

    private static Scalar Product(Scalar a, Scalar b) => Scalar.Combine(BinaryFunction.Multiply, a, b);

    private static Scalar Times(Scalar x, double factor) => Product(x, Scalar.Number(factor));
}
