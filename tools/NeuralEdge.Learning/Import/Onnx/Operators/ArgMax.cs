using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The index of the largest score: the class.</summary>
internal sealed class ArgMax() : OnnxOperator("ArgMax")
{
    internal override Value Evaluate(NodeContext node)
    {
        AffineValue x = node.Affine(0);
        if (node.Integer("select_last_index", 0) != 0)
        {
            throw node.Refuse("takes the last of equal scores, and a board takes the first", "export it without select_last_index");
        }

        int axis = x.Shape.Length == 0 ? 0 : node.Axis(node.Integer("axis", 0), x.Shape.Length);
        if (x.Shape.Length == 0 || x.Shape[axis] != x.Count)
        {
            throw node.Refuse($"looks along axis {axis} of the shape {TensorShape.Text(x.Shape)}, not over all outputs", "export ArgMax over the axis of the outputs");
        }

        int[] shape = node.Integer("keepdims", 1) != 0
            ? [.. x.Shape.Select((s, d) => d == axis ? 1 : s)]
            : [.. x.Shape.Where((_, d) => d != axis)];
        string[] labels = x.Labels ?? [.. Enumerable.Range(0, x.Count).Select(k => ClassValue.NumberLabel(k))];
        return new ClassValue(shape, x, labels, x.Labels is not null);
    }
}
