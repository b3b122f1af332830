using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The square root of a constant.</summary>
internal sealed class Sqrt() : OnnxOperator("Sqrt")
{
    internal override Value Evaluate(NodeContext node) => node.Constant(0, "operand").Map(node, Math.Sqrt);
}
