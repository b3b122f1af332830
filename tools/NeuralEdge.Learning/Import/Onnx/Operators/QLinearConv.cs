using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>A convolution of integers with scales: that of the real numbers that they stand for.</summary>
internal sealed class QLinearConv() : OnnxOperator("QLinearConv")
{
    internal override Value Evaluate(NodeContext node)
    {
        if (LayerBuilder.ToLayer(node, QuantisedInputs.Real(node, 0, 1)) is not AffineValue x || QuantisedInputs.Real(node, 3, 0) is not ConstantValue kernel)
        {
            throw node.Refuse("does not convolve the inputs with constant weights", "export a trained network");
        }

        // The bias counts in steps of both scales multiplied.
        double[] steps = node.Constant(4, "scale").Data;
        double[]? bias = node.Optional(8) is null ? null
            : [.. node.Constant(8, "bias").Data.Select((b, k) => b * node.Constant(1, "scale").Data[0] * steps[steps.Length == 1 ? 0 : k % steps.Length])];
        return QuantisedInputs.Integers(node, Conv.Of(node, x, kernel, bias), 6, 1);
    }
}
