using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;
using NeuralEdge.Networks;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Probabilities out of all scores; it ends the last layer.</summary>
internal sealed class Softmax() : OnnxOperator("Softmax")
{
    internal override Value Evaluate(NodeContext node) => Probabilities(node);

    /// <summary>The softmax over all outputs.</summary>
    internal static AffineValue Probabilities(NodeContext node)
    {
        AffineValue x = node.Affine(0);

        // Before opset 13 everything from the axis on is one row; since then only the axis itself is.
        bool old = node.Opset < 13;
        int axis = x.Shape.Length == 0 ? 0 : node.Axis(node.Integer("axis", old ? 1 : -1), Math.Max(x.Shape.Length, old ? 2 : 1));
        int row = x.Shape.Length == 0 ? 1 : old ? TensorShape.Product(x.Shape, axis, x.Shape.Length) : x.Shape[axis];
        return row == x.Count
            ? LayerBuilder.Activate(node, x, Activation.Softmax)
            : throw node.Refuse($"normalises over axis {axis} of the shape {TensorShape.Text(x.Shape)}, not over all outputs", "export Softmax over the axis of the outputs");
    }
}
