using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>One of two values, number by number: a leaky ReLU or an ELU that is spelled out.</summary>
internal sealed class Where() : OnnxOperator("Where")
{
    internal override Value Evaluate(NodeContext node) => Pointwise.Choose(node, node.Input(0), node.Input(1), node.Input(2));
}
