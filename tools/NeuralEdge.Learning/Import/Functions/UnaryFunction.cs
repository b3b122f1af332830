using NeuralEdge.Conversion.Activations;

namespace NeuralEdge.Learning.Import.Functions;

/// <summary>Functions of one number that graphs are written with.</summary>
internal enum UnaryFunction
{
    /// <summary>|x|.</summary>
    Abs,

    /// <summary>e to the x.</summary>
    Exp,

    /// <summary>The natural logarithm.</summary>
    Log,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>The logistic function.</summary>
    Sigmoid,

    /// <summary>The error function.</summary>
    Erf,

    /// <summary>log(1 + e to the x).</summary>
    Softplus,

    /// <summary>The square root.</summary>
    Sqrt,

    /// <summary>1 where the operand is 0, else 0.</summary>
    Not,
}

/// <summary>Values of <see cref="UnaryFunction"/>.</summary>
internal static class UnaryFunctions
{
    internal static double Evaluate(UnaryFunction function, double x) => function switch
    {
        UnaryFunction.Abs => Math.Abs(x),
        UnaryFunction.Exp => PortableMath.Exp(x),
        UnaryFunction.Log => PortableMath.Log(x),
        UnaryFunction.Tanh => PortableMath.Tanh(x),
        UnaryFunction.Sigmoid => PortableMath.Sigmoid(x),
        UnaryFunction.Erf => ErrorFunction.Evaluate(x),

        // max(x, 0) + log(1 + e^-|x|), which cannot overflow.
        UnaryFunction.Softplus => Math.Max(x, 0) + PortableMath.Log(1 + PortableMath.Exp(-Math.Abs(x))),
        UnaryFunction.Sqrt => Math.Sqrt(x),
        _ => x == 0 ? 1 : 0,
    };
}
