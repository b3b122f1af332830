using System.Globalization;

namespace NeuralEdge.Learning.Import.Functions;

/// <summary>
/// An expression as Outer * function(Inner * u + InnerOffset) + OuterOffset: what surrounds the function belongs to the
/// weights of the layers around it, so that neurons with other scales have the same function.
/// </summary>
internal sealed record NormalForm(Scalar Function, double Inner, double InnerOffset, double Outer, double OuterOffset)
{
    /// <summary>The form of an expression in which the variable is.</summary>
    internal static NormalForm Of(Scalar expression)
    {
        LinearTerms sum = LinearTerms.Of(expression);
        (Scalar Term, double Factor)[] terms = [.. sum.Terms];
        double outer = terms.Length == 0 ? 1 : terms[0].Factor;
        Scalar function = Scalar.Number(0);
        foreach ((Scalar term, double factor) in terms)
        {
            function = Scalar.Combine(BinaryFunction.Add, function, Times(term, Snap(factor / outer)));
        }

        (double Factor, double Offset)[] arguments = [.. Arguments(function)];
        int plain = Array.FindIndex(arguments, a => a.Offset == 0);
        (double inner, double innerOffset) = arguments.Length == 0 ? (1, 0) : arguments[Math.Max(0, plain)];
        if (inner != 1 || innerOffset != 0)
        {
            function = WithArgument(function, inner, innerOffset);
        }

        return new NormalForm(function, inner, innerOffset, outer, sum.Offset);
    }

    /// <summary>A number without its last digits, in which rounding makes equal numbers differ.</summary>
    internal static double Snap(double value)
    {
        double snapped = double.Parse(value.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return double.IsFinite(snapped) ? snapped : value;
    }

    private static Scalar Times(Scalar x, double factor) => Scalar.Combine(BinaryFunction.Multiply, x, Scalar.Number(factor));

    // The parts p * u + q of the expression that are in no larger such part.
    private static IEnumerable<(double Factor, double Offset)> Arguments(Scalar expression)
    {
        if (!expression.Varies)
        {
            return [];
        }

        return LinearTerms.Affine(expression) is (double factor and not 0, double offset) ? [(factor, offset)] : expression switch
        {
            AppliedScalar applied => Arguments(applied.X),
            CombinedScalar combined => [.. Arguments(combined.A), .. Arguments(combined.B)],
            ChosenScalar chosen => [.. Arguments(chosen.Condition), .. Arguments(chosen.Then), .. Arguments(chosen.Otherwise)],
            _ => [],
        };
    }

    // The expression of w = p * u + q.
    private static Scalar WithArgument(Scalar expression, double p, double q)
    {
        if (!expression.Varies)
        {
            return expression;
        }

        if (LinearTerms.Affine(expression) is (double factor and not 0, double offset))
        {
            double constant = offset - (factor * q / p);
            constant = Math.Abs(constant) <= 1e-12 * (Math.Abs(offset) + Math.Abs(factor * q / p)) ? 0 : constant;
            return Scalar.Combine(BinaryFunction.Add, Times(Scalar.Variable, Snap(factor / p)), Scalar.Number(Snap(constant)));
        }

        return expression switch
        {
            AppliedScalar applied => Scalar.Apply(applied.Function, WithArgument(applied.X, p, q)),
            CombinedScalar combined => Scalar.Combine(combined.Function, WithArgument(combined.A, p, q), WithArgument(combined.B, p, q)),
            ChosenScalar chosen => Scalar.Choose(WithArgument(chosen.Condition, p, q), WithArgument(chosen.Then, p, q), WithArgument(chosen.Otherwise, p, q)),
            _ => expression,
        };
    }
}
