using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>x, or e to the x - 1 below 0.</summary>
internal sealed class Elu() : TfLiteOperator(111, "ELU")
{
    internal override Value Evaluate(TfLiteNode node) =>
        Pointwise.Apply(node, node.Input(0), s => ActivationLibrary.Elu(s, 1));
}
