using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>The larger of two values, number by number: a rectifier, where one is a constant.</summary>
internal sealed class Maximum() : TfLiteOperator(55, "MAXIMUM")
{
    internal override Value Evaluate(TfLiteNode node) =>
        Pointwise.Combine(node, node.Input(0), node.Input(1), BinaryFunction.Max);
}
