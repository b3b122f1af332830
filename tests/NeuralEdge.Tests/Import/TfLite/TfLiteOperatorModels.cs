using NeuralEdge.Learning.Import.Functions;

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
        ("MUL by a constant", Binary(18, 0.5), x => 0.5 * x),
        ("ADD of a constant", Binary(0, 0.25), x => x + 0.25),
        ("ADD of a constant with RELU", Binary(0, 0.25, 1), x => Math.Max(0, x + 0.25)),
        ("SUB of a constant", Binary(41, 0.25), x => x - 0.25),
        ("SUB from a constant", Binary(41, 0.25, first: true), x => 0.25 - x),
        ("DIV by a constant", Binary(42, 2), x => x / 2),
        ("MAXIMUM of a constant", Binary(55, 0), x => Math.Max(0, x)),
        ("MINIMUM of a constant", Binary(57, 1), x => Math.Min(1, x)),
        ("PRELU", Binary(54, 0.125), x => x < 0 ? 0.125 * x : x),
        ("ABS", One(101), Math.Abs),
        ("NEG", One(59), x => -x),
        ("RELU_0_TO_1", One(152), x => Math.Clamp(x, 0, 1)),
        ("HARD_SWISH", One(117), x => x * Math.Clamp((x / 6) + 0.5, 0, 1)),
        ("ELU", One(111), x => x < 0 ? Math.Exp(x) - 1 : x),
        ("NEG, EXP, ADD and DIV", SpelledSigmoid(), x => 1 / (1 + Math.Exp(-x))),
        ("GELU", One(150, new FlatFields { [0] = (byte)0 }), x => 0.5 * x * (1 + ErrorFunction.Evaluate(x / Math.Sqrt(2)))),
        ("GELU by tanh", One(150, new FlatFields { [0] = (byte)1 }), x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))))),
        ("LOGISTIC and MUL", Swish(), x => x / (1 + Math.Exp(-x))),
        ("EXPAND_DIMS, TRANSPOSE and MEAN", Averaged(), x => (1.5 * x) - 0.5),
        ("CONCATENATION", Joined(), x => Math.Tanh(x) + 0.5),
        ("CONV_2D", Convolved(3), x => 3 * x),
        ("DEPTHWISE_CONV_2D", Convolved(4), x => 3 * x),
        ("AVERAGE_POOL_2D", Convolved(1), x => x),
        ("ARG_MAX", Chosen(), x => x),
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

    private static byte[] Binary(int code, double constant, byte fused = 0, bool first = false)
    {
        TfLiteWriter w = new();
        int x = w.Tensor("x", TfLiteWriter.Float32, [1, 1]);
        int c = w.Floats("c", [1], [constant]);
        int y = w.Tensor("y", TfLiteWriter.Float32, [1, 1]);
        return w.Operator(code, first ? [c, x] : [x, c], y, new FlatFields { [0] = fused }).ToArray(x, y);
    }

    private static byte[] Swish()
    {
        TfLiteWriter w = new();
        int x = w.Tensor("x", TfLiteWriter.Float32, [1, 1]);
        int s = w.Tensor("s", TfLiteWriter.Float32, [1, 1]);
        int y = w.Tensor("y", TfLiteWriter.Float32, [1, 1]);
        return w.Operator(14, [x], s).Operator(18, [x, s], y, new FlatFields { [0] = (byte)0 }).ToArray(x, y);
    }

    private static byte[] SpelledSigmoid()
    {
        TfLiteWriter w = new();
        int x = w.Tensor("x", TfLiteWriter.Float32, [1, 1]);
        int one = w.Floats("one", [1], [1]);
        int n = w.Tensor("n", TfLiteWriter.Float32, [1, 1]);
        int e = w.Tensor("e", TfLiteWriter.Float32, [1, 1]);
        int p = w.Tensor("p", TfLiteWriter.Float32, [1, 1]);
        int y = w.Tensor("y", TfLiteWriter.Float32, [1, 1]);
        FlatFields plain = new() { [0] = (byte)0 };
        return w.Operator(59, [x], n).Operator(47, [n], e).Operator(0, [e, one], p, plain).Operator(42, [one, p], y, plain).ToArray(x, y);
    }

    private static byte[] Averaged()
    {
        TfLiteWriter w = new();
        int x = w.Tensor("x", TfLiteWriter.Float32, [1, 1]);
        int weight = w.Floats("w", [2, 1], [1, 2]);
        int bias = w.Floats("b", [2], [0, -1]);
        int h = w.Tensor("h", TfLiteWriter.Float32, [1, 2]);
        int axis = w.Tensor("axis", TfLiteWriter.Int32, [1], [.. BitConverter.GetBytes(1)]);
        int cube = w.Tensor("cube", TfLiteWriter.Float32, [1, 1, 2]);
        int order = w.Tensor("order", TfLiteWriter.Int32, [3], [.. new[] { 0, 2, 1 }.SelectMany(BitConverter.GetBytes)]);
        int turned = w.Tensor("turned", TfLiteWriter.Float32, [1, 2, 1]);
        int y = w.Tensor("y", TfLiteWriter.Float32, [1, 1]);
        return w.Operator(9, [x, weight, bias], h, []).Operator(70, [h, axis], cube).Operator(39, [cube, order], turned)
            .Operator(40, [turned, axis], y, new FlatFields { [0] = (byte)0 }).ToArray(x, y);
    }

    private static byte[] Joined()
    {
        TfLiteWriter w = new();
        int x = w.Tensor("x", TfLiteWriter.Float32, [1, 1]);
        int t = w.Tensor("t", TfLiteWriter.Float32, [1, 1]);
        int c = w.Floats("c", [1, 1], [0.5]);
        int both = w.Tensor("both", TfLiteWriter.Float32, [1, 2]);
        int ones = w.Floats("ones", [1, 2], [1, 1]);
        int y = w.Tensor("y", TfLiteWriter.Float32, [1, 1]);
        return w.Operator(28, [x], t).Operator(2, [t, c], both, new FlatFields { [0] = 1, [1] = (byte)0 }).Operator(9, [both, ones, -1], y, []).ToArray(x, y);
    }

    // A picture of one row and three samples that are all x, under a window of three ones, or their average.
    private static byte[] Convolved(int code)
    {
        TfLiteWriter w = new();
        int x = w.Tensor("x", TfLiteWriter.Float32, [1, 1]);
        int three = w.Floats("three", [3, 1], [1, 1, 1]);
        int h = w.Tensor("h", TfLiteWriter.Float32, [1, 3]);
        int to = w.Tensor("to", TfLiteWriter.Int32, [4], [.. new[] { 1, 1, 3, 1 }.SelectMany(BitConverter.GetBytes)]);
        int picture = w.Tensor("picture", TfLiteWriter.Float32, [1, 1, 3, 1]);
        int kernel = w.Floats("kernel", [1, 1, 3, 1], [1, 1, 1]);
        int bias = w.Floats("bias", [1], [0]);
        int y = w.Tensor("y", TfLiteWriter.Float32, [1, 1, 1, 1]);
        w.Operator(9, [x, three, -1], h, []).Operator(22, [h, to], picture);
        return code == 1
            ? w.Operator(1, [picture], y, new FlatFields { [0] = (byte)1, [1] = 1, [2] = 1, [3] = 3, [4] = 1, [5] = (byte)0 }).ToArray(x, y)
            : w.Operator(code, [picture, kernel, bias], y, code == 3
                ? new FlatFields { [0] = (byte)1, [1] = 1, [2] = 1, [3] = (byte)0 }
                : new FlatFields { [0] = (byte)1, [1] = 1, [2] = 1, [3] = 1, [4] = (byte)0 }).ToArray(x, y);
    }

    // The class of the larger of x and -x; the first score is x.
    private static byte[] Chosen()
    {
        TfLiteWriter w = new();
        int x = w.Tensor("x", TfLiteWriter.Float32, [1, 1]);
        int both = w.Floats("both", [2, 1], [1, -1]);
        int h = w.Tensor("h", TfLiteWriter.Float32, [1, 2]);
        int axis = w.Tensor("axis", TfLiteWriter.Int32, [1], [.. BitConverter.GetBytes(-1)]);
        int y = w.Tensor("y", 4, [1]);
        return w.Operator(9, [x, both, -1], h, []).Operator(56, [h, axis], y).ToArray(x, y);
    }
}
