using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>A convolution, written out as a dense layer where it is small enough: kernel [outputs, height, width, inputs], options of padding, strides, a fused activation and dilations.</summary>
internal sealed class Conv2D() : TfLiteOperator(3, "CONV_2D")
{
    internal override Value Evaluate(TfLiteNode node)
    {
        ConstantValue stored = node.Constant(1, "weights");
        if (stored.Shape.Length != 4)
        {
            throw node.Refuse($"has weights of the shape {TensorShape.Text(stored.Shape)}", "export it again");
        }

        int outputs = stored.Shape[0];
        ConstantValue kernel = (ConstantValue)ChannelsFirst.Of(node, stored);
        AffineValue x = (AffineValue)ChannelsFirst.Of(node, node.Affine(0));
        if (x.Shape[1] != kernel.Shape[1] || outputs is 0 or > NetworkLimits.WidestLayer)
        {
            throw node.Refuse($"convolves {x.Shape[1]} channels with weights of the shape {TensorShape.Text(stored.Shape)}", "export it again");
        }

        SlidingWindow window = ChannelsFirst.Window(node, x, kernel.Shape[2..], stride: 1, dilation: 4);
        double[]? bias = node.Inputs.Length > 2 && node.Inputs[2] != -1 ? FullyConnected.Bias(node, outputs) : null;
        return FusedActivation.Apply(node, ChannelsFirst.Back(node, Convolution.Of(node, x, kernel, window, 1, bias)), node.OptionByte(3));
    }
}
