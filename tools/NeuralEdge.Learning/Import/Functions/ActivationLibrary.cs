namespace NeuralEdge.Learning.Import.Functions;

/// <summary>Activations by the names that people know, as expressions of the pre-activation x.</summary>
internal static class ActivationLibrary
{
    private const double RootHalf = 0.7071067811865476;
    private const double RootTwoOverPi = 0.7978845608028654;

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

    /// <summary>x * sigmoid(beta x), also called SiLU where beta is 1.</summary>
    internal static Scalar Swish(Scalar x, double beta) => Product(x, Scalar.Apply(UnaryFunction.Sigmoid, Times(x, beta)));

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

    private static Scalar Negative(Scalar x) => Scalar.Combine(BinaryFunction.Min, x, Scalar.Number(0));

    private static Scalar Exp(Scalar x) => Scalar.Apply(UnaryFunction.Exp, x);

    private static Scalar MinusOne(Scalar x) => Scalar.Combine(BinaryFunction.Subtract, x, Scalar.Number(1));

    private static Scalar Sum(Scalar a, Scalar b) => Scalar.Combine(BinaryFunction.Add, a, b);

    private static Scalar Product(Scalar a, Scalar b) => Scalar.Combine(BinaryFunction.Multiply, a, b);

    private static Scalar Times(Scalar x, double factor) => Product(x, Scalar.Number(factor));
}
