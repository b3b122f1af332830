using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>(A - zero of A) * (B - zero of B), in integers that a scale follows later.</summary>
internal sealed class MatMulInteger() : OnnxOperator("MatMulInteger")
{
    internal override Value Evaluate(NodeContext node)
    {
        Value a = node.Input(0);
        ConstantValue weights = node.Constant(1, "weights");
        ConstantValue zero = QuantisedInputs.Along(node, 3, "zero point", weights.Shape, weights.Shape.Length - 1, 0);
        Value w = Elementwise.Add(node, weights, zero, -1);
        return a is RowScaled scaled && node.Optional(2) is RowZero own && own.Step == scaled.Step
            ? new RowScaled((AffineValue)MatMul.Product(node, scaled.Real, w), scaled.Step)
            : MatMul.Product(node, LayerBuilder.ToLayer(node, Elementwise.Add(node, a, QuantisedInputs.Along(node, 2, "zero point", a.Shape, a.Shape.Length - 2, 0), -1)), w);
    }
}
