namespace NeuralEdge.Learning.Import.Functions;

/// <summary>
/// A real function of one real variable, as an expression: what a foreign graph does to each number of a tensor by itself.
/// Two are equal when they are written alike.
/// </summary>
internal abstract record Scalar
{
    /// <summary>The largest expression that is kept; every activation that exporters spell out is far smaller.</summary>
    internal const int Largest = 96;

    /// <summary>The variable itself.</summary>
    internal static readonly Scalar Variable = new VariableScalar();

    /// <summary>How many nodes it has, written out as a tree.</summary>
    internal abstract int Size { get; }

    /// <summary>True when the variable is in it.</summary>
    internal abstract bool Varies { get; }

    /// <summary>Its value.</summary>
    /// <param name="u">The variable.</param>
    internal abstract double At(double u);

    /// <summary>The same expression of another variable, which is an expression itself.</summary>
    /// <param name="inner">What the variable becomes.</param>
    internal abstract Scalar Of(Scalar inner);

    /// <summary>A number.</summary>
    internal static Scalar Number(double value) => new NumberScalar(value);

    /// <summary>An expression of one operand.</summary>
    internal static Scalar Apply(UnaryFunction function, Scalar x) =>
        x.Varies ? new AppliedScalar(function, x) : Number(UnaryFunctions.Evaluate(function, x.At(0)));

    /// <summary>An expression of two operands; numbers are computed, and 0 and 1 left out where they do nothing.</summary>
    internal static Scalar Combine(BinaryFunction function, Scalar a, Scalar b)
    {
        if (!a.Varies && !b.Varies)
        {
            return Number(BinaryFunctions.Evaluate(function, a.At(0), b.At(0)));
        }

        return (function, a, b) switch
        {
            (BinaryFunction.Add, NumberScalar { Value: 0 }, _) => b,
            (BinaryFunction.Add or BinaryFunction.Subtract, _, NumberScalar { Value: 0 }) => a,
            (BinaryFunction.Multiply, NumberScalar { Value: 1 }, _) => b,
            (BinaryFunction.Multiply or BinaryFunction.Divide, _, NumberScalar { Value: 1 }) => a,
            _ => new CombinedScalar(function, a, b),
        };
    }

    /// <summary>One of two expressions, chosen by a third: where it is not 0, the first.</summary>
    internal static Scalar Choose(Scalar condition, Scalar then, Scalar otherwise) =>
        condition is AppliedScalar { Function: UnaryFunction.Not } not ? Choose(not.X, otherwise, then)
        : condition.Varies ? new ChosenScalar(condition, then, otherwise) : condition.At(0) != 0 ? then : otherwise;
}

/// <summary>The variable.</summary>
internal sealed record VariableScalar : Scalar
{
    internal override int Size => 1;

    internal override bool Varies => true;

    internal override double At(double u) => u;

    internal override Scalar Of(Scalar inner) => inner;
}

/// <summary>A number.</summary>
/// <param name="Value">Which.</param>
internal sealed record NumberScalar(double Value) : Scalar
{
    internal override int Size => 1;

    internal override bool Varies => false;

    internal override double At(double u) => Value;

    internal override Scalar Of(Scalar inner) => this;
}

/// <summary>A function of one operand.</summary>
/// <param name="Function">Which.</param>
/// <param name="X">The operand.</param>
internal sealed record AppliedScalar(UnaryFunction Function, Scalar X) : Scalar
{
    internal override int Size { get; } = X.Size + 1;

    internal override bool Varies => true;

    internal override double At(double u) => UnaryFunctions.Evaluate(Function, X.At(u));

    internal override Scalar Of(Scalar inner) => Apply(Function, X.Of(inner));
}

/// <summary>A function of two operands.</summary>
/// <param name="Function">Which.</param>
/// <param name="A">The first.</param>
/// <param name="B">The second.</param>
internal sealed record CombinedScalar(BinaryFunction Function, Scalar A, Scalar B) : Scalar
{
    internal override int Size { get; } = A.Size + B.Size + 1;

    internal override bool Varies => true;

    internal override double At(double u) => BinaryFunctions.Evaluate(Function, A.At(u), B.At(u));

    internal override Scalar Of(Scalar inner) => Combine(Function, A.Of(inner), B.Of(inner));
}

/// <summary>One of two expressions, chosen by a third.</summary>
/// <param name="Condition">Not 0 where the first holds.</param>
/// <param name="Then">The first.</param>
/// <param name="Otherwise">The second.</param>
internal sealed record ChosenScalar(Scalar Condition, Scalar Then, Scalar Otherwise) : Scalar
{
    internal override int Size { get; } = Condition.Size + Then.Size + Otherwise.Size + 1;

    internal override bool Varies => true;

    internal override double At(double u) => Condition.At(u) != 0 ? Then.At(u) : Otherwise.At(u);

    internal override Scalar Of(Scalar inner) => Choose(Condition.Of(inner), Then.Of(inner), Otherwise.Of(inner));
}
