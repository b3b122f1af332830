using static NeuralEdge.Tests.Import.Onnx.OnnxWriter;

namespace NeuralEdge.Tests.Import.Onnx.Graphs;

/// <summary>Activations as operators and spelled out, on a value of any shape.</summary>
internal static class RandomActivations
{
    private static readonly (string Name, Action<RandomGraph> Write)[] Plain =
    [
        ("Tanh", g => g.Then("Tanh")),
        ("Sigmoid", g => g.Then("Sigmoid")),
        ("Relu", g => g.Then("Relu")),
        ("LeakyRelu", g => g.Then("LeakyRelu", "", Attribute("alpha", (float)(0.01 + (0.01 * g.Pick(30)))))),
        ("PRelu of one slope", g => g.Then("PRelu", g.One(0.25))),
        ("PRelu", g => g.Then("PRelu", g.Floats([g.Shape[1], .. g.Shape[2..].Select(_ => 1L)], g.Numbers(g.Shape[1], 1)))),
        ("Clip", g => g.Then("Clip", $"{g.Floats([], [g.Number(1) - 1])} {g.Floats([], [g.Number(1) + 2])}")),
        ("Clip from below", g => g.Then("Clip", g.Floats([], [0]))),
        ("Max of 0", g => g.Value = g.Node("Max", $"{g.One(0)} {g.Value}")),
        ("ReLU6 by Min", g =>
        {
            g.Then("Relu");
            g.Then("Min", g.One(6));
        }),
        ("leaky by Where", g =>
        {
            string above = g.Node("Greater", $"{g.Value} {g.One(0)}");
            g.Value = g.Node("Where", $"{above} {g.Value} {g.Node("Mul", $"{g.Value} {g.One(0.1)}")}");
        }),
        ("leaky by Max", g => g.Value = g.Node("Max", $"{g.Value} {g.Node("Mul", $"{g.Value} {g.One(0.2)}")}")),
        ("Abs", g => g.Then("Abs")),
        ("HardSigmoid", g => g.Then("HardSigmoid", "", g.Chance(50) ? [Attribute("alpha", 1 / 6f), Attribute("beta", 0.5f)] : [])),
        ("hard tanh", g =>
        {
            g.Then("Min", g.One(1));
            g.Then("Max", g.One(-1));
        }),
        ("x * (x > 0)", g => g.Then("Mul", g.Node("Cast", g.Node("Greater", $"{g.Value} {g.One(0)}"), Attribute("to", 1L)))),
        ("tanh by Exp", g =>
        {
            string e = g.Node("Exp", g.Node("Mul", $"{g.One(-2)} {g.Value}"));
            g.Value = g.Node("Div", $"{g.Node("Sub", $"{g.One(1)} {e}")} {g.Node("Add", $"{g.One(1)} {e}")}");
        }),
        ("sigmoid by Exp", g => g.Value = g.Node("Reciprocal", g.Node("Add", $"{g.Node("Exp", g.Node("Neg", g.Value))} {g.One(1)}"))),
    ];

    private static readonly (string Name, Action<RandomGraph> Write)[] ByTable =
    [
        ("Elu", g => g.Then("Elu", "", Attribute("alpha", (float)(0.1 + (0.2 * g.Pick(10)))))),
        ("Selu", g => g.Then("Selu")),
        ("Celu", g => g.Then("Celu", "", Attribute("alpha", (float)(0.3 + (0.4 * g.Pick(6)))))),
        ("Softplus", g => g.Then("Softplus")),
        ("Softsign", g => g.Then("Softsign")),
        ("Erf", g => g.Then("Erf")),
        ("SiLU", g => g.Value = g.Node("Mul", $"{g.Value} {g.Node("Sigmoid", g.Value)}")),
        ("swish of any steepness", g => g.Value = g.Node("Mul", $"{g.Node("Sigmoid", g.Node("Mul", $"{g.Value} {g.One(0.5 + (0.25 * g.Pick(8)))}"))} {g.Value}")),
        ("x / (1 + exp(-x))", g => g.Value = g.Node("Div", $"{g.Value} {g.Node("Add", $"{g.Node("Exp", g.Node("Neg", g.Value))} {g.One(1)}")}")),
        ("GELU by Erf", g =>
        {
            string p = g.Node("Add", $"{g.Node("Erf", g.Node("Div", $"{g.Value} {g.One(Math.Sqrt(2))}"))} {g.One(1)}");
            g.Value = g.Node("Mul", $"{g.Node("Mul", $"{g.Value} {p}")} {g.One(0.5)}");
        }),
        ("GELU by Tanh", g =>
        {
            string cube = g.Node("Mul", $"{g.Node("Pow", $"{g.Value} {g.One(3)}")} {g.One(0.044715)}");
            string tanh = g.Node("Tanh", g.Node("Mul", $"{g.Node("Add", $"{g.Value} {cube}")} {g.One(Math.Sqrt(2 / Math.PI))}"));
            g.Value = g.Node("Mul", $"{g.Node("Mul", $"{g.Value} {g.One(0.5)}")} {g.Node("Add", $"{g.One(1)} {tanh}")}");
        }),
        ("hard swish by HardSigmoid", g => g.Value = g.Node("Mul", $"{g.Value} {g.Node("HardSigmoid", g.Value)}")),
        ("hard swish by Clip", g =>
        {
            string clipped = g.Node("Clip", $"{g.Node("Add", $"{g.Value} {g.One(3)}")} {g.Floats([], [0])} {g.Floats([], [6])}");
            g.Value = g.Node("Div", $"{g.Node("Mul", $"{g.Value} {clipped}")} {g.One(6)}");
        }),
        ("mish", g => g.Value = g.Node("Mul", $"{g.Value} {g.Node("Tanh", g.Node("Softplus", g.Value))}")),
        ("softplus by Log", g => g.Value = g.Node("Log", g.Node("Add", $"{g.One(1)} {g.Node("Exp", g.Value)}"))),
        ("softsign by Abs", g => g.Value = g.Node("Div", $"{g.Value} {g.Node("Add", $"{g.One(1)} {g.Node("Abs", g.Value)}")}")),
        ("ELU by Where", g => g.Value = g.Node(
            "Where", $"{g.Node("Greater", $"{g.Value} {g.One(0)}")} {g.Value} {g.Node("Mul", $"{g.Node("Sub", $"{g.Node("Exp", g.Value)} {g.One(1)}")} {g.One(0.7)}")}")),
        ("a local function of SiLU", g =>
        {
            string name = g.Name("silu");
            g.Writer.Function("pkg", name, "i", "o", new OnnxWriter().Node("Sigmoid", "i", "s").Node("Mul", "i s", "o"));
            g.Value = g.NodeOf("pkg", name, g.Value);
        }),
    ];

    /// <summary>One of them.</summary>
    internal static void Write(RandomGraph g)
    {
        g.Slack *= 2;
        g.OneOf(g.Chance(50) ? Plain : ByTable);
    }

    private static string One(this RandomGraph g, double value) => g.Floats(g.Chance(70) ? [1] : [], [value]);
}
