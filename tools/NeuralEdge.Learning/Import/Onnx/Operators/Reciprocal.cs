using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>1 / x of a constant.</summary>
internal sealed class Reciprocal() : OnnxOperator("Reciprocal")
{
    internal override Value Evaluate(NodeContext node) => node.Constant(0, "operand").Map(node, n => 1 / n);
}
