namespace NeuralEdge.Learning.Import.Functions;

/// <summary>Functions of two numbers that graphs are written with; comparisons give 1 or 0.</summary>
internal enum BinaryFunction
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Subtract,

    /// <summary>a * b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,

    /// <summary>The larger.</summary>
    Max,

    /// <summary>The smaller.</summary>
    Min,

    /// <summary>a to the b.</summary>
    Power,

    /// <summary>a &gt; b.</summary>
    Greater,

    /// <summary>a &gt;= b.</summary>
    GreaterOrEqual,

    /// <summary>a &lt; b.</summary>
    Less,

    /// <summary>a &lt;= b.</summary>
    LessOrEqual,

    /// <summary>a = b.</summary>
    Equal,
}

/// <summary>Values of <see cref="BinaryFunction"/>.</summary>
internal static class BinaryFunctions
{
    internal static double Evaluate(BinaryFunction function, double a, double b) => function switch
    {
        BinaryFunction.Add => a + b,
        BinaryFunction.Subtract => a - b,
        BinaryFunction.Multiply => a * b,
        BinaryFunction.Divide => a / b,
        BinaryFunction.Max => Math.Max(a, b),
        BinaryFunction.Min => Math.Min(a, b),
        BinaryFunction.Power => Power(a, b),
        BinaryFunction.Greater => a > b ? 1 : 0,
        BinaryFunction.GreaterOrEqual => a >= b ? 1 : 0,
        BinaryFunction.Less => a < b ? 1 : 0,
        BinaryFunction.LessOrEqual => a <= b ? 1 : 0,
        _ => a == b ? 1 : 0,
    };

    // Small whole powers by multiplication, whose bits are the same on every machine.
    private static double Power(double a, double b) => b switch
    {
        0 => 1,
        1 => a,
        2 => a * a,
        3 => a * a * a,
        4 => a * a * (a * a),
        0.5 => Math.Sqrt(a),
        -1 => 1 / a,
        -0.5 => 1 / Math.Sqrt(a),
        _ => Math.Pow(a, b),
    };
}
