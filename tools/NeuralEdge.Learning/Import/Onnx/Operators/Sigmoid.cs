using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The logistic function, which ends a layer.</summary>
internal sealed class Sigmoid() : OnnxOperator("Sigmoid")
{
    internal override bool TakesScaledInputs => true;

    internal override Value Evaluate(NodeContext node) => LayerBuilder.Activate(node, node.Affine(0), Activation.Sigmoid);
}
