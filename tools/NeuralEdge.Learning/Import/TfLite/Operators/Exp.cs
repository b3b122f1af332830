using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>e to the x.</summary>
internal sealed class Exp() : TfLiteOperator(47, "EXP")
{
    internal override Value Evaluate(TfLiteNode node) =>
        Pointwise.Apply(node, node.Input(0), s => Scalar.Apply(UnaryFunction.Exp, s));
}
