using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Real numbers as integers: the rounding is left out.</summary>
internal sealed class QuantizeLinear() : OnnxOperator("QuantizeLinear")
{
    internal override Value Evaluate(NodeContext node) => node.Integer("block_size", 0) == 0
        ? QuantisedInputs.Integers(node, node.Input(0), 1, (int)Math.Clamp(node.Integer("axis", 1), -TensorShape.MostDimensions, TensorShape.MostDimensions))
        : throw node.Refuse("has a scale for each block", "export it with one for the tensor or one for each channel");
}
