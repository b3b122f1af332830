using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The quotient by a constant, element by element.</summary>
internal sealed class Div() : OnnxOperator("Div")
{
    internal override Value Evaluate(NodeContext node) => Elementwise.Divide(node, node.Input(0), node.Input(1));
}
