using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>x, or alpha * x where x is negative; it ends a layer.</summary>
internal sealed class LeakyRelu() : OnnxOperator("LeakyRelu")
{
    internal override Value Evaluate(NodeContext node) =>
        LayerBuilder.ActivateAny(node, node.Input(0), Activation.LeakyRelu, node.Float("alpha", 0.01f));
}
