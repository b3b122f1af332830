using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Dimensions of the size 1 added; the axes as an attribute (opset 11) or as an input.</summary>
internal sealed class Unsqueeze() : OnnxOperator("Unsqueeze")
{
    internal override Value Evaluate(NodeContext node)
    {
        Value x = node.Input(0);
        long[] axes = node.Integers("axes", 1, "axes") ?? throw node.Refuse("has no axes", "export it again");
        int rank = axes.Length <= TensorShape.MostDimensions ? x.Shape.Length + axes.Length : int.MaxValue;
        if (rank > TensorShape.MostDimensions)
        {
            throw node.Refuse($"makes more than {TensorShape.MostDimensions} dimensions", "export a simpler graph");
        }

        HashSet<int> added = [.. axes.Select(a => node.Axis(a, rank))];
        if (added.Count != axes.Length)
        {
            throw node.Refuse("names an axis twice", "export it again");
        }

        Queue<int> rest = new(x.Shape);
        return x.Reshaped([.. Enumerable.Range(0, rank).Select(d => added.Contains(d) ? 1 : rest.Dequeue())]);
    }
}
