using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>max(0, min(6, x)), made of ReLUs.</summary>
internal sealed class Relu6() : TfLiteOperator(21, "RELU6")
{
    internal override Value Evaluate(TfLiteNode node) => LayerBuilder.Clip(node, node.Input(0), 0, 6);
}
