using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>The logistic function, which ends a layer.</summary>
internal sealed class Logistic() : TfLiteOperator(14, "LOGISTIC")
{
    internal override Value Evaluate(TfLiteNode node) => LayerBuilder.ActivateAny(node, node.Input(0), Activation.Sigmoid);
}
