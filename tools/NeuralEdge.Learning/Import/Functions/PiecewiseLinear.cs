namespace NeuralEdge.Learning.Import.Functions;

/// <summary>
/// A function of straight pieces without jumps: rectifiers of all kinds, clips, absolute values. Such a function is a sum
/// of ReLUs, exactly.
/// </summary>
/// <param name="knots">Where the slope changes, rising.</param>
/// <param name="slopes">One more than there are knots.</param>
/// <param name="anchor">Its value at the first knot; at 0 when there is none.</param>
internal sealed class PiecewiseLinear(double[] knots, double[] slopes, double anchor)
{
    /// <summary>Knots nearer to each other than this, for their size, are one.</summary>
    private const double Nearness = 1e-12;

    /// <summary>A jump smaller than this, for the size of the value, is rounding.</summary>
    private const double SmallestJump = 1e-9;

    private const int MostKnots = 8;

    internal double[] Knots { get; } = knots;

    internal double[] Slopes { get; } = slopes;

    /// <summary>Its value at the first knot; at 0 when there is none.</summary>
    internal double Anchor { get; } = anchor;

    /// <summary>True when it is straight everywhere.</summary>
    internal bool IsStraight => Knots.Length == 0;

    /// <summary>The straight pieces of an expression; null when it has others, jumps, or more than an activation has.</summary>
    internal static PiecewiseLinear? Of(Scalar expression) => expression switch
    {
        VariableScalar => new PiecewiseLinear([], [1], 0),
        NumberScalar number => double.IsFinite(number.Value) ? new PiecewiseLinear([], [0], number.Value) : null,
        AppliedScalar { Function: UnaryFunction.Abs } abs => Of(abs.X) is { } x ? Join(x, x.Times(-1), BinaryFunction.Max) : null,
        CombinedScalar combined => OfCombined(combined),
        ChosenScalar { Condition: CombinedScalar condition } chosen => OfChosen(chosen, condition),
        _ => null,
    };

    /// <summary>Its value.</summary>
    internal double At(double u)
    {
        (double slope, double offset) = LineAt(u);
        return offset + (slope * u);
    }

    private static PiecewiseLinear? OfCombined(CombinedScalar c)
    {
        if (c.Function == BinaryFunction.Multiply && (IsCondition(c.A) || IsCondition(c.B)))
        {
            // x * (x > 0): the condition is 1 or 0.
            (Scalar condition, Scalar x) = IsCondition(c.A) ? (c.A, c.B) : (c.B, c.A);
            return Of(Scalar.Choose(condition, x, Scalar.Number(0)));
        }

        if (Of(c.A) is not { } a || Of(c.B) is not { } b)
        {
            return null;
        }

        return c.Function switch
        {
            BinaryFunction.Multiply when b is { IsStraight: true, Slopes: [0] } => a.Times(b.Anchor),
            BinaryFunction.Multiply when a is { IsStraight: true, Slopes: [0] } => b.Times(a.Anchor),
            BinaryFunction.Divide when b is { IsStraight: true, Slopes: [0], Anchor: not 0 } => a.Times(1 / b.Anchor),
            BinaryFunction.Add or BinaryFunction.Subtract or BinaryFunction.Max or BinaryFunction.Min => Join(a, b, c.Function),
            _ => null,
        };
    }

    private static bool IsCondition(Scalar x) => x is CombinedScalar
    {
        Function: BinaryFunction.Greater or BinaryFunction.GreaterOrEqual or BinaryFunction.Less or BinaryFunction.LessOrEqual,
    };

    private static PiecewiseLinear? OfChosen(ChosenScalar chosen, CombinedScalar condition)
    {
        if (!IsCondition(condition) || Of(condition.A) is not { } a || Of(condition.B) is not { } b || Join(a, b, BinaryFunction.Subtract) is not { } difference
            || Of(chosen.Then) is not { } then || Of(chosen.Otherwise) is not { } otherwise)
        {
            return null;
        }

        bool whenAbove = condition.Function is BinaryFunction.Greater or BinaryFunction.GreaterOrEqual;
        return Build(
            [.. then.Knots, .. otherwise.Knots, .. difference.Knots, .. difference.Roots()],
            u => (difference.At(u) > 0 == whenAbove ? then : otherwise).LineAt(u));
    }

