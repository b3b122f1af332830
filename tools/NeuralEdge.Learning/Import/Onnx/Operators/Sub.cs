using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The difference of two tensors.</summary>
internal sealed class Sub() : OnnxOperator("Sub")
{
    internal override Value Evaluate(NodeContext node) => Elementwise.Add(node, node.Input(0), node.Input(1), -1);
}
