using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>The difference of two tensors, and a fused activation (option 0).</summary>
internal sealed class Sub() : TfLiteOperator(41, "SUB")
{
    internal override Value Evaluate(TfLiteNode node) =>
        FusedActivation.Apply(node, Elementwise.Add(node, node.Input(0), node.Input(1), -1), node.OptionByte(0));
}
