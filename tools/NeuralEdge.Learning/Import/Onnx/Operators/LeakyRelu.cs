using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>x, or alpha * x where x is negative; it ends a layer.</summary>
internal sealed class LeakyRelu() : OnnxOperator("LeakyRelu")
{
    internal override bool TakesScaledInputs => true;

    internal override Value Evaluate(NodeContext node) => LayerBuilder.LeakyRelu(node, node.Affine(0), node.Float("alpha", 0.01f));
}