    // The pieces of a combination end where those of either operand do, or where the operands cross.
    private static PiecewiseLinear? Join(PiecewiseLinear a, PiecewiseLinear b, BinaryFunction function)
    {
        double[] knots = [.. a.Knots, .. b.Knots];
        switch (function)
        {
            case BinaryFunction.Add:
            case BinaryFunction.Subtract:
                double sign = function == BinaryFunction.Add ? 1 : -1;
                return Build(knots, u => (a.LineAt(u).Slope + (sign * b.LineAt(u).Slope), a.LineAt(u).Offset + (sign * b.LineAt(u).Offset)));
            default:
                bool larger = function == BinaryFunction.Max;
                return Join(a, b, BinaryFunction.Subtract) is { } difference
                    ? Build([.. knots, .. difference.Roots()], u => (difference.At(u) > 0 == larger ? a : b).LineAt(u))
                    : null;
        }
    }

    // The function that is, between each two of the knots, the line given for their middle; null when it jumps.
    private static PiecewiseLinear? Build(double[] knots, Func<double, (double Slope, double Offset)> lineAt)
    {
        if (!Array.TrueForAll(knots, double.IsFinite))
        {
            return null;
        }

        List<double> places = [];
        foreach (double knot in knots.Order())
        {
            if (places.Count == 0 || knot - places[^1] > Nearness * Math.Max(1, Math.Abs(knot)))
            {
                places.Add(knot);
            }
        }

        (double Slope, double Offset) line = lineAt(places.Count == 0 ? 0 : places[0] - Math.Max(1, Math.Abs(places[0])));
        List<double> kept = [];
        List<double> slopes = [line.Slope];
        double anchor = line.Offset;
        for (int k = 0; k < places.Count; k++)
        {
            double middle = k + 1 < places.Count ? (places[k] + places[k + 1]) / 2 : places[k] + Math.Max(1, Math.Abs(places[k]));
            (double Slope, double Offset) next = lineAt(middle);
            double value = line.Offset + (line.Slope * places[k]);
            if (Math.Abs(value - (next.Offset + (next.Slope * places[k]))) > SmallestJump * Math.Max(1, Math.Abs(value)))
            {
                return null;
            }

            if (next.Slope != line.Slope)
            {
                anchor = kept.Count == 0 ? value : anchor;
                kept.Add(places[k]);
                slopes.Add(next.Slope);
            }

            line = next;
        }

        return kept.Count <= MostKnots && double.IsFinite(anchor) && slopes.TrueForAll(double.IsFinite) ? new PiecewiseLinear([.. kept], [.. slopes], anchor) : null;
    }

    private (double Slope, double Offset) LineAt(double u)
    {
        if (IsStraight)
        {
            return (Slopes[0], Anchor);
        }

        int k = 0;
        double value = Anchor;
        while (k + 1 < Knots.Length && u > Knots[k + 1])
        {
            value += Slopes[k + 1] * (Knots[k + 1] - Knots[k]);
            k++;
        }

        double slope = u <= Knots[0] ? Slopes[0] : Slopes[k + 1];
        return (slope, value - (slope * Knots[k]));
    }

    private IEnumerable<double> Roots()
    {
        for (int k = 0; k <= Knots.Length; k++)
        {
            double from = IsStraight ? 0 : Knots[Math.Max(0, k - 1)];
            double root = from - (At(from) / Slopes[k]);
            if (Slopes[k] != 0 && (k == 0 || root >= Knots[k - 1]) && (k == Knots.Length || root <= Knots[k]))
            {
                yield return root;
            }
        }
    }

    private PiecewiseLinear Times(double factor) => new(Knots, Array.ConvertAll(Slopes, s => s * factor), Anchor * factor);
}
