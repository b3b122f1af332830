using NeuralEdge.Learning.Import.Functions;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>
/// Integers of a quantised file as the real numbers that they stand for, integer = real / scale + zero point without the
/// rounding. What is beyond the integers' range is at its end, as in the file: a rectifier may be written that way.
/// </summary>
/// <param name="keepsEnds">False to leave out ends that are no rectifier's, which a network seldom reaches.</param>
internal sealed class Quantisation(bool keepsEnds)
{
    /// <summary>An upper end as near to 6 as this is that of a ReLU6.</summary>
    private const double NearSix = 0.006;

    /// <summary>True when a tensor that depends on the inputs is made of integers, or weights are.</summary>
    internal bool IsQuantised { get; private set; }

    /// <summary>True when numbers between layers are rounded to integers.</summary>
    internal bool RoundsBetween { get; private set; }

    /// <summary>True when an end was left out, or would have been.</summary>
    internal bool HasEnds { get; private set; }

    /// <summary>The range that the inputs are made for; null when it is not the same for all, or not known.</summary>
    internal (double Minimum, double Maximum)? InputRange { get; private set; }

    /// <summary>The step of the integers made last, 0 when there are none.</summary>
    internal double LastStep { get; private set; }

    /// <summary>Notes that numbers between layers are rounded.</summary>
    internal void SetRounded() => IsQuantised = RoundsBetween = true;

    /// <summary>real -> real / scale + zero, between the ends of the type.</summary>
    /// <param name="node">The node, for refusals.</param>
    /// <param name="x">The real numbers.</param>
    /// <param name="scale">Steps, in a shape that fits <paramref name="x"/>.</param>
    /// <param name="zero">Zero points, in the same shape.</param>
    /// <param name="least">The smallest integer of the type.</param>
    /// <param name="most">The largest.</param>
    internal Value Quantise(INodeContext node, Value x, ConstantValue scale, ConstantValue zero, double least, double most)
    {
        Value integers = Elementwise.Add(node, Elementwise.Divide(node, x, scale), zero, 1);
        if (integers is ConstantValue constant)
        {
            return constant.Map(node, v => Math.Clamp(Math.Round(v, MidpointRounding.ToEven), least, most));
        }

        SetRounded();
        LastStep = scale.Data.Max();
        if (x is AffineValue { Source.Depth: 0, IsUnchanged: true })
        {
            // A board keeps its inputs inside their range by itself.
            InputRange = scale.Count == 1 && zero.Count == 1 ? (scale.Data[0] * (least - zero.Data[0]), scale.Data[0] * (most - zero.Data[0])) : null;
            return integers;
        }

        bool isRectifier = Array.TrueForAll(zero.Data, z => z == least);
        bool isSix = isRectifier && Array.TrueForAll(scale.Data, s => Math.Abs((s * (most - least)) - 6) < NearSix);
        HasEnds |= !isSix;
        bool low = keepsEnds || (isRectifier && !IsNeverNegative(x));
        return LayerBuilder.Clip(node, integers, low ? least : null, keepsEnds || isSix ? most : null);
    }

    /// <summary>integer -> (integer - zero) * scale.</summary>
    internal Value Dequantise(INodeContext node, Value x, ConstantValue scale, ConstantValue zero)
    {
        IsQuantised = true;
        return Elementwise.Multiply(node, Elementwise.Add(node, x, zero, -1), scale);
    }

    private static bool IsNeverNegative(Value x) => x switch
    {
        AffineValue { IsUnchanged: true, Source.Function: Scalar f } => IsRectified(f),
        PointwiseValue p => Array.TrueForAll(p.Functions, IsRectified),
        _ => false,
    };

    private static bool IsRectified(Scalar f) =>
        f is CombinedScalar { Function: BinaryFunction.Max, B: NumberScalar { Value: >= 0 } } or CombinedScalar { Function: BinaryFunction.Max, A: NumberScalar { Value: >= 0 } }
            or AppliedScalar { Function: UnaryFunction.Sigmoid or UnaryFunction.Abs or UnaryFunction.Exp or UnaryFunction.Softplus };
}
