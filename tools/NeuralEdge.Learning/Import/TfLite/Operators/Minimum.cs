using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>The smaller of two values, number by number.</summary>
internal sealed class Minimum() : TfLiteOperator(57, "MINIMUM")
{
    internal override Value Evaluate(TfLiteNode node) =>
        Pointwise.Combine(node, node.Input(0), node.Input(1), BinaryFunction.Min);
}
