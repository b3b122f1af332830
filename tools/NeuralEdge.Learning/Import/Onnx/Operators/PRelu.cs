using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>x, or below 0 x times a slope of its own for each channel.</summary>
internal sealed class PRelu() : OnnxOperator("PRelu")
{
    internal override Value Evaluate(NodeContext node) => Pointwise.Rectify(node, node.Input(0), node.Constant(1, "slope"));
}
