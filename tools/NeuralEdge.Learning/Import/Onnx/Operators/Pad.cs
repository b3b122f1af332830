using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>A constant around a tensor, as before a convolution; sizes as an attribute (opset 2) or as an input (opset 11).</summary>
internal sealed class Pad() : OnnxOperator("Pad")
{
    internal override Value Evaluate(NodeContext node)
    {
        AffineValue x = node.Affine(0);
        int rank = x.Shape.Length;
        long[] given = node.Integers("pads", 1, "pads") ?? throw node.Refuse("has no pads", "export it again");
        int[] axes = node.Integers("", 3, "axes") is long[] some ? Array.ConvertAll(some, a => node.Axis(a, Math.Max(1, rank))) : [.. Enumerable.Range(0, rank)];
        double number = node.Optional(2) is null ? node.Float("value", 0) : node.Constant(2, "value") is { Count: 1 } one ? one.Data[0] : double.NaN;
        if (node.Text("mode", "constant") != "constant" || given.Length != 2 * axes.Length || !given.All(p => p is >= 0 and <= NetworkLimits.WidestLayer) || !double.IsFinite(number))
        {
            throw node.Refuse("pads by other than a constant, or cuts", "export it with constant padding of positive sizes");
        }

        long[] before = new long[rank];
        long[] after = new long[rank];
        for (int i = 0; i < axes.Length; i++)
        {
            (before[axes[i]], after[axes[i]]) = (given[i], given[i + axes.Length]);
        }

        int[] shape = node.CheckedShape([.. x.Shape.Select((s, d) => s + before[d] + after[d])]);
        int count = NetworkLimits.RequireWidth(node, TensorShape.Count(shape));
        AffineForm constant = new([], [], number);
        AffineForm[] elements = new AffineForm[count];
        for (int k = 0; k < count; k++)
        {
            elements[k] = PlaceOf(k, shape, x.Shape, before) is int place ? x.Elements[place] : constant;
        }

        return new AffineValue(shape, x.Source, elements);
    }

    private static int? PlaceOf(int k, int[] shape, int[] inner, long[] before)
    {
        long place = 0;
        long size = 1;
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            long at = (k % shape[d]) - before[d];
            k /= shape[d];
            if (at < 0 || at >= inner[d])
            {
                return null;
            }

            place += at * size;
            size *= inner[d];
        }

        return (int)place;
    }
}
