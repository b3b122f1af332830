using static NeuralEdge.Tests.Import.Onnx.OnnxWriter;

namespace NeuralEdge.Tests.Import.Onnx.Forms;

/// <summary>Convolutions over a window of samples, written out as dense layers.</summary>
internal static class ConvolutionForms
{
    private const string Kind = "convolution over a window";

    internal static IReadOnlyList<Form> All() =>
    [
        new(Kind, "stride 2", Window(2, 8).Kernel(3, 2, 3).Node("Conv", "x k kb", "c", Attribute("strides", [2L])).Dense(3 * 3), 16),
        new(Kind, "padding", Window(2, 6).Kernel(3, 2, 3).Node("Conv", "x k kb", "c", Attribute("pads", [1L, 1L])).Dense(3 * 6), 12),
        new(Kind, "SAME_UPPER", Window(2, 7).Kernel(3, 2, 4).Node("Conv", "x k kb", "c", Attribute("auto_pad", "SAME_UPPER"), Attribute("strides", [2L])).Dense(3 * 4), 14),
        new(Kind, "SAME_LOWER", Window(1, 7).Kernel(2, 1, 4).Node("Conv", "x k kb", "c", Attribute("auto_pad", "SAME_LOWER"), Attribute("strides", [2L])).Dense(2 * 4), 7),
        new(Kind, "VALID and dilated", Window(1, 9).Kernel(2, 1, 3).Node("Conv", "x k kb", "c", Attribute("auto_pad", "VALID"), Attribute("dilations", [3L])).Dense(2 * 3), 9),
        new(Kind, "each channel by itself", Window(3, 5).Kernel(3, 1, 3).Node("Conv", "x k kb", "c", Attribute("group", 3L)).Dense(3 * 3), 15),
        new(Kind, "two convolutions", Window(2, 8).Kernel(3, 2, 3).Node("Conv", "x k kb", "c", Attribute("strides", [2L])).Node("Relu", "c", "r").Floats("k2", [2, 3, 2], Numbers(12)).Node("Conv", "r k2", "c2").Dense(2 * 2, "c2"), 16),
        new(Kind, "average pool after it", Window(2, 8).Kernel(2, 2, 3).Node("Conv", "x k kb", "cc").Node("Relu", "cc", "r").Node("AveragePool", "r", "p", Attribute("kernel_shape", [2L]), Attribute("strides", [2L])).Dense(2 * 3, "p", relu: false), 16),
        new(Kind, "average pool with padding that counts", Window(2, 6).Node("AveragePool", "x", "p", Attribute("kernel_shape", [3L]), Attribute("pads", [1L, 1L]), Attribute("count_include_pad", 1L)).Dense(2 * 6, "p"), 12),
        new(Kind, "average pool with padding that does not", Window(2, 6).Node("AveragePool", "x", "p", Attribute("kernel_shape", [3L]), Attribute("pads", [1L, 1L])).Dense(2 * 6, "p"), 12),
        new(Kind, "the average of each channel at the end", Window(2, 6).Kernel(3, 2, 3).Node("Conv", "x k kb", "cc").Node("Relu", "cc", "r").Node("GlobalAveragePool", "r", "p").Dense(3, "p", relu: false), 12),
        new(Kind, "samples first, transposed", new OnnxWriter().Input("x0", 1, 6, 2).Node("Transpose", "x0", "x", Attribute("perm", [0L, 2L, 1L])).Kernel(2, 2, 3).Node("Conv", "x k kb", "c").Dense(2 * 4), 12),
        new(Kind, "unsqueezed to a picture, as Keras does", new OnnxWriter().Input("x0", -1, 2, 6).Longs("axis", [1], 2).Node("Unsqueeze", "x0 axis", "x").Floats("k", [2, 2, 1, 3], Numbers(12)).Node("Conv", "x k", "cc")
            .Node("Squeeze", "cc axis", "c").Dense(2 * 4), 12),
        new(Kind, "two dimensions", new OnnxWriter().Input("x", -1, 1, 4, 4).Floats("k", [2, 1, 3, 3], Numbers(18)).Node("Conv", "x k", "c", Attribute("pads", [1L, 0L, 1L, 0L])).Dense(2 * 4 * 2), 16),
        new(Kind, "padded before", Window(1, 5).Longs("pads", [6], 0, 0, 1, 0, 0, 1).Node("Pad", "x pads", "xp").Kernel(2, 1, 3).Node("Conv", "xp k kb", "c").Dense(2 * 5), 5),
    ];

    private static OnnxWriter Window(long channels, long samples) => new OnnxWriter().Input("x", 1, channels, samples);

    private static OnnxWriter Kernel(this OnnxWriter writer, long outputs, long inputs, long size) =>
        writer.Floats("k", [outputs, inputs, size], Numbers((int)(outputs * inputs * size))).Floats("kb", [outputs], Numbers((int)outputs));

    private static byte[] Dense(this OnnxWriter writer, int width, string input = "c", bool relu = true)
    {
        string from = input;
        if (relu)
        {
            writer.Node("Relu", input, "rr");
            from = "rr";
        }

        return writer.Node("Flatten", from, "f").Floats("w", [2, width], Numbers(2 * width)).Floats("b", [2], Numbers(2))
            .Node("Gemm", "f w b", "y", Attribute("transB", 1L)).Output("y", -1, 2).ToArray();
    }

    private static double[] Numbers(int count) => OperatorModels.Random(700 + count, count, 1);
}
