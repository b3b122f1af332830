using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Parts along an axis; their sizes as an attribute (opset 11), as an input, or equal.</summary>
internal sealed class Split() : OnnxOperator("Split")
{
    internal override Value Evaluate(NodeContext node) => EvaluateAll(node)[0];

    internal override Value[] EvaluateAll(NodeContext node)
    {
        Value x = LayerBuilder.ToLayer(node, node.Input(0));
        int axis = node.Axis(node.Integer("axis", 0), x.Shape.Length);
        int size = x.Shape[axis];
        int parts = node.OutputCount;
        int equal = (size + parts - 1) / Math.Max(1, parts);
        long[] sizes = node.Integers("split", 1, "sizes")
            ?? [.. Enumerable.Range(0, parts).Select(i => (long)Math.Clamp(size - (i * equal), 0, equal))];
        if (sizes.Length != parts || sizes.Any(s => s < 0 || s > size) || sizes.Sum() != size)
        {
            throw node.Refuse($"cuts {size} values into parts of {string.Join(",", sizes.Take(8))}", "export it again");
        }

        Value[] results = new Value[parts];
        int from = 0;
        for (int i = 0; i < parts; i++)
        {
            int[] shape = [.. x.Shape];
            shape[axis] = (int)sizes[i];
            results[i] = ElementSelection.Pick(node, x, shape, axis, [.. Enumerable.Range(from, (int)sizes[i])]);
            from += (int)sizes[i];
        }

        return results;
    }
}
