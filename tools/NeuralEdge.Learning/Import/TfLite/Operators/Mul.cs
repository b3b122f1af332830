using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>The product, element by element: with a constant, or of parts of an activation; and a fused activation (option 0).</summary>
internal sealed class Mul() : TfLiteOperator(18, "MUL")
{
    internal override Value Evaluate(TfLiteNode node) =>
        FusedActivation.Apply(node, Elementwise.Multiply(node, node.Input(0), node.Input(1)), node.OptionByte(0));
}
