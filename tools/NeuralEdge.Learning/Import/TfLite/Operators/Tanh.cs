using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>The hyperbolic tangent, which ends a layer.</summary>
internal sealed class Tanh() : TfLiteOperator(28, "TANH")
{
    internal override Value Evaluate(TfLiteNode node) => LayerBuilder.ActivateAny(node, node.Input(0), Activation.Tanh);
}
