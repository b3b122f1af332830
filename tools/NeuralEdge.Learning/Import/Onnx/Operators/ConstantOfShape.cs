using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;
using NeuralEdge.Learning.Import.Onnx.Parsing;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>A tensor of one number, 0 when none is given.</summary>
internal sealed class ConstantOfShape() : OnnxOperator("ConstantOfShape")
{
    internal override Value Evaluate(NodeContext node)
    {
        int[] shape = node.CheckedShape(node.Integers("", 0, "shape") ?? []);
        double number = node.Attribute("value") is { Tensor: OnnxTensor tensor } && node.Decode(tensor, "the tensor of a ConstantOfShape node") is ConstantValue { Count: 1 } value ? value.Data[0] : 0;
        int count = TensorShape.Count(shape);
        node.Budget.Cells(count);
        return new ConstantValue(shape, [.. Enumerable.Repeat(number, count)]);
    }
}
