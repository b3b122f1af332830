using NeuralEdge.Learning.Import.Folding;
using NeuralEdge.Learning.Import.TfLite.Nodes;

namespace NeuralEdge.Learning.Import.TfLite.Operators;

/// <summary>Averages over a window: options of padding, strides, its sizes, and a fused activation.</summary>
internal sealed class AveragePool2D() : TfLiteOperator(1, "AVERAGE_POOL_2D")
{
    internal override Value Evaluate(TfLiteNode node)
    {
        AffineValue x = (AffineValue)ChannelsFirst.Of(node, node.Affine(0));
        int[] kernel = [node.OptionInt(4), node.OptionInt(3)];
        if (kernel.Any(k => k is < 1 or > NetworkLimits.WidestLayer))
        {
            throw node.Refuse($"has a window of {TensorShape.Text(kernel)}", "export it again");
        }

        SlidingWindow window = ChannelsFirst.Window(node, x, kernel, stride: 1, dilation: null);
        return FusedActivation.Apply(node, ChannelsFirst.Back(node, Convolution.Averages(node, x, window, kernel[0] * kernel[1], countsPadding: false)), node.OptionByte(5));
    }
}
