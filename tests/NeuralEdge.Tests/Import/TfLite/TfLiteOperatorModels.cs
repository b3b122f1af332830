namespace NeuralEdge.Tests.Import.TfLite;

/// <summary>One small network for each operator of TensorFlow Lite, and what it computes.</summary>
internal static class TfLiteOperatorModels
{
    /// <summary>Networks of one input.</summary>
    internal static IReadOnlyList<(string Name, byte[] File, Func<double, double> Expected)> All() =>
    [
        ("TANH", One(28), Math.Tanh),
        ("LOGISTIC", One(14), x => 1 / (1 + Math.Exp(-x))),
        ("RELU", One(19), x => Math.Max(0, x)),
        ("RELU6", One(21), x => Math.Clamp(x, 0, 6)),
        ("RELU_N1_TO_1", One(20), x => Math.Clamp(x, -1, 1)),
        ("LEAKY_RELU", One(98, new FlatFields { [0] = 0.25f }), x => x < 0 ? 0.25 * x : x),
        ("SOFTMAX of one", One(25, new FlatFields { [0] = 1f }), _ => 1),
        ("FULLY_CONNECTED", Dense(0), x => (1.5 * x) - 0.5),
        ("FULLY_CONNECTED with RELU", Dense(1), x => Math.Max(0, (1.5 * x) - 0.5)),
        ("FULLY_CONNECTED with RELU_N1_TO_1", Dense(2), x => Math.Clamp((1.5 * x) - 0.5, -1, 1)),
        ("FULLY_CONNECTED with RELU6", Dense(3), x => Math.Clamp((1.5 * x) - 0.5, 0, 6)),
        ("FULLY_CONNECTED with TANH", Dense(4), x => Math.Tanh((1.5 * x) - 0.5)),
        ("RESHAPE and SQUEEZE", Reshaped(), Math.Tanh),
        ("QUANTIZE and DEQUANTIZE", Quantised(), Math.Tanh),
    ];

    private static byte[] One(int code, FlatFields? options = null)
    {
        TfLiteWriter w = new();
        int x = w.Tensor("x", TfLiteWriter.Float32, [1, 1]);
        int y = w.Tensor("y", TfLiteWriter.Float32, [1, 1]);
        return w.Operator(code, [x], y, options).ToArray(x, y);
    }

    private static byte[] Dense(byte activation)
    {
        TfLiteWriter w = new();
        int x = w.Tensor("x", TfLiteWriter.Float32, [1, 1]);
        int weight = w.Floats("w", [1, 1], [1.5]);
        int bias = w.Floats("b", [1], [-0.5]);
        int y = w.Tensor("y", TfLiteWriter.Float32, [1, 1]);
        return w.Operator(9, [x, weight, bias], y, new FlatFields { [0] = activation }).ToArray(x, y);
    }

    private static byte[] Reshaped()
    {
        TfLiteWriter w = new();
        int x = w.Tensor("x", TfLiteWriter.Float32, [1, 1]);
        int shape = w.Tensor("to", TfLiteWriter.Int32, [3], [.. new[] { 1, 1, 1 }.SelectMany(BitConverter.GetBytes)]);
        int cube = w.Tensor("cube", TfLiteWriter.Float32, [1, 1, 1]);
        int flat = w.Tensor("flat", TfLiteWriter.Float32, [1]);
        int y = w.Tensor("y", TfLiteWriter.Float32, [1]);
        return w.Operator(22, [x, shape], cube).Operator(43, [cube], flat).Operator(28, [flat], y).ToArray(x, y);
    }

    private static byte[] Quantised()
    {
        TfLiteWriter w = new();
        int x = w.Tensor("x", TfLiteWriter.Float32, [1, 1]);
        int q = w.Tensor("q", TfLiteWriter.Int8, [1, 1], null, [0.0625f], [0]);
        int t = w.Tensor("t", TfLiteWriter.Int8, [1, 1], null, [0.0078125f], [0]);
        int y = w.Tensor("y", TfLiteWriter.Float32, [1, 1]);
        return w.Operator(114, [x], q).Operator(28, [q], t).Operator(6, [t], y).ToArray(x, y);
    }
}
