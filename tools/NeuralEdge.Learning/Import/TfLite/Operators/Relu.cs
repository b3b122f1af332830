using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>max(0, x), which ends a layer.</summary>
internal sealed class Relu() : TfLiteOperator(19, "RELU")
{
    internal override Value Evaluate(TfLiteNode node) => LayerBuilder.ActivateAny(node, node.Input(0), Activation.Relu);
}
