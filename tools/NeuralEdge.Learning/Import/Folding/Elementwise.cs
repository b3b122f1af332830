using NeuralEdge.Conversion;
using NeuralEdge.Learning.Import.Functions;

namespace NeuralEdge.Learning.Import.Folding;

/// <summary>Arithmetic element by element, shapes broadcast as NumPy does: with constants it is taken in by the next layer.</summary>
internal static class Elementwise
{
    /// <summary>a + sign * b, where <paramref name="sign"/> is 1 or -1.</summary>
    internal static Value Add(INodeContext node, Value a, Value b, int sign) => (a, b) switch
    {
        (ConstantValue x, ConstantValue y) => OfConstants(node, x, y, (p, q) => p + (sign * q)),
        (AffineValue x, ConstantValue y) => WithConstants(node, x, y, (e, c) => e.Plus(sign * c)),
        (ConstantValue x, AffineValue y) => WithConstants(node, y, x, (e, c) => (sign < 0 ? e.Times(-1) : e).Plus(c)),
        (AffineValue x, AffineValue y) when x.Source == y.Source => AddAffine(node, x, y, sign),
        _ => Pointwise.TryCombine(node, a, b, sign < 0 ? BinaryFunction.Subtract : BinaryFunction.Add)
            ?? TryAddLayers(node, a, b, sign) ?? throw OfDifferentLayers(node),
    };

    /// <summary>a * b.</summary>
    internal static Value Multiply(INodeContext node, Value a, Value b) => (a, b) switch
    {
        (ConstantValue x, ConstantValue y) => OfConstants(node, x, y, (p, q) => p * q),
        (AffineValue x, ConstantValue y) => WithConstants(node, x, y, (e, c) => e.Times(c), c => c),
        (ConstantValue x, AffineValue y) => WithConstants(node, y, x, (e, c) => e.Times(c), c => c),
        _ => Pointwise.TryCombine(node, a, b, BinaryFunction.Multiply)
            ?? throw node.Refuse("multiplies two values that both depend on the inputs", "a dense network has no such product, so export one without it"),
    };

    /// <summary>a / b.</summary>
    internal static Value Divide(INodeContext node, Value a, Value b) => (a, b) switch
    {
        (ConstantValue x, ConstantValue y) => OfConstants(node, x, y, (p, q) => p / q),
        (AffineValue x, ConstantValue y) => WithConstants(node, x, y, (e, c) => e.Over(c), c => 1 / c),
        _ => Pointwise.TryCombine(node, a, b, BinaryFunction.Divide)
            ?? throw node.Refuse("divides by a value that depends on the inputs", "a dense network has no such quotient, so export one without it"),
    };

    /// <summary>A refusal of arithmetic on labels or on the index of a class.</summary>
    internal static InputRefusedException NoNumbers(INodeContext node) =>
        node.Refuse("computes with a class or with texts", "end the network with its scores or with ArgMax");

    /// <summary>A refusal of arithmetic on the outputs of different layers.</summary>
    internal static InputRefusedException OfDifferentLayers(INodeContext node) =>
        node.Refuse("combines values of different layers", "a board runs one layer after the other, so train a network without skip connections or branches");

    // Values that are no function of the same sums, but of layers that stand side by side.
    private static AffineValue? TryAddLayers(INodeContext node, Value a, Value b, int sign) =>
        LayerBuilder.TryJoin(node, [LayerBuilder.ToLayer(node, a), LayerBuilder.ToLayer(node, b)]) is [AffineValue x, AffineValue y] ? AddAffine(node, x, y, sign) : null;

    private static AffineValue AddAffine(INodeContext node, AffineValue a, AffineValue b, int sign)
    {
        (int[] shape, int[] first, int[] second) = Broadcast(node, a.Shape, b.Shape);
        AffineForm[] sums = new AffineForm[NetworkLimits.RequireWidth(node, first.Length)];
        node.Budget.Cells((long)sums.Length * a.Source.Width);
        for (int k = 0; k < sums.Length; k++)
        {
            sums[k] = a.Elements[first[k]].Plus(b.Elements[second[k]], sign, a.Source);
        }

        return new AffineValue(shape, a.Source, sums);
    }

    private static AffineValue WithConstants(
        INodeContext node, AffineValue x, ConstantValue constants, Func<AffineForm, double, AffineForm> change, Func<double, double>? factor = null)
    {
        (int[] shape, int[] elements, int[] numbers) = Broadcast(node, x.Shape, constants.Shape);
        NetworkLimits.RequireWidth(node, elements.Length);
        AffineValue spread = (AffineValue)x.Pick(shape, elements);
        if (factor is not null && spread.Count == x.Count)
        {
            node.Scalers.Offer(spread, [.. numbers.Select(n => factor(constants.Data[n]))]);
        }

        return spread.Map(node, (e, k) => change(e, constants.Data[numbers[k]]));
    }

    private static ConstantValue OfConstants(INodeContext node, ConstantValue a, ConstantValue b, Func<double, double, double> combine)
    {
        (int[] shape, int[] first, int[] second) = Broadcast(node, a.Shape, b.Shape);
        node.Budget.Cells(2L * first.Length);
        double[] result = new double[first.Length];
        for (int k = 0; k < result.Length; k++)
        {
            result[k] = combine(a.Data[first[k]], b.Data[second[k]]);
        }

        return new ConstantValue(shape, result);
    }

    /// <summary>The common shape of two tensors, and which element of each stands where.</summary>
    internal static (int[] Shape, int[] First, int[] Second) Broadcast(INodeContext node, int[] a, int[] b) =>
        TensorShape.Broadcast(a, b)
            ?? throw node.Refuse($"combines the shapes {TensorShape.Text(a)} and {TensorShape.Text(b)}, which do not fit", "export it again");
}
