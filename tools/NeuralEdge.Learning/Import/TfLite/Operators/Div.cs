using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>The quotient by a constant, element by element, and a fused activation (option 0).</summary>
internal sealed class Div() : TfLiteOperator(42, "DIV")
{
    internal override Value Evaluate(TfLiteNode node) =>
        FusedActivation.Apply(node, Elementwise.Divide(node, node.Input(0), node.Input(1)), node.OptionByte(0));
}
