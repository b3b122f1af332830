using static NeuralEdge.Tests.Import.Onnx.OnnxWriter;

namespace NeuralEdge.Tests.Import.Onnx.Forms;

/// <summary>Quantised graphs; OnnxRuntime rounds where they say, and the real network does not.</summary>
internal static class QuantisedForms
{
    private const string Kind = "quantised";

    /// <summary>Steps of the inputs, of the hidden values and of the weights, as they add up in an output.</summary>
    private const double Rounding = 0.35;

    // Up to 64: without VNNI an x64 adds two products of bytes in 16 bits, and OnnxRuntime's answer is wrong where they do not fit.
    private static readonly int[] Weights = [45, -60, 17, 64, -32, 3, -44, 35, 7, -64, 50, 22, -5, 30, -38];

    internal static IReadOnlyList<Form> All() =>
    [
        new(Kind, "weights only, one scale", Start().Integers("q", 3, [3, 5], Weights).Scale("s").Node("DequantizeLinear", "q s", "w").Node("MatMul", "x w", "h").Node("Relu", "h", "a").Last()),
        new(Kind, "weights only, a scale and a zero point for each channel", Start().Integers("q", 3, [5, 3], Weights).Floats("s", [5], [0.01, 0.02, 0.005, 0.01, 0.03]).Integers("z", 3, [5], 1, 0, -2, 5, 0)
            .Node("DequantizeLinear", "q s z", "w", Attribute("axis", 0L)).Floats("b", [5], [1, 0, -1, 0.5, 0]).Node("Gemm", "x w b", "h", Attribute("transB", 1L)).Node("Relu", "h", "a").Last()),
        new(Kind, "weights only, channels in the second dimension", Start().Integers("q", 2, [3, 5], [.. Weights.Select(w => w + 128)]).Floats("s", [5], [0.01, 0.02, 0.005, 0.01, 0.03]).Integers("z", 2, [5], 128, 128, 128, 128, 128)
            .Node("DequantizeLinear", "q s z", "w").Node("MatMul", "x w", "h").Node("Relu", "h", "a").Last()),
        new(Kind, "weights quantised and dequantised in the graph", Start().Floats("w0", [3, 5], [.. Weights.Select(w => w / 38.8)]).Scale("s").Integers("z", 3, [], 0).Node("QuantizeLinear", "w0 s z", "q").Node("DequantizeLinear", "q s z", "w")
            .Node("MatMul", "x w", "h").Node("Relu", "h", "a").Last()),
        new(Kind, "the bias in 32 bits", Start().Integers("q", 3, [3, 5], Weights).Scale("s").Node("DequantizeLinear", "q s", "w").Integers("bq", 6, [5], 1000, -2000, 300, 0, 50).Floats("bs", [], [0.0002]).Node("DequantizeLinear", "bq bs", "b")
            .Node("MatMul", "x w", "m").Node("Add", "m b", "h").Node("Relu", "h", "a").Last()),
        new(Kind, "QDQ around every layer", Input().Integers("q", 3, [3, 5], Weights).Scale("s").Node("DequantizeLinear", "q s", "w").Node("MatMul", "xd w", "h").Node("Relu", "h", "r").Hidden("r", 0.05, 0).Last(), Tolerance: Rounding),
        new(Kind, "QDQ with the ReLU in the ends of the integers", Input().Integers("q", 3, [3, 5], Weights).Scale("s").Node("DequantizeLinear", "q s", "w").Node("MatMul", "xd w", "h").Hidden("h", 0.05, 0).Last(), Tolerance: Rounding),
        new(Kind, "QDQ with a ReLU6 in the ends", Input().Integers("q", 3, [3, 5], Weights).Scale("s").Node("DequantizeLinear", "q s", "w").Node("MatMul", "xd w", "h").Hidden("h", 6 / 255.0, 0).Last(), Tolerance: Rounding),
        new(Kind, "QDQ that is met at its upper end", Input().Integers("q", 3, [3, 5], Weights).Scale("s").Node("DequantizeLinear", "q s", "w").Node("MatMul", "xd w", "h").Hidden("h", 0.01, 0).Last(), Tolerance: Rounding),
        new(Kind, "signed integers between a sum and its ReLU", Input().Integers("q", 3, [3, 5], Weights).Scale("s").Node("DequantizeLinear", "q s", "w").Node("MatMul", "xd w", "h").Floats("hs", [], [0.02]).Integers("hz", 3, [], 0)
            .Node("QuantizeLinear", "h hs hz", "hq").Node("DequantizeLinear", "hq hs hz", "hd").Node("Relu", "hd", "a").Last(), Tolerance: Rounding),
        new(Kind, "QLinearMatMul", Input().Integers("q", 3, [3, 5], Weights).Scale("s").Integers("z", 3, [], 0).Floats("hs", [], [0.05]).Integers("hz", 2, [], 0)
            .Node("QLinearMatMul", "xq xs xz q s z hs hz", "hq").Node("DequantizeLinear", "hq hs hz", "a").Last(), Tolerance: Rounding),
        new(Kind, "QLinearMatMul with a scale for each column", Input().Integers("q", 3, [3, 5], Weights).Floats("s", [5], [0.01, 0.02, 0.005, 0.01, 0.01]).Integers("z", 3, [5], 0, 0, 0, 0, 0).Floats("hs", [], [0.05]).Integers("hz", 2, [], 100)
            .Node("QLinearMatMul", "xq xs xz q s z hs hz", "hq").Node("DequantizeLinear", "hq hs hz", "h").Node("Tanh", "h", "a").Last(), Tolerance: Rounding),
        new(Kind, "MatMulInteger", Input().Integers("q", 3, [3, 5], Weights).Scale("s").Node("MatMulInteger", "xq q xz", "i").Node("Cast", "i", "f", Attribute("to", 1L)).Node("Mul", "xs s", "both").Node("Mul", "f both", "h").Node("Relu", "h", "a").Last(), Tolerance: Rounding),
        new(Kind, "MatMulInteger of unsigned weights", Input().Integers("q", 2, [3, 5], [.. Weights.Select(w => w + 128)]).Integers("z", 2, [], 128).Scale("s").Node("MatMulInteger", "xq q xz z", "i").Node("Cast", "i", "f", Attribute("to", 1L))
            .Node("Mul", "xs s", "both").Node("Mul", "f both", "h").Node("Relu", "h", "a").Last(), Tolerance: Rounding),
        new(Kind, "dynamic quantisation", Start().Node("DynamicQuantizeLinear", "x", "xq xs xz").Integers("q", 3, [3, 5], Weights).Integers("z", 3, [], 0).Scale("s").Node("MatMulInteger", "xq q xz z", "i").Node("Cast", "i", "f", Attribute("to", 1L))
            .Node("Mul", "xs s", "both").Node("Mul", "f both", "m").Floats("b", [5], [1, 0, -1, 0.5, 0]).Node("Add", "m b", "h").Node("Relu", "h", "a").Last(), Tolerance: Rounding),
        new(Kind, "dynamic quantisation, a scale for each column, factors one by one", Start().Node("DynamicQuantizeLinear", "x", "xq xs xz").Integers("q", 3, [3, 5], Weights).Integers("z", 3, [5], 0, 0, 0, 0, 0).Floats("s", [5], [0.01, 0.02, 0.005, 0.01, 0.01])
            .Node("MatMulInteger", "xq q xz z", "i").Node("Cast", "i", "f", Attribute("to", 1L)).Node("Mul", "f s", "fs").Node("Mul", "fs xs", "h").Node("Relu", "h", "a").Last(), Tolerance: Rounding),
        new(Kind, "QGemm with its bias", Input().Opset("com.microsoft", 1).Integers("q", 3, [5, 3], Weights).Scale("s").Integers("z", 3, [], 0).Integers("b", 6, [5], 1000, -2000, 300, 0, 50).Floats("hs", [], [0.05]).Integers("hz", 2, [], 0)
            .NodeOf("com.microsoft", "QGemm", "xq xs xz q s z b hs hz", "hq", Attribute("transB", 1L)).Node("DequantizeLinear", "hq hs hz", "a").Last(), Tolerance: Rounding),
        new(Kind, "QGemm to float", Input().Opset("com.microsoft", 1).Integers("q", 3, [3, 5], Weights).Scale("s").Integers("z", 3, [], 0)
            .NodeOf("com.microsoft", "QGemm", "xq xs xz q s z", "h", Attribute("alpha", 0.5f)).Node("Relu", "h", "a").Last(), Tolerance: Rounding),
        new(Kind, "QLinearConv", Input().Longs("to", [3], 1, 1, 3).Node("Reshape", "xq to", "r").Integers("q", 3, [5, 1, 3], Weights).Scale("s").Integers("z", 3, [], 0).Floats("hs", [], [0.05]).Integers("hz", 2, [], 0).Integers("b", 6, [5], 1000, -2000, 300, 0, 50)
            .Node("QLinearConv", "r xs xz q s z hs hz b", "cq").Node("DequantizeLinear", "cq hs hz", "c").Node("Flatten", "c", "a").Last(), Tolerance: Rounding),
    ];

    private static OnnxWriter Start() => OperatorModels.Start("x");

    private static OnnxWriter Scale(this OnnxWriter writer, string name) => writer.Floats(name, [], [0.02]);

    // The input in bytes that reach from -4 to 4.
    private static OnnxWriter Input() => Start().Floats("xs", [], [8 / 255.0]).Integers("xz", 2, [], 128).Node("QuantizeLinear", "x xs xz", "xq").Node("DequantizeLinear", "xq xs xz", "xd");

    private static OnnxWriter Hidden(this OnnxWriter writer, string input, double scale, int zero) => writer.Floats("hs", [], [scale]).Integers("hz", 2, [], zero)
        .Node("QuantizeLinear", $"{input} hs hz", "hq").Node("DequantizeLinear", "hq hs hz", "a");
}
