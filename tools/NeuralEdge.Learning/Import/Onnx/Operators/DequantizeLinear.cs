using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Integers as the real numbers that they stand for.</summary>
internal sealed class DequantizeLinear() : OnnxOperator("DequantizeLinear")
{
    internal override Value Evaluate(NodeContext node) => node.Integer("block_size", 0) == 0
        ? QuantisedInputs.Real(node, 0, (int)Math.Clamp(node.Integer("axis", 1), -TensorShape.MostDimensions, TensorShape.MostDimensions))
        : throw node.Refuse("has a scale for each block", "export it with one for the tensor or one for each channel");
}
