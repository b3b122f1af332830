using static NeuralEdge.Tests.Import.Onnx.OnnxWriter;

namespace NeuralEdge.Tests.Import.Onnx.Forms;

/// <summary>Rectifiers and clips of all kinds, which are ReLUs exactly.</summary>
internal static class RectifierForms
{
    private const string Leaky = "leaky ReLU by Where";
    private const string Six = "ReLU6 by Min";
    private const string Slopes = "PRelu";
    private const string Plain = "ReLU spelled out";

    internal static IReadOnlyList<Form> All() =>
    [
        new(Leaky, "x > 0 ? x : 0.01 x", Hidden(1).Node("Greater", "h nought", "g").Node("Mul", "h small", "m").Node("Where", "g h m", "a").Last()),
        new(Leaky, "0 < x ? x : 0.01 x", Hidden(2).Node("Less", "nought h", "g").Node("Mul", "small h", "m").Node("Where", "g h m", "a").Last()),
        new(Leaky, "x >= 0 ? x : 0.01 x", Hidden(3).Node("GreaterOrEqual", "h nought", "g").Node("Mul", "h small", "m").Node("Where", "g h m", "a").Last()),
        new(Leaky, "x <= 0 ? 0.01 x : x", Hidden(4).Node("LessOrEqual", "h nought", "g").Node("Mul", "h small", "m").Node("Where", "g m h", "a").Last()),
        new(Leaky, "not (x > 0) ? x / 100 : x", Hidden(5).Node("Greater", "h nought", "g").Node("Not", "g", "n").Node("Div", "h hundred", "m").Node("Where", "n m h", "a").Last()),
        new(Leaky, "max(x, 0.01 x)", Hidden(6).Node("Mul", "h small", "m").Node("Max", "h m", "a").Last()),
        new(Leaky, "relu(x) - 0.01 relu(-x)", Hidden(7).Node("Relu", "h", "r").Node("Neg", "h", "n").Node("Relu", "n", "rn").Node("Mul", "rn small", "m").Node("Sub", "r m", "a").Last()),
        new(Leaky, "relu(x) + 0.01 min(x, 0)", Hidden(8).Node("Relu", "h", "r").Node("Min", "h nought", "l").Node("Mul", "l small", "m").Node("Add", "r m", "a").Last()),

        new(Six, "min(relu(x), 6)", Hidden(9).Node("Relu", "h", "r").Node("Min", "r six", "a").Last()),
        new(Six, "min(6, relu(x))", Hidden(10).Node("Relu", "h", "r").Node("Min", "six r", "a").Last()),
        new(Six, "relu(min(x, 6))", Hidden(11).Node("Min", "h six", "m").Node("Relu", "m", "a").Last()),
        new(Six, "max(min(x, 6), 0)", Hidden(12).Node("Min", "h six", "m").Node("Max", "m nought", "a").Last()),
        new(Six, "clip(relu(x), 0, 6)", Hidden(13).Node("Relu", "h", "r").Node("Clip", "r nought0 six0", "a").Last()),
        new(Six, "relu(x) - relu(x - 6)", Hidden(14).Node("Relu", "h", "r").Node("Sub", "h six", "s").Node("Relu", "s", "q").Node("Sub", "r q", "a").Last()),
        new(Six, "6 - relu(6 - relu(x))", Hidden(15).Node("Relu", "h", "r").Node("Sub", "six r", "s").Node("Relu", "s", "q").Node("Sub", "six q", "a").Last()),
        new(Six, "x > 6 ? 6 : relu(x)", Hidden(16).Node("Relu", "h", "r").Node("Greater", "h six", "g").Node("Where", "g six r", "a").Last()),

        new(Slopes, "one slope for each", Hidden(17).Floats("s", [5], [0.25, 0.1, 0.5, 0.3, 0.01]).Node("PRelu", "h s", "a").Last()),
        new(Slopes, "one for all", Hidden(18).Floats("s", [1], [0.25]).Node("PRelu", "h s", "a").Last()),
        new(Slopes, "a negative and a steep one", Hidden(19).Floats("s", [1, 5], [-0.25, 1.5, 0.5, 1, 0]).Node("PRelu", "h s", "a").Last()),
        new(Slopes, "relu(x) - s relu(-x)", Hidden(20).Floats("s", [5], [0.25, 0.1, 0.5, 0.3, 0.01]).Node("Relu", "h", "r").Node("Neg", "h", "n").Node("Relu", "n", "rn").Node("Mul", "s rn", "m").Node("Sub", "r m", "a").Last()),
        new(Slopes, "max(x, 0) + s min(x, 0)", Hidden(21).Floats("s", [5], [0.25, 0.1, 0.5, 0.3, 0.01]).Node("Max", "h nought", "r").Node("Min", "h nought", "n").Node("Mul", "n s", "m").Node("Add", "r m", "a").Last()),
        new(Slopes, "0.5 (1 + s) x + 0.5 (1 - s) |x|", Hidden(22).Floats("p", [5], [0.625, 0.55, 0.75, 0.65, 0.505]).Floats("q", [5], [0.375, 0.45, 0.25, 0.35, 0.495])
            .Node("Abs", "h", "b").Node("Mul", "b q", "bq").Node("Mul", "h p", "hp").Node("Add", "hp bq", "a").Last()),
        new(Slopes, "LeakyRelu of a slope above 1", Hidden(23).Node("LeakyRelu", "h", "a", Attribute("alpha", 1.5f)).Last()),

        new(Plain, "x * (x > 0)", Hidden(24).Node("Greater", "h nought", "g").Node("Cast", "g", "c", Attribute("to", 1L)).Node("Mul", "h c", "a").Last()),
        new(Plain, "(x + |x|) / 2", Hidden(25).Node("Abs", "h", "b").Node("Add", "h b", "s").Node("Mul", "s half", "a").Last()),
        new(Plain, "max of 0 and x", Hidden(26).Node("Max", "nought h", "a").Last()),
        new(Plain, "-min(-x, 0)", Hidden(27).Node("Neg", "h", "n").Node("Min", "n nought", "m").Node("Neg", "m", "a").Last()),
        new(Plain, "x > 0 ? x : 0", Hidden(28).Node("Greater", "h nought", "g").Node("Where", "g h nought", "a").Last()),
        new(Plain, "hard tanh by Max and Min", Hidden(29).Node("Max", "h minus", "m").Node("Min", "m one", "a").Last()),
        new(Plain, "HardSigmoid", Hidden(30).Node("HardSigmoid", "h", "a", Attribute("alpha", 0.25f), Attribute("beta", 0.4f)).Last()),
        new(Plain, "BatchNormalization between two rectifiers", Hidden(31).Node("Relu", "h", "r").Floats("g", [5], [1, -2, 0.5, 1, 3]).Floats("b", [5], [0.5, 1, -1, 0, 0.25])
            .Floats("mn", [5], [0, 1, 0.5, 0.25, 1]).Floats("v", [5], [1, 0.5, 2, 1, 1]).Node("BatchNormalization", "r g b mn v", "n").Node("Relu", "n", "a").Last()),
    ];

    private static OnnxWriter Hidden(int seed) => OperatorModels.Hidden(400 + seed)
        .Floats("nought", [1], [0]).Floats("small", [1], [0.01]).Floats("hundred", [1], [100]).Floats("six", [1], [2.5]).Floats("half", [1], [0.5])
        .Floats("nought0", [], [0]).Floats("six0", [], [2.5]).Floats("minus", [1], [-1]).Floats("one", [1], [1]);
}
