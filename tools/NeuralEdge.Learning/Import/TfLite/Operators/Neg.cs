using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>The negative.</summary>
internal sealed class Neg() : TfLiteOperator(59, "NEG")
{
    internal override Value Evaluate(TfLiteNode node) =>
        Pointwise.Apply(node, node.Input(0), s => Scalar.Combine(BinaryFunction.Multiply, s, Scalar.Number(-1)));
}
