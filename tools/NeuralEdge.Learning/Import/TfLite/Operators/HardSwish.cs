using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>x * max(0, min(1, x / 6 + 1/2)).</summary>
internal sealed class HardSwish() : TfLiteOperator(117, "HARD_SWISH")
{
    internal override Value Evaluate(TfLiteNode node) =>
        Pointwise.Apply(node, node.Input(0), s => ActivationLibrary.HardSwish(s));
}
