using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The product with a constant, element by element.</summary>
internal sealed class Mul() : OnnxOperator("Mul")
{
    internal override Value Evaluate(NodeContext node) => Elementwise.Multiply(node, node.Input(0), node.Input(1));
}
