namespace NeuralEdge.Learning.Import.Functions;

/// <summary>
/// An expression as a sum: Offset + sum of Factor * Term, with terms that are no sums themselves. Terms that are written
/// alike are one, so that the same function is found again whatever it is multiplied with.
/// </summary>
internal sealed class LinearTerms
{
    private readonly List<Scalar> _terms = [];
    private readonly List<double> _factors = [];

    internal double Offset { get; private set; }

    /// <summary>The terms with a factor that is not 0.</summary>
    internal IEnumerable<(Scalar Term, double Factor)> Terms => _terms.Zip(_factors).Where(t => t.Second != 0);

    internal static LinearTerms Of(Scalar expression)
    {
        LinearTerms sum = new();
        sum.Add(expression, 1);
        return sum;
    }

    /// <summary>The expression as p * variable + q; null when it is none such.</summary>
    internal static (double Factor, double Offset)? Affine(Scalar expression)
    {
        LinearTerms sum = Of(expression);
        (Scalar Term, double Factor)[] terms = [.. sum.Terms];
        return terms switch
        {
            [] => (0, sum.Offset),
            [(VariableScalar, double factor)] => (factor, sum.Offset),
            _ => null,
        };
    }

    private void Add(Scalar expression, double factor)
    {
        switch (expression)
        {
            case NumberScalar number:
                Offset += factor * number.Value;
                break;
            case CombinedScalar { Function: BinaryFunction.Add } sum:
                Add(sum.A, factor);
                Add(sum.B, factor);
                break;
            case CombinedScalar { Function: BinaryFunction.Subtract } difference:
                Add(difference.A, factor);
                Add(difference.B, -factor);
                break;
            case CombinedScalar { Function: BinaryFunction.Multiply, A: NumberScalar number } product:
                Add(product.B, factor * number.Value);
                break;
            case CombinedScalar { Function: BinaryFunction.Multiply, B: NumberScalar number } product:
                Add(product.A, factor * number.Value);
                break;
            case CombinedScalar { Function: BinaryFunction.Divide, B: NumberScalar number } quotient:
                Add(quotient.A, factor / number.Value);
                break;
            case CombinedScalar { Function: BinaryFunction.Multiply } product when FactorOf(product) is (Scalar, double) inner:
                AddTerm(inner.Term, factor * inner.Factor);
                break;
            default:
                AddTerm(expression, factor);
                break;
        }
    }

    // (c x) * y is c (x * y): where a constant stands in a product does not matter.
    private static (Scalar Term, double Factor)? FactorOf(CombinedScalar product)
    {
        (Scalar a, double ofA) = Split(product.A);
        (Scalar b, double ofB) = Split(product.B);
        double factor = ofA * ofB;
        return factor != 1 && factor != 0 && double.IsFinite(factor) ? (Scalar.Combine(BinaryFunction.Multiply, a, b), factor) : null;
    }

    private static (Scalar Term, double Factor) Split(Scalar x)
    {
        LinearTerms sum = x is CombinedScalar { Function: BinaryFunction.Multiply or BinaryFunction.Divide } ? Of(x) : new LinearTerms();
        (Scalar Term, double Factor)[] terms = [.. sum.Terms];
        return terms.Length == 1 && sum.Offset == 0 ? terms[0] : (x, 1);
    }

    private void AddTerm(Scalar term, double factor)
    {
        int at = _terms.IndexOf(term);
        if (at < 0)
        {
            _terms.Add(term);
            _factors.Add(factor);
        }
        else
        {
            _factors[at] += factor;
        }
    }
}
