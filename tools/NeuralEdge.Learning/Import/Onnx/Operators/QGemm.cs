using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>ONNX Runtime's dense layer of integers with scales: alpha * A' * B' + C, C in steps of all scales multiplied.</summary>
internal sealed class QGemm() : OnnxOperator("QGemm", RuntimeDomain)
{
    internal override Value Evaluate(NodeContext node)
    {
        bool transposed = node.Integer("transB", 0) != 0;
        Value a = LayerBuilder.ToLayer(node, QuantisedInputs.Real(node, 0, -2));
        Value b = QuantisedInputs.Real(node, 3, transposed ? 0 : 1);
        double alpha = node.Float("alpha", 1);
        Value product = MatMul.Product(node, Gemm.Transposed(node, a, node.Integer("transA", 0) != 0), Gemm.Transposed(node, b, transposed));
        product = Elementwise.Multiply(node, product, new ConstantValue([], [alpha]));
        if (node.Optional(6) is not null)
        {
            ConstantValue step = (ConstantValue)Elementwise.Multiply(node, node.Constant(4, "scale"), new ConstantValue([], [alpha * node.Constant(1, "scale").Data[0]]));
            product = Elementwise.Add(node, product, Elementwise.Multiply(node, node.Constant(6, "bias"), step), 1);
        }

        return node.Optional(7) is null ? product : QuantisedInputs.Integers(node, product, 7, -1);
    }
}
