using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>A dimension of the size 1 added: the shape of the output.</summary>
internal sealed class ExpandDims() : TfLiteOperator(70, "EXPAND_DIMS")
{
    internal override bool NeedsFirstInputOnly => true;

    internal override Value Evaluate(TfLiteNode node) => Reshape.ToResult(node);
}
