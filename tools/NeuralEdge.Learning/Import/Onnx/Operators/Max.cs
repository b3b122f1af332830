using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>max(x, c) of a value and one constant: a ReLU when c is 0.</summary>
internal sealed class Max() : OnnxOperator("Max")
{
    internal override Value Evaluate(NodeContext node)
    {
        (Value a, Value b) = (node.Input(0), node.InputCount == 2 ? node.Input(1) : node.Input(0));
        return (a, b) switch
        {
            (AffineValue x, ConstantValue c) when c.Count == 1 => LayerBuilder.Clip(node, x, c.Data[0], null),
            (ConstantValue c, AffineValue x) when c.Count == 1 => LayerBuilder.Clip(node, x, c.Data[0], null),
            _ => throw node.Refuse("takes the largest of several values", "only the largest of one value and one constant can run on a board, so use Relu"),
        };
    }
}
