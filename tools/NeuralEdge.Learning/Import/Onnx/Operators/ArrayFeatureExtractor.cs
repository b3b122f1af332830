using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The label at the index of the winning class; or chosen columns of the last dimension.</summary>
internal sealed class ArrayFeatureExtractor() : OnnxOperator("ArrayFeatureExtractor", ClassicalDomain)
{
    internal override Value Evaluate(NodeContext node)
    {
        Value x = node.Input(0);
        return node.Input(1) switch
        {
            ClassValue chosen => chosen.PickLabel(node, x),
            ConstantValue columns => PickColumns(node, x, columns),
            _ => throw node.Refuse("picks by an index that depends on the inputs", "export a network without it"),
        };
    }

    private static Value PickColumns(NodeContext node, Value x, ConstantValue columns)
    {
        int width = x.Shape.Length == 0 ? 1 : x.Shape[^1];
        if (x.Count != width || columns.Count is 0 or > NetworkLimits.WidestLayer || columns.Data.Any(c => !(c >= 0 && c < width && c == Math.Truncate(c))))
        {
            throw node.Refuse($"picks elements that the shape {TensorShape.Text(x.Shape)} does not have", "export it again");
        }

        return x.Pick([1, columns.Count], Array.ConvertAll(columns.Data, c => (int)c));
    }
}
