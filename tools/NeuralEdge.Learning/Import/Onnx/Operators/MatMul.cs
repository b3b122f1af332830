using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>The matrix product of what depends on the inputs with constant weights, on either side.</summary>
internal sealed class MatMul() : OnnxOperator("MatMul")
{
    internal override bool TakesScaledInputs => true;

    internal override Value Evaluate(NodeContext node) => (node.Input(0), node.Input(1)) switch
    {
        (AffineValue x, ConstantValue w) => MatrixProduct.Right(node, x, w),
        (ConstantValue w, AffineValue x) => MatrixProduct.Left(node, w, x),
        (ConstantValue, ConstantValue) => throw node.Refuse("multiplies two constants", "fold constants before exporting"),
        (AffineValue, AffineValue) => throw node.Refuse("multiplies two values that both depend on the inputs", "attention and other products of layers cannot run on a board, so train a dense network"),
        _ => throw Elementwise.NoNumbers(node),
    };
}
