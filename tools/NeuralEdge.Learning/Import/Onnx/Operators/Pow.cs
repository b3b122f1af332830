using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Functions;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>A constant power, as in the tanh form of GELU.</summary>
internal sealed class Pow() : OnnxOperator("Pow")
{
    internal override Value Evaluate(NodeContext node) =>
        Pointwise.Combine(node, node.Input(0), node.Constant(1, "exponent"), BinaryFunction.Power);
}
