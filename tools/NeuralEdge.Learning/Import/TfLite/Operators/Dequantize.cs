using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>The same real numbers in float.</summary>
internal sealed class Dequantize() : TfLiteOperator(6, "DEQUANTIZE")
{
    internal override Value Evaluate(TfLiteNode node) => node.Input(0);
}
