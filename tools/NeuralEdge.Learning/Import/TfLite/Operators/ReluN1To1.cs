using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>max(-1, min(1, x)), made of ReLUs.</summary>
internal sealed class ReluN1To1() : TfLiteOperator(20, "RELU_N1_TO_1")
{
    internal override Value Evaluate(TfLiteNode node) => LayerBuilder.Clip(node, node.Input(0), -1, 1);
}
