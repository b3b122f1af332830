using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Tensors put side by side along an axis: parts of a shape, or inputs that the file keeps apart.</summary>
internal sealed class Concat() : OnnxOperator("Concat")
{
    internal override Value Evaluate(NodeContext node)
    {
        Value[] parts = [.. Enumerable.Range(0, node.InputCount).Select(node.Input)];
        if (parts.Length == 0)
        {
            throw node.Refuse("has no inputs", "export it again");
        }

        int rank = parts[0].Shape.Length;
        int axis = node.Axis(node.Integer("axis", 0), rank);
        if (parts.Any(p => p.Shape.Length != rank || p.Shape.Where((s, d) => d != axis && s != parts[0].Shape[d]).Any()))
        {
            throw node.Refuse($"joins shapes that do not fit ({string.Join(", ", parts.Take(4).Select(p => TensorShape.Text(p.Shape)))})", "export it again");
        }

        int[] shape = node.CheckedShape([.. parts[0].Shape.Select((s, d) => d == axis ? parts.Sum(p => (long)p.Shape[axis]) : s)]);
        if (parts.All(p => p is ConstantValue))
        {
            node.Budget.Cells(TensorShape.Count(shape));
            return new ConstantValue(shape, Join(parts, axis, rank, (p, k) => ((ConstantValue)p).Data[k]));
        }

        AffineValue[] values = Array.ConvertAll(parts, p => p as AffineValue
            ?? throw node.Refuse("joins values that depend on the inputs with constants or classes", "export a network without it"));
        if (values.Any(v => v.Source != values[0].Source))
        {
            throw node.Refuse("joins values of different layers", "a board runs one layer after the other, so train a network without branches");
        }

        return TensorShape.Count(shape) is > 0 and <= NetworkLimits.WidestLayer
            ? new AffineValue(shape, values[0].Source, Join(parts, axis, rank, (p, k) => ((AffineValue)p).Elements[k]))
            : throw node.Refuse($"makes the shape {TensorShape.Text(shape)}, and a board's layer has 1 to {NetworkLimits.WidestLayer} values", "train a narrower network");
    }

    private static T[] Join<T>(Value[] parts, int axis, int rank, Func<Value, int, T> at)
    {
        int outer = TensorShape.Product(parts[0].Shape, 0, axis);
        List<T> joined = [];
        for (int o = 0; o < outer; o++)
        {
            foreach (Value part in parts)
            {
                int run = TensorShape.Product(part.Shape, axis, rank);
                for (int k = 0; k < run; k++)
                {
                    joined.Add(at(part, (o * run) + k));
                }
            }
        }

        return [.. joined];
    }
}
