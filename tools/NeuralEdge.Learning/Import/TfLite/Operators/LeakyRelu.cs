using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>x, or alpha * x where x is negative; it ends a layer. Option 0 is alpha.</summary>
internal sealed class LeakyRelu() : TfLiteOperator(98, "LEAKY_RELU")
{
    internal override Value Evaluate(TfLiteNode node) => LayerBuilder.ActivateAny(node, node.Input(0), Activation.LeakyRelu, node.OptionSingle(0));
}
