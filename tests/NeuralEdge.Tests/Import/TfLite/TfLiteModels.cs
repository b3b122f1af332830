using NeuralEdge.Tests.Import.Onnx;

namespace NeuralEdge.Tests.Import.TfLite;

/// <summary>The flower network as TensorFlow Lite's converter writes it.</summary>
internal static class TfLiteModels
{
    /// <summary>All in float, with a reshape before it.</summary>
    internal static byte[] Float()
    {
        FlowerNetwork n = FlowerNetwork.Instance;
        TfLiteWriter w = new();
        int x = w.Tensor("x", TfLiteWriter.Float32, [1, 2, 2]);
        int shape = w.Tensor("to", TfLiteWriter.Int32, [2], [.. new[] { -1, 4 }.SelectMany(BitConverter.GetBytes)]);
        int flat = w.Tensor("flat", TfLiteWriter.Float32, [1, 4]);
        int w1 = w.Floats("w1", [16, 4], n.Weights1);
        int b1 = w.Floats("b1", [16], n.Bias1);
        int h = w.Tensor("hidden", TfLiteWriter.Float32, [1, 16]);
        int w2 = w.Floats("w2", [3, 16], n.Weights2);
        int b2 = w.Floats("b2", [3], n.Bias2);
        int z = w.Tensor("logits", TfLiteWriter.Float32, [1, 3]);
        int y = w.Tensor("y", TfLiteWriter.Float32, [1, 3]);
        return w.Operator(22, [x, shape], flat)
            .Operator(9, [flat, w1, b1], h, new FlatFields { [0] = (byte)4 })
            .Operator(9, [h, w2, b2], z, new FlatFields { [0] = (byte)0 })
            .Operator(25, [z], y, new FlatFields { [0] = 1f })
            .ToArray(x, y);
    }

    /// <summary>
    /// Two dense layers in 8 bits (signed, with a scale for each channel; or unsigned, with a zero point), a float
    /// input quantised and a float output dequantised. Also what the file means, as real weights and biases.
    /// </summary>
    internal static (byte[] File, double[][] Weights1, double[] Bias1, double[][] Weights2, double[] Bias2) EightBit(bool withZeroPoint)
    {
        FlowerNetwork n = FlowerNetwork.Instance;
        byte type = withZeroPoint ? TfLiteWriter.UInt8 : TfLiteWriter.Int8;
        long zero = withZeroPoint ? 128 : 0;
        TfLiteWriter w = new();
        int x = w.Tensor("x", TfLiteWriter.Float32, [1, 4]);
        float inputScale = 0.03125f;
        int xq = w.Tensor("xq", type, [1, 4], null, [inputScale], [withZeroPoint ? 0 : -128]);
        (int w1, float[] s1, double[][] real1) = Weights(w, "w1", n.Model.Network.Layers[0].Weights, type, zero, perChannel: !withZeroPoint);
        (int b1, double[] bias1) = Bias(w, "b1", n.Bias1, inputScale, s1);
        int z1 = w.Tensor("z1", type, [1, 16], null, [0.1f], [zero]);
        float hiddenScale = 1f / 128;
        int h = w.Tensor("h", type, [1, 16], null, [hiddenScale], [zero]);
        (int w2, float[] s2, double[][] real2) = Weights(w, "w2", n.Model.Network.Layers[1].Weights, type, zero, perChannel: !withZeroPoint);
        (int b2, double[] bias2) = Bias(w, "b2", n.Bias2, hiddenScale, s2);
        int z2 = w.Tensor("z2", type, [1, 3], null, [0.2f], [zero]);
        int y = w.Tensor("y", TfLiteWriter.Float32, [1, 3]);
        byte[] file = w.Operator(114, [x], xq)
            .Operator(9, [xq, w1, b1], z1, [])
            .Operator(28, [z1], h)
            .Operator(9, [h, w2, b2], z2, [])
            .Operator(6, [z2], y)
            .ToArray(x, y);
        return (file, real1, bias1, real2, bias2);
    }

    private static (int Tensor, float[] Scales, double[][] Real) Weights(TfLiteWriter w, string name, double[][] rows, byte type, long zero, bool perChannel)
    {
        double all = rows.Max(r => r.Max(Math.Abs));
        float[] scales = perChannel ? [.. rows.Select(r => (float)(r.Max(Math.Abs) / 127))] : [(float)(all / 127)];
        int[][] integers = [.. rows.Select((r, k) => Array.ConvertAll(r, v => (int)Math.Round(v / scales[perChannel ? k : 0])))];
        double[][] real = [.. integers.Select((r, k) => Array.ConvertAll(r, q => (double)scales[perChannel ? k : 0] * q))];
        byte[] content = [.. integers.SelectMany(r => r.Select(q => unchecked((byte)(q + zero))))];
        int tensor = w.Tensor(name, type, [rows.Length, rows[0].Length], content, scales, [.. scales.Select(_ => zero)]);
        return (tensor, scales, real);
    }

    private static (int Tensor, double[] Real) Bias(TfLiteWriter w, string name, double[] bias, float inputScale, float[] scales)
    {
        double[] steps = [.. bias.Select((_, k) => (double)inputScale * scales[scales.Length == 1 ? 0 : k])];
        int[] integers = [.. bias.Select((b, k) => (int)Math.Round(b / steps[k]))];
        int tensor = w.Tensor(name, TfLiteWriter.Int32, [bias.Length], [.. integers.SelectMany(BitConverter.GetBytes)], [.. steps.Select(s => (float)s).Take(scales.Length)]);
        return (tensor, [.. integers.Select((q, k) => q * steps[k])]);
    }
}
