using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>Averages over a window, which the next layer's weights take in.</summary>
internal sealed class AveragePool() : OnnxOperator("AveragePool")
{
    internal override Value Evaluate(NodeContext node)
    {
        AffineValue x = node.Affine(0);
        int[] kernel = node.CheckedShape(node.Integers("kernel_shape", int.MaxValue, "kernel_shape") ?? throw node.Refuse("has no kernel_shape", "export it again"));
        return Convolution.Averages(node, x, Windows.Of(node, x, kernel), TensorShape.Count(kernel), node.Integer("count_include_pad", 0) != 0);
    }
}
