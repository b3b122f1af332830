using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The logistic function, which ends a layer.</summary>
internal sealed class Sigmoid() : OnnxOperator("Sigmoid")
{
    internal override Value Evaluate(NodeContext node) => LayerBuilder.ActivateAny(node, node.Input(0), Activation.Sigmoid);
}
