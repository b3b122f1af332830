using NeuralEdge.Conversion.FloatModels;
using static NeuralEdge.Tests.Import.Onnx.OnnxWriter;

namespace NeuralEdge.Tests.Import.Onnx;

/// <summary>Small networks of random weights, one for each operator or form that the flowers do not have. Output "y", three inputs.</summary>
internal static class OperatorModels
{
    internal static IReadOnlyList<(string Name, byte[] File)> All() =>
    [
        ("Sigmoid", Activated("Sigmoid")),
        ("Relu", Activated("Relu")),
        ("LeakyRelu", Activated("LeakyRelu", Attribute("alpha", 0.125f))),
        ("LeakyRelu by default", Activated("LeakyRelu")),
        ("linear", Hidden(1).Node("Identity", "h", "a").Last()),
        ("Clip 0..6 as attributes", Hidden(2, opset: 9).Node("Clip", "h", "a", Attribute("min", 0f), Attribute("max", 6f)).Last()),
        ("Clip 0..6 as inputs", Hidden(3).Floats("lo", [], [0]).Floats("hi", [], [6]).Node("Clip", "h lo hi", "a").Last()),
        ("Clip -1..1", Hidden(4).Floats("lo", [], [-1]).Floats("hi", [], [1]).Node("Clip", "h lo hi", "a").Last()),
        ("Clip from below", Hidden(5).Floats("lo", [], [-0.5]).Node("Clip", "h lo", "a").Last()),
        ("Clip from above", Hidden(6).Floats("hi", [], [0.25]).Node("Clip", "h - hi", "a").Last()),
        ("Max with 0", Hidden(7).Floats("nought", [1], [0]).Node("Max", "h nought", "a").Last()),
        ("Add of two branches of one layer", Hidden(8).Node("Tanh", "h", "t").Node("Neg", "t", "n").Floats("two", [1], [2])
            .Node("Mul", "t two", "d").Node("Add", "d n", "a").Last()),
        ("Sum of three branches of one layer", Hidden(28).Node("Sigmoid", "h", "s").Node("Neg", "s", "n").Node("Sum", "s n s", "a").Last()),
        ("a factor by Sqrt and Reciprocal of constants", Hidden(29).Floats("four", [1], [4]).Node("Sqrt", "four", "two").Node("Reciprocal", "two", "half")
            .Node("Mul", "h half", "m").Node("Tanh", "m", "a").Last()),
        ("constant minus value", Hidden(9).Node("Sigmoid", "h", "s").Floats("one", [1], [1]).Node("Sub", "one s", "a").Last()),
        ("BatchNormalization after the activation", Hidden(10).Node("Relu", "h", "r")
            .Floats("g", [5], Random(11, 5, 2)).Floats("b", [5], Random(12, 5, 1)).Floats("m", [5], Random(13, 5, 1)).Floats("v", [5], [0.5, 1, 2, 0.25, 3])
            .Node("BatchNormalization", "r g b m v", "a").Last()),
        ("BatchNormalization before the layer", Start("x0").Floats("g", [3], [1.5, 2, -1]).Floats("bb", [3], [0.5, 0, 1]).Floats("m", [3], [1, -1, 0.5]).Floats("v", [3], [1, 2, 0.5])
            .Node("BatchNormalization", "x0 g bb m v", "x").Layer(14).Node("Tanh", "h", "a").Last()),
        ("standardised by Sub and Div", Start("x0").Floats("m", [3], [1, -1, 0.5]).Floats("s", [3], [2, 0.75, 1.5])
            .Node("Sub", "x0 m", "c").Node("Div", "c s", "x").Layer(15).Node("Tanh", "h", "a").Last()),
        ("ai.onnx.ml Scaler", Start("x0").Opset("ai.onnx.ml", 1)
            .NodeOf("ai.onnx.ml", "Scaler", "x0", "x", Attribute("offset", [1f, -1f, 0.5f]), Attribute("scale", [0.5f, 1.25f, 0.7f])).Layer(16).Node("Tanh", "h", "a").Last()),
        ("a bottleneck of linear layers", Hidden(17).Floats("n", [5, 1], Random(18, 5, 1)).Node("MatMul", "h n", "one")
            .Floats("w", [1, 5], Random(19, 5, 1)).Node("MatMul", "one w", "wide").Node("Tanh", "wide", "a").Last()),
        ("scikit-learn's two classes out of one", Hidden(20).Node("Tanh", "h", "t").Floats("n", [5, 1], Random(21, 5, 1)).Node("MatMul", "t n", "z").Node("Sigmoid", "z", "p")
            .Floats("one", [1], [1]).Node("Sub", "one p", "q").Node("Concat", "q p", "y", Attribute("axis", 1L)).Output("y", -1, 2).ToArray()),
        ("Conv in groups", Start("x").Longs("to", [3], 1, 3, 1).Node("Reshape", "x to", "r").Floats("k", [6, 1, 1], Random(22, 6, 1)).Floats("kb", [6], Random(23, 6, 1))
            .Node("Conv", "r k kb", "c", Attribute("group", 3L)).Node("Tanh", "c", "t").Node("Flatten", "t", "f").Floats("w", [6, 2], Random(24, 12, 1)).Node("MatMul", "f w", "y").Output("y", -1, 2).ToArray()),
        ("Conv with padding on one position", Start("x").Longs("to", [3], 1, 3, 1).Node("Reshape", "x to", "r").Floats("k", [4, 3, 3], Random(25, 36, 1))
            .Node("Conv", "r k", "c", Attribute("pads", [1L, 1L])).Node("Relu", "c", "t").Node("Flatten", "t", "f").Floats("w", [4, 2], Random(26, 8, 1)).Node("MatMul", "f w", "y").Output("y", -1, 2).ToArray()),
        ("columns chosen by Gather", Start("x0").Longs("which", [2], 2, 0).Node("Gather", "x0 which", "g", Attribute("axis", 1L))
            .Floats("w", [2, 3], Random(27, 6, 1)).Node("MatMul", "g w", "m").Node("Tanh", "m", "y").Output("y", -1, 3).ToArray()),
        ("LinearRegressor", Start("x").Opset("ai.onnx.ml", 1).NodeOf("ai.onnx.ml", "LinearRegressor", "x", "y",
            Attribute("coefficients", [0.5f, -1f, 2f, 0.25f, 0f, 1f]), Attribute("intercepts", [1f, -0.5f]), Attribute("targets", 2L)).Output("y", -1, 2).ToArray()),
    ];

