using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>A product of integers with scales: that of the real numbers that they stand for.</summary>
internal sealed class QLinearMatMul() : OnnxOperator("QLinearMatMul")
{
    internal override Value Evaluate(NodeContext node)
    {
        Value a = LayerBuilder.ToLayer(node, QuantisedInputs.Real(node, 0, -2));
        Value b = LayerBuilder.ToLayer(node, QuantisedInputs.Real(node, 3, -1));
        return QuantisedInputs.Integers(node, MatMul.Product(node, a, b), 6, -1);
    }
}
