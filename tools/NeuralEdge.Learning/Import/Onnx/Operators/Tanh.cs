using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The hyperbolic tangent, which ends a layer.</summary>
internal sealed class Tanh() : OnnxOperator("Tanh")
{
    internal override Value Evaluate(NodeContext node) => LayerBuilder.ActivateAny(node, node.Input(0), Activation.Tanh);
}