    /// <summary>Random numbers that a float holds.</summary>
    internal static double[] Random(int seed, int count, double size)
    {
        PortableRandom random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (double)(float)(((2 * random.NextDouble()) - 1) * size))];
    }

    internal static OnnxWriter Start(string input, long opset = 13) => new OnnxWriter(opset).Input(input, -1, 3);

    internal static OnnxWriter Layer(this OnnxWriter writer, int seed) => writer
        .Floats("w1", [5, 3], Random(100 + seed, 15, 1.5)).Floats("b1", [5], Random(200 + seed, 5, 1))
        .Node("Gemm", "x w1 b1", "h", Attribute("transB", 1L));

    /// <summary>A hidden layer's sums "h" of three inputs "x".</summary>
    internal static OnnxWriter Hidden(int seed, long opset = 13) => Start("x", opset).Layer(seed);

    private static byte[] Activated(string operation, params ProtoWriter[] attributes) =>
        Hidden(operation.Length).Node(operation, "h", "a", attributes).Last();

    /// <summary>Two outputs "y" of five activations "a".</summary>
    internal static byte[] Last(this OnnxWriter writer) => writer
        .Floats("w2", [5, 2], Random(300, 10, 1)).Floats("b2", [2], Random(301, 2, 1))
        .Node("MatMul", "a w2", "product2").Node("Add", "product2 b2", "y").Output("y", -1, 2).ToArray();
}
