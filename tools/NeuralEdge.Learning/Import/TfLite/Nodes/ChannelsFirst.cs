using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.TfLite.Nodes;

/// <summary>TensorFlow Lite has the channels of a picture last; convolutions are written out with the channels first.</summary>
internal static class ChannelsFirst
{
    /// <summary>[n, height, width, channels] as [n, channels, height, width].</summary>
    internal static Value Of(TfLiteNode node, Value x) => Ordered(node, x, [0, 3, 1, 2]);

    /// <summary>[n, channels, height, width] as [n, height, width, channels].</summary>
    internal static Value Back(TfLiteNode node, Value x) => Ordered(node, x, [0, 2, 3, 1]);

    /// <summary>The window of an operator whose options begin with the padding.</summary>
    /// <param name="node">The operator.</param>
    /// <param name="x">[1, channels, height, width].</param>
    /// <param name="kernel">Height and width.</param>
    /// <param name="stride">The option with the horizontal stride; the vertical one is next.</param>
    /// <param name="dilation">The option with the horizontal dilation; the vertical one is next. Null: there is none.</param>
    internal static SlidingWindow Window(TfLiteNode node, AffineValue x, int[] kernel, int stride, int? dilation)
    {
        long[] strides = [node.OptionInt(stride + 1), node.OptionInt(stride)];
        long[] dilations = dilation is int at ? [Math.Max(1, node.OptionInt(at + 1)), Math.Max(1, node.OptionInt(at))] : [1, 1];
        int[] input = x.Shape[2..];
        (long[] before, long[] after) = node.OptionByte(0) == 0 ? SlidingWindow.Same(input, kernel, strides, dilations, oddAfter: true) : (new long[2], new long[2]);
        SlidingWindow window = new(input, kernel, strides, dilations, before, after);
        return window.IsSound && x.Shape[0] == 1
            ? window
            : throw node.Refuse($"moves a window of {TensorShape.Text(kernel)} over the shape {TensorShape.Text(x.Shape)}, which does not fit", "export it for one row at a time");
    }

    private static Value Ordered(TfLiteNode node, Value x, int[] order)
    {
        if (x.Shape.Length != 4)
        {
            throw node.Refuse($"takes the shape {TensorShape.Text(x.Shape)}, which is no picture", "export it again");
        }

        node.Budget.Cells(2L * x.Count);
        return x.Pick(Array.ConvertAll(order, d => x.Shape[d]), TensorShape.TransposeSources(x.Shape, order));
    }
}
