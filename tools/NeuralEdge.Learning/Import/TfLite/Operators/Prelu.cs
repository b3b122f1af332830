using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>x, or below 0 x times a slope of its own for each channel.</summary>
internal sealed class Prelu() : TfLiteOperator(54, "PRELU")
{
    internal override Value Evaluate(TfLiteNode node) =>
        Pointwise.Rectify(node, node.Input(0), node.Constant(1, "slope"));
}
