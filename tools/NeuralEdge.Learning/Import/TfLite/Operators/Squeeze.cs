using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>Dimensions of the size 1 removed: the shape of the output.</summary>
internal sealed class Squeeze() : TfLiteOperator(43, "SQUEEZE")
{
    internal override Value Evaluate(TfLiteNode node) => Reshape.ToResult(node);
}
