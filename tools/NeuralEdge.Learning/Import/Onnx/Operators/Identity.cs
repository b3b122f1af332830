using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The input itself.</summary>
internal sealed class Identity() : OnnxOperator("Identity")
{
    internal override Value Evaluate(NodeContext node) => node.Input(0);
}
