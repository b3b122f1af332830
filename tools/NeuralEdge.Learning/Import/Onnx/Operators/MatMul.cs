using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The matrix product of what depends on the inputs with constant weights, on either side.</summary>
internal sealed class MatMul() : OnnxOperator("MatMul")
{
    internal override Value Evaluate(NodeContext node) => Product(node, node.Numbers(0), node.Numbers(1));

    /// <summary>The product of two values.</summary>
    internal static AffineValue Product(NodeContext node, Value a, Value b) => (a, b) switch
    {
        (AffineValue x, ConstantValue w) => MatrixProduct.Right(node, x, w),
        (ConstantValue w, AffineValue x) => MatrixProduct.Left(node, w, x),
        (ConstantValue, ConstantValue) => throw node.Refuse("multiplies two constants", "fold constants before exporting"),
        (AffineValue, AffineValue) => throw node.Refuse(
            "multiplies two values that both depend on the inputs",
            "attention and other products of layers cannot run on a board, so train a small dense network on features of the sequence with neuraledge train"),
        _ => throw Elementwise.NoNumbers(node),
    };
}
