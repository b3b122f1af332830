using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;
using NeuralEdge.Learning.Import.Onnx.Parsing;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Another element type: floats stay as they are, constants may be cut to whole numbers.</summary>
internal sealed class Cast() : OnnxOperator("Cast")
{
    internal override Value Evaluate(NodeContext node)
    {
        long type = node.Integer("to", 0);
        Value x = node.Input(0);
        return x switch
        {
            AffineValue when !TensorDecoder.IsFloat(type) => throw node.Refuse(
                $"rounds values that depend on the inputs to {TensorDecoder.NameOf(type)}", "export a network that computes in float"),
            ConstantValue numbers when !TensorDecoder.IsFloat(type) => numbers.Map(node, Math.Truncate),
            _ => x,
        };
    }
}
