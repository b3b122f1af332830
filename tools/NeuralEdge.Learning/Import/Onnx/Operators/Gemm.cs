using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>alpha * A' * B' + beta * C, where A' and B' are A and B or their transposes.</summary>
internal sealed class Gemm() : OnnxOperator("Gemm")
{
    internal override Value Evaluate(NodeContext node)
    {
        Value a = Transposed(node, node.Numbers(0), node.Integer("transA", 0) != 0);
        Value b = Transposed(node, node.Numbers(1), node.Integer("transB", 0) != 0);
        double alpha = node.Float("alpha", 1);
        double beta = node.Float("beta", 1);
        AffineValue product = (a, b) switch
        {
            (AffineValue x, ConstantValue w) => MatrixProduct.Right(node, x, w),
            (ConstantValue w, AffineValue x) => MatrixProduct.Left(node, w, x),
            _ => throw node.Refuse("does not multiply the inputs with constant weights", "a dense layer has constant weights, so export a trained network"),
        };
        if (alpha != 1)
        {
            product = product.Map(node, (e, _) => e.Times(alpha));
        }

        if (node.Optional(2) is null || beta == 0)
        {
            return product;
        }

        ConstantValue bias = node.Constant(2, "bias");
        return Elementwise.Add(node, product, beta == 1 ? bias : bias.Map(node, n => n * beta), 1);
    }

    /// <summary>A matrix, or its transpose.</summary>
    internal static Value Transposed(NodeContext node, Value value, bool transpose)
    {
        if (value.Shape.Length != 2)
        {
            throw node.Refuse($"multiplies a tensor of the shape {TensorShape.Text(value.Shape)}, not a matrix", "export it again");
        }

        if (!transpose)
        {
            return value;
        }

        node.Budget.Cells(2L * value.Count);
        return value.Pick([value.Shape[1], value.Shape[0]], TensorShape.TransposeSources(value.Shape, [1, 0]));
    }
}
