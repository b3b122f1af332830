using static NeuralEdge.Tests.Import.Onnx.OnnxWriter;

namespace NeuralEdge.Tests.Import.Onnx.Forms;

/// <summary>Activations that no code of the model file stands for, as operators and spelled out; the kind is the name that is recognised.</summary>
internal static class ActivationForms
{
    /// <summary>The logarithm of a float near 0 or 1 has few digits left.</summary>
    private const double LogError = 2e-4;

    internal static IReadOnlyList<Form> All() =>
    [
        new("elu", "Elu", Hidden(1).Node("Elu", "h", "a").Last()),
        new("elu", "x > 0 ? x : exp(x) - 1", Hidden(2).Node("Greater", "h nought", "g").Node("Exp", "h", "e").Node("Sub", "e one", "m").Node("Where", "g h m", "a").Last()),
        new("elu", "relu(x) + exp(min(x, 0)) - 1", Hidden(3).Node("Relu", "h", "r").Node("Min", "h nought", "n").Node("Exp", "n", "e").Node("Sub", "e one", "m").Node("Add", "r m", "a").Last()),
        new("elu", "relu(x) - relu(1 - exp(x))", Hidden(4).Node("Relu", "h", "r").Node("Exp", "h", "e").Node("Sub", "one e", "m").Node("Relu", "m", "n").Node("Sub", "r n", "a").Last()),
        new("elu", "Celu of 1", Hidden(5, 12).Node("Celu", "h", "a").Last()),
        new("elu", "and a BatchNormalization", Hidden(6).Node("Elu", "h", "b").Floats("g", [5], [1, -2, 0.5, 1, 3]).Floats("bb", [5], [0.5, 1, -1, 0, 0.25]).Floats("mn", [5], [0, 1, 0.5, 0.25, 1]).Floats("v", [5], [1, 0.5, 2, 1, 1])
            .Node("BatchNormalization", "b g bb mn v", "a").Last()),
        new("elu(0.5)", "Elu of alpha 0.5", Hidden(7).Node("Elu", "h", "a", Attribute("alpha", 0.5f)).Last()),
        new("elu", "Celu of alpha 2", Hidden(8, 12).Node("Celu", "h", "a", Attribute("alpha", 2f)).Last()),
        new("selu", "Selu", Hidden(9).Node("Selu", "h", "a").Last()),
        new("selu", "scale * (relu(x) + alpha (exp(min(x, 0)) - 1))", Hidden(10).Floats("s", [1], [1.05070098]).Floats("al", [1], [1.67326324]).Node("Relu", "h", "r").Node("Min", "h nought", "n").Node("Exp", "n", "e").Node("Sub", "e one", "m")
            .Node("Mul", "m al", "ma").Node("Add", "r ma", "t").Node("Mul", "t s", "a").Last()),
        new("silu", "x * sigmoid(x)", Hidden(11).Node("Sigmoid", "h", "s").Node("Mul", "h s", "a").Last()),
        new("silu", "sigmoid(x) * x", Hidden(12).Node("Sigmoid", "h", "s").Node("Mul", "s h", "a").Last()),
        new("silu", "x / (1 + exp(-x))", Hidden(13).Node("Neg", "h", "n").Node("Exp", "n", "e").Node("Add", "e one", "p").Node("Div", "h p", "a").Last()),
        new("silu", "x * (1 / (1 + exp(-x)))", Hidden(14).Node("Neg", "h", "n").Node("Exp", "n", "e").Node("Add", "one e", "p").Node("Reciprocal", "p", "q").Node("Mul", "h q", "a").Last()),
        new("silu", "after MatMul and Add", OperatorModels.Start("x").Floats("w", [3, 5], OperatorModels.Random(800, 15, 1)).Floats("b", [5], OperatorModels.Random(801, 5, 1)).Node("MatMul", "x w", "m").Node("Add", "m b", "h")
            .Node("Sigmoid", "h", "s").Node("Mul", "h s", "a").Last()),
        new("silu", "0.5 x (1 + tanh(x / 2))", Hidden(15).Node("Mul", "h half", "i").Node("Tanh", "i", "t").Node("Add", "t one", "p").Node("Mul", "i p", "a").Last()),
        new("gelu", "Gelu", Hidden(16, 20).Node("Gelu", "h", "a").Last()),
        new("gelu", "x * 0.5 * (1 + erf(x / sqrt 2))", Hidden(17).Node("Div", "h root", "d").Node("Erf", "d", "e").Node("Add", "e one", "p").Node("Mul", "h p", "q").Node("Mul", "q half", "a").Last()),
        new("gelu", "(0.5 x) * (1 + erf(x * 0.7071))", Hidden(18).Node("Mul", "h rooted", "d").Node("Erf", "d", "e").Node("Add", "one e", "p").Node("Mul", "h half", "i").Node("Mul", "i p", "a").Last()),
        new("gelu", "x * ((1 + erf(x / sqrt 2)) / 2)", Hidden(19).Floats("two", [1], [2]).Node("Sqrt", "two", "r").Node("Div", "h r", "d").Node("Erf", "d", "e").Node("Add", "e one", "p").Node("Div", "p two", "q").Node("Mul", "h q", "a").Last()),
        new("gelu", "0.5 x + 0.5 x erf(x / sqrt 2)", Hidden(20).Node("Div", "h root", "d").Node("Erf", "d", "e").Node("Mul", "h half", "i").Node("Mul", "i e", "j").Node("Add", "i j", "a").Last()),
        new("gelu_tanh", "Gelu by tanh", Hidden(21, 20).Node("Gelu", "h", "a", Attribute("approximate", "tanh")).Last()),
        new("gelu_tanh", "with Pow", Hidden(22).Node("Pow", "h three", "c").Node("Mul", "c cubed", "d").Node("Add", "h d", "s").Node("Mul", "s pi", "t").Node("Tanh", "t", "u").Node("Add", "u one", "v").Node("Mul", "h v", "w").Node("Mul", "w half", "a").Last()),
        new("gelu_tanh", "with x * x * x", Hidden(23).Node("Mul", "h h", "q").Node("Mul", "q h", "c").Node("Mul", "c cubed", "d").Node("Add", "h d", "s").Node("Mul", "s pi", "t").Node("Tanh", "t", "u").Node("Add", "u one", "v").Node("Mul", "h half", "w").Node("Mul", "w v", "a").Last()),
        new("silu(1.702)", "x * sigmoid(1.702 x)", Hidden(24).Floats("f", [1], [1.702]).Node("Mul", "h f", "m").Node("Sigmoid", "m", "s").Node("Mul", "h s", "a").Last()),
        new("hard_swish", "HardSwish", Hidden(25, 14).Node("HardSwish", "h", "a").Last()),
        new("hard_swish", "x * HardSigmoid(1/6, 1/2)", Hidden(26).Node("HardSigmoid", "h", "s", Attribute("alpha", 1 / 6f), Attribute("beta", 0.5f)).Node("Mul", "h s", "a").Last()),
        new("hard_swish", "x * clip(x + 3, 0, 6) / 6", Hidden(27).Node("Add", "h three", "p").Node("Clip", "p lo hi", "c").Node("Div", "c six", "d").Node("Mul", "h d", "a").Last()),
        new("hard_swish", "(x * min(relu(x + 3), 6)) / 6", Hidden(28).Node("Add", "h three", "p").Node("Relu", "p", "r").Node("Min", "r six", "c").Node("Mul", "h c", "m").Node("Div", "m six", "a").Last()),
        new("hard_swish", "clip(x + 3, 0, 6) * x * 0.1666", Hidden(29).Floats("sixth", [1], [1 / 6.0]).Node("Add", "h three", "p").Node("Clip", "p lo hi", "c").Node("Mul", "c sixth", "d").Node("Mul", "d h", "a").Last()),
        new("softplus", "Softplus", Hidden(30).Node("Softplus", "h", "a").Last()),
        new("softplus", "log(1 + exp(x))", Hidden(31).Node("Exp", "h", "e").Node("Add", "e one", "p").Node("Log", "p", "a").Last()),
        new("softplus", "relu(x) + log(1 + exp(-|x|))", Hidden(32).Node("Relu", "h", "r").Node("Abs", "h", "b").Node("Neg", "b", "n").Node("Exp", "n", "e").Node("Add", "e one", "p").Node("Log", "p", "l").Node("Add", "r l", "a").Last()),
        new("softplus", "-log(sigmoid(-x))", Hidden(33).Node("Neg", "h", "n").Node("Sigmoid", "n", "s").Node("Log", "s", "l").Node("Neg", "l", "a").Last(), Tolerance: LogError),
        new("softplus", "max(x, 0) - log(sigmoid(|x|))", Hidden(34).Node("Max", "h nought", "r").Node("Abs", "h", "b").Node("Sigmoid", "b", "s").Node("Log", "s", "l").Node("Sub", "r l", "a").Last(), Tolerance: LogError),
        new("softsign", "Softsign", Hidden(35).Node("Softsign", "h", "a").Last()),
        new("softsign", "x / (1 + |x|)", Hidden(36).Node("Abs", "h", "b").Node("Add", "b one", "p").Node("Div", "h p", "a").Last()),
        new("mish", "Mish", Hidden(37, 18).Node("Mish", "h", "a").Last()),
        new("mish", "x * tanh(softplus(x))", Hidden(38).Node("Softplus", "h", "s").Node("Tanh", "s", "t").Node("Mul", "h t", "a").Last()),
        new("mish", "x * tanh(log(1 + exp(x)))", Hidden(39).Node("Exp", "h", "e").Node("Add", "e one", "p").Node("Log", "p", "l").Node("Tanh", "l", "t").Node("Mul", "h t", "a").Last()),
        new("elu(0.25)", "x > 0 ? x : 0.25 (exp(x) - 1)", Hidden(40).Floats("al", [1], [0.25]).Node("Greater", "h nought", "g").Node("Exp", "h", "e").Node("Sub", "e one", "m").Node("Mul", "m al", "n").Node("Where", "g h n", "a").Last()),
        new("elu(2)", "twice relu(x) + 4 (exp(min(x, 0)) - 1)", Hidden(41).Floats("two", [1], [2]).Floats("four", [1], [4]).Node("Relu", "h", "r").Node("Mul", "r two", "q").Node("Min", "h nought", "n").Node("Exp", "n", "e").Node("Sub", "e one", "m").Node("Mul", "four m", "o")
            .Node("Add", "q o", "a").Last()),
        new("elu", "Celu of alpha 0.3", Hidden(42, 12).Node("Celu", "h", "a", Attribute("alpha", 0.3f)).Last()),
        new("elu(0.5)", "Selu of alpha 0.5 and gamma 3", Hidden(43).Node("Selu", "h", "a", Attribute("alpha", 0.5f), Attribute("gamma", 3f)).Last()),
        new("elu(0.5)", "of -x", Hidden(44).Node("Neg", "h", "n").Node("Elu", "n", "a", Attribute("alpha", 0.5f)).Last()),
        new("silu", "x * sigmoid(1.3 x)", Hidden(45).Floats("f", [1], [1.3]).Node("Mul", "h f", "m").Node("Sigmoid", "m", "s").Node("Mul", "h s", "a").Last()),
        new("silu", "x * (1 + tanh(0.4 x))", Hidden(46).Floats("f", [1], [0.4]).Node("Mul", "h f", "m").Node("Tanh", "m", "t").Node("Add", "t one", "p").Node("Mul", "h p", "a").Last()),
        new("softplus", "log(1 + exp(3 x)) / 3", Hidden(47).Node("Mul", "h three", "m").Node("Exp", "m", "e").Node("Add", "e one", "p").Node("Log", "p", "l").Node("Div", "l three", "a").Last()),
        new("hard_swish", "x * HardSigmoid of ONNX's slope, 0.2", Hidden(48).Node("HardSigmoid", "h", "s").Node("Mul", "h s", "a").Last()),
        new("softplus", "log(sigmoid(x))", Hidden(49).Node("Sigmoid", "h", "s").Node("Log", "s", "a").Last(), Tolerance: LogError),
        new("selu", "x > 0 ? scale x : scale alpha (exp(x) - 1)", Hidden(60).Selu().Node("Greater", "h nought", "g").Node("Mul", "h s", "hs").Node("Exp", "h", "e").Node("Sub", "e one", "m").Node("Mul", "m both", "n").Node("Where", "g hs n", "a").Last()),
        new("selu", "scale times Elu of alpha", Hidden(61).Selu().Node("Elu", "h", "e", Attribute("alpha", 1.67326324f)).Node("Mul", "s e", "a").Last()),
        new("selu", "scale relu(x) - relu(scale alpha (1 - exp(x)))", Hidden(62).Selu().Node("Relu", "h", "r").Node("Mul", "r s", "rs").Node("Exp", "h", "e").Node("Sub", "one e", "m").Node("Mul", "m both", "n").Node("Relu", "n", "q").Node("Sub", "rs q", "a").Last()),
        new("selu", "Selu with its own constants written out", Hidden(63).Node("Selu", "h", "a", Attribute("alpha", 1.67326324f), Attribute("gamma", 1.05070098f)).Last()),
        new("selu", "scale max(x, 0) + scale alpha exp(min(x, 0)) - scale alpha", Hidden(64).Selu().Node("Max", "h nought", "r").Node("Mul", "r s", "rs").Node("Min", "nought h", "n").Node("Exp", "n", "e").Node("Mul", "both e", "m").Node("Add", "rs m", "t").Node("Sub", "t both", "a").Last()),
        new("gelu_tanh", "x * sigmoid of twice the sum", Hidden(65).Floats("two", [1], [2]).Node("Mul", "h h", "q").Node("Mul", "q h", "c").Node("Mul", "c cubed", "d").Node("Add", "h d", "s").Node("Mul", "s pi", "t").Node("Mul", "t two", "u").Node("Sigmoid", "u", "v").Node("Mul", "h v", "a").Last()),
        new("gelu_tanh", "0.5 x + 0.5 x tanh", Hidden(66).Node("Mul", "h h", "q").Node("Mul", "h q", "c").Node("Mul", "cubed c", "d").Node("Add", "d h", "s").Node("Mul", "pi s", "t").Node("Tanh", "t", "u").Node("Mul", "h half", "i").Node("Mul", "i u", "j").Node("Add", "i j", "a").Last()),
        new("gelu_tanh", "the factor inside: x * (c + c 0.044715 x * x)", Hidden(67).Floats("inner", [1], [0.044715 * Math.Sqrt(2 / Math.PI)]).Node("Mul", "h h", "q").Node("Mul", "q inner", "d").Node("Add", "d pi", "s").Node("Mul", "h s", "t").Node("Tanh", "t", "u").Node("Add", "u one", "v").Node("Mul", "v half", "w").Node("Mul", "w h", "a").Last()),
        new("erf", "Erf", Hidden(50).Node("Erf", "h", "a").Last()),
        new("sigmoid", "1 / (1 + exp(-x))", Hidden(51).Node("Neg", "h", "n").Node("Exp", "n", "e").Node("Add", "e one", "p").Node("Div", "one p", "a").Last()),
        new("sigmoid", "(1 - exp(-2 x)) / (1 + exp(-2 x))", Hidden(52).Floats("f", [1], [-2]).Node("Mul", "h f", "m").Node("Exp", "m", "e").Node("Sub", "one e", "n").Node("Add", "one e", "p").Node("Div", "n p", "a").Last()),
        new("gelu", "with 0.7071 in place of 1 / sqrt 2", Hidden(53).Floats("f", [1], [0.7071]).Node("Mul", "h f", "d").Node("Erf", "d", "e").Node("Add", "e one", "p").Node("Mul", "h p", "q").Node("Mul", "q half", "a").Last()),
        new("silu", "a clip behind it, as a layer of its own", Hidden(54).Node("Sigmoid", "h", "s").Node("Mul", "h s", "u").Floats("low", [], [-0.1]).Floats("high", [], [2]).Node("Clip", "u low high", "a").Last()),
        new("softplus", "a PRelu of what it gives less 1", Hidden(55).Floats("sl", [5], [0.25, 0.1, 0.5, 0.3, 0.01]).Node("Softplus", "h", "s").Node("Sub", "s one", "u").Node("PRelu", "u sl", "a").Last()),
    ];

    // Klambauer et al., Self-Normalizing Neural Networks (2017), as ONNX rounds the constants.
    private static OnnxWriter Selu(this OnnxWriter writer) => writer.Floats("s", [1], [1.05070098]).Floats("both", [1], [1.05070098 * 1.67326324]);

    private static OnnxWriter Hidden(int seed, long opset = 13) => OperatorModels.Hidden(800 + seed, opset)
        .Floats("nought", [1], [0]).Floats("one", [1], [1]).Floats("half", [1], [0.5]).Floats("root", [1], [Math.Sqrt(2)]).Floats("rooted", [1], [Math.Sqrt(0.5)])
        .Floats("cubed", [1], [0.044715]).Floats("pi", [1], [Math.Sqrt(2 / Math.PI)]).Floats("three", [1], [3]).Floats("six", [1], [6]).Floats("lo", [], [0]).Floats("hi", [], [6]);
}
