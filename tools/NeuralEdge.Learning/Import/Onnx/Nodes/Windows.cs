using NeuralEdge.Learning.Import.Folding;

namespace NeuralEdge.Learning.Import.Onnx.Nodes;

/// <summary>The attributes that convolutions and pools have in common.</summary>
internal static class Windows
{
    /// <summary>The window of a node over an input [1, channels, sizes...].</summary>
    internal static SlidingWindow Of(NodeContext node, AffineValue x, int[] kernel)
    {
        if (x.Shape.Length < 3 || x.Shape[0] != 1 || kernel.Length != x.Shape.Length - 2)
        {
            throw node.Refuse($"moves a window of {TensorShape.Text(kernel)} over the shape {TensorShape.Text(x.Shape)}", "export one with one image at a time, channels first");
        }

        int[] input = x.Shape[2..];
        long[] strides = Sizes(node, "strides", input.Length, 1);
        long[] dilations = Sizes(node, "dilations", input.Length, 1);
        string auto = node.Text("auto_pad", "NOTSET");
        (long[] before, long[] after) = auto switch
        {
            "SAME_UPPER" or "SAME_LOWER" => SlidingWindow.Same(input, kernel, strides, dilations, auto == "SAME_UPPER"),
            "VALID" => (new long[input.Length], new long[input.Length]),
            "NOTSET" or "" => Explicit(Sizes(node, "pads", 2 * input.Length, 0)),
            _ => throw node.Refuse("pads in a way that is not known", "export it with explicit pads"),
        };
        SlidingWindow window = new(input, kernel, strides, dilations, before, after);
        return window.IsSound && node.Integer("ceil_mode", 0) == 0
            ? window
            : throw node.Refuse($"has a window of {TensorShape.Text(kernel)} on an input of {TensorShape.Text(input)} that does not fit, or rounds up the number of its positions", "export it again");
    }

    private static (long[] Before, long[] After) Explicit(long[] pads) => (pads[..(pads.Length / 2)], pads[(pads.Length / 2)..]);

    private static long[] Sizes(NodeContext node, string name, int count, long otherwise)
    {
        long[] sizes = node.Integers(name, int.MaxValue, name) ?? [.. Enumerable.Repeat(otherwise, count)];
        return sizes.Length == count && sizes.All(s => s is >= 0 and <= TensorShape.MostElements)
            ? sizes
            : throw node.Refuse($"has impossible {name}", "export it again");
    }
}
