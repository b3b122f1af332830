using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>max(0, min(1, x)), made of ReLUs.</summary>
internal sealed class Relu0To1() : TfLiteOperator(152, "RELU_0_TO_1")
{
    internal override Value Evaluate(TfLiteNode node) =>
        Pointwise.Apply(node, node.Input(0), s => ActivationLibrary.Clip(s, 0, 1));
}
