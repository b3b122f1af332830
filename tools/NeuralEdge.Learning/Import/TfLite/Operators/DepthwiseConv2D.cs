using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>A convolution of each channel by itself: kernel [1, height, width, outputs], options of padding, strides, outputs for each channel, a fused activation and dilations.</summary>
internal sealed class DepthwiseConv2D() : TfLiteOperator(4, "DEPTHWISE_CONV_2D")
{
    internal override Value Evaluate(TfLiteNode node)
    {
        ConstantValue stored = node.Constant(1, "weights");
        AffineValue x = (AffineValue)ChannelsFirst.Of(node, node.Affine(0));
        int channels = x.Shape[1];
        if (stored.Shape.Length != 4 || stored.Shape[0] != 1 || channels == 0 || stored.Shape[3] % channels != 0 || stored.Shape[3] is 0 or > NetworkLimits.WidestLayer)
        {
            throw node.Refuse($"convolves {channels} channels with weights of the shape {TensorShape.Text(stored.Shape)}", "export it again");
        }

        // [1, h, w, outputs] is [outputs, 1, h, w] of one channel for each group.
        int outputs = stored.Shape[3];
        ConstantValue kernel = (ConstantValue)ChannelsFirst.Of(node, stored).Reshaped([outputs, 1, stored.Shape[1], stored.Shape[2]]);
        SlidingWindow window = ChannelsFirst.Window(node, x, kernel.Shape[2..], stride: 1, dilation: 5);
        double[]? bias = node.Inputs.Length > 2 && node.Inputs[2] != -1 ? FullyConnected.Bias(node, outputs) : null;
        return FusedActivation.Apply(node, ChannelsFirst.Back(node, Convolution.Of(node, x, kernel, window, channels, bias)), node.OptionByte(4));
    }
}
