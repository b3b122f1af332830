using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.Onnx.Nodes;

namespace NeuralEdge.Learning.Import.Onnx.Operators;

/// <summary>A convolution, written out as a dense layer where it is small enough.</summary>
internal sealed class Conv() : OnnxOperator("Conv")
{
    internal override Value Evaluate(NodeContext node)
    {
        double[]? bias = node.Optional(2) is null ? null : node.Constant(2, "bias").Data;
        return Of(node, node.Affine(0), node.Constant(1, "weights"), bias);
    }

    /// <summary>The convolution with the window that the node's attributes say.</summary>
    internal static AffineValue Of(NodeContext node, AffineValue x, ConstantValue kernel, double[]? bias)
    {
        if (kernel.Shape.Length < 3 || kernel.Shape.Length != x.Shape.Length)
        {
            throw node.Refuse($"convolves the shape {TensorShape.Text(x.Shape)} with {TensorShape.Text(kernel.Shape)}", "export one with one image at a time, channels first");
        }

        SlidingWindow window = Windows.Of(node, x, kernel.Shape[2..]);
        long groups = node.Integer("group", 1);
        int outputs = kernel.Shape[0];
        if (groups < 1 || groups > x.Shape[1] || kernel.Shape[1] * groups != x.Shape[1] || outputs % groups != 0 || outputs is 0 or > NetworkLimits.WidestLayer)
        {
            throw node.Refuse($"has a kernel {TensorShape.Text(kernel.Shape)} in {groups} groups for {x.Shape[1]} channels", "export it again");
        }

        return bias is null || bias.Length == outputs
            ? Convolution.Of(node, x, kernel, window, (int)groups, bias)
            : throw node.Refuse($"has {bias.Length} biases for {outputs} outputs", "export it again");
    }
}
