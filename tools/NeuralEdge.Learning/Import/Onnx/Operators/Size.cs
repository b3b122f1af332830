using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>How many numbers a tensor has.</summary>
internal sealed class Size() : OnnxOperator("Size")
{
    internal override Value Evaluate(NodeContext node) => new ConstantValue([], [node.Input(0).Count]);
}
