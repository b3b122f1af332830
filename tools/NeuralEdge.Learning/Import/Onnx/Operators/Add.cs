using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The sum of two tensors: a bias, or two branches of one layer.</summary>
internal sealed class Add() : OnnxOperator("Add")
{
    internal override Value Evaluate(NodeContext node) => Elementwise.Add(node, node.Input(0), node.Input(1), 1);
}
