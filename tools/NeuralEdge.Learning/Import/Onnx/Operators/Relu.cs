using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>max(0, x), which ends a layer.</summary>
internal sealed class Relu() : OnnxOperator("Relu")
{
    internal override Value Evaluate(NodeContext node) => LayerBuilder.ActivateAny(node, node.Input(0), Activation.Relu);
}
