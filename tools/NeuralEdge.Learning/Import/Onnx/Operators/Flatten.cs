using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Two dimensions: those before the axis, and those from it on.</summary>
internal sealed class Flatten() : OnnxOperator("Flatten")
{
    internal override Value Evaluate(NodeContext node)
    {
        Value x = node.Input(0);
        long given = node.Integer("axis", 1);
        int rank = x.Shape.Length;
        int axis = given == rank ? rank : node.Axis(given, Math.Max(1, rank));
        return x.Reshaped([TensorShape.Product(x.Shape, 0, axis), TensorShape.Product(x.Shape, axis, rank)]);
    }
}
