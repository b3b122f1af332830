using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The first input in the element type of the second; whatever that is, the numbers of a network are real.</summary>
internal sealed class CastLike() : OnnxOperator("CastLike")
{
    internal override Value Evaluate(NodeContext node) => node.Input(0);
}
