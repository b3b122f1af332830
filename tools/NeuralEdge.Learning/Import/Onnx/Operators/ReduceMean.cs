using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Averages along axes; the axes as an attribute (old opsets) or as an input.</summary>
internal sealed class ReduceMean() : OnnxOperator("ReduceMean")
{
    internal override Value Evaluate(NodeContext node)
    {
        AffineValue x = node.Affine(0);
        long[] axes = node.Integers("axes", 1, "axes") ?? [];
        if (axes.Length == 0 && node.Integer("noop_with_empty_axes", 0) != 0)
        {
            return x;
        }

        int rank = x.Shape.Length;
        HashSet<int> along = axes.Length == 0 ? [.. Enumerable.Range(0, rank)] : [.. axes.Select(a => node.Axis(a, rank))];
        return Reduction.Of(node, x, along, node.Integer("keepdims", 1) != 0, mean: true);
    }
}
