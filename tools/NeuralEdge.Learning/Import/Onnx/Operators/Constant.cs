using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;
using NeuralEdge.Learning.Import.Onnx.Parsing;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>A tensor, a number, a list of numbers or of texts in an attribute.</summary>
internal sealed class Constant() : OnnxOperator("Constant")
{
    internal override Value Evaluate(NodeContext node)
    {
        if (node.Attribute("value") is { Tensor: OnnxTensor tensor })
        {
            return node.Decode(tensor, "the tensor of a Constant node");
        }

        if (node.Attribute("value_float") is { } single)
        {
            return new ConstantValue([], [single.Float]);
        }

        if (node.Attribute("value_int") is { } integer)
        {
            return new ConstantValue([], [integer.Integer]);
        }

        if ((node.Attribute("value_floats")?.Floats ?? node.Attribute("value_ints")?.Integers) is double[] list)
        {
            return new ConstantValue([list.Length], list);
        }

        return node.Attribute("value_strings") is { } texts
            ? new TextValue([texts.Texts.Count], [.. texts.Texts])
            : throw node.Refuse("has no value that can be read", "export it with dense tensors");
    }
}
