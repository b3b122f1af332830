using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Tensors put side by side along an axis: parts of a shape, or inputs that the file keeps apart.</summary>
internal sealed class Concat() : OnnxOperator("Concat")
{
    internal override Value Evaluate(NodeContext node) =>
        Junction.Of(node, [.. Enumerable.Range(0, node.InputCount).Select(node.Numbers)], node.Integer("axis", 0));
}
