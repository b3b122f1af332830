using static NeuralEdge.Tests.Import.Onnx.OnnxWriter;

namespace NeuralEdge.Tests.Import.Onnx.Graphs;

/// <summary>What stands between layers of two dimensions: other shapes and back, parts, constants, factors, and nodes that do nothing.</summary>
internal static class RandomShapes
{
    private static readonly (string Name, Action<RandomGraph> Write)[] Ways =
    [
        ("Identity", g => g.Then("Identity")),
        ("Dropout", g => g.Then("Dropout")),
        ("Cast", g => g.Then("Cast", "", Attribute("to", 1L))),
        ("Flatten", g => g.Then("Flatten")),
        ("Reshape there and back", g =>
        {
            g.Then("Reshape", g.Longs(-1, g.Width, 1));
            g.Then("Reshape", g.Longs(0, g.Width));
        }),
        ("Unsqueeze and Squeeze", g =>
        {
            g.Then("Unsqueeze", g.Longs(1));
            g.Then("Squeeze", g.Longs(1));
        }),
        ("Transpose twice", g =>
        {
            g.Then("Transpose", "", Attribute("perm", [1L, 0L]));
            g.Then("Transpose");
        }),
        ("a part transposed", g =>
        {
            if (g.Width % 2 == 0)
            {
                g.Then("Reshape", g.Longs(-1, 2, g.Width / 2));
                g.Then("Transpose", "", Attribute("perm", [0L, 2L, 1L]));
                g.Then("Reshape", g.Longs(-1, g.Width));
            }
        }),
        ("Gather", g =>
        {
            int count = 1 + g.Pick(g.Width);
            g.Then("Gather", g.Longs([.. Enumerable.Range(0, count).Select(_ => (long)(g.Pick(2 * g.Width) - g.Width))]), Attribute("axis", 1L));
            g.Shape = [1, count];
        }),
        ("Slice", g =>
        {
            int start = g.Pick(g.Width);
            int step = 1 + g.Pick(2);
            g.Then("Slice", $"{g.Longs(start)} {g.Longs(int.MaxValue)} {g.Longs(1)} {g.Longs(step)}");
            g.Shape = [1, (g.Width - start + step - 1) / step];
        }),
        ("Split and Concat", g =>
        {
            if (g.Width > 1)
            {
                int left = 1 + g.Pick(g.Width - 1);
                string a = g.Name();
                string b = g.Name();
                g.Writer.Node("Split", $"{g.Value} {g.Longs(left, g.Width - left)}", $"{a} {b}", Attribute("axis", 1L));
                g.Value = g.Node("Concat", $"{b} {a}", Attribute("axis", -1L));
            }
        }),
        ("Concat of itself and its negative", g =>
        {
            g.Value = g.Node("Concat", $"{g.Value} {g.Node("Neg", g.Value)}", Attribute("axis", 1L));
            g.Shape = [1, 2 * g.Width];
        }),
        ("Concat of a constant", g =>
        {
            g.Then("Concat", g.Floats([1, 2], g.Numbers(2, 1)), Attribute("axis", 1L));
            g.Shape = [1, g.Width + 2];
        }),
        ("Pad", g =>
        {
            g.Then("Pad", $"{g.Longs(0, 1, 0, 0)} {g.Floats([], [g.Number(1)])}");
            g.Shape = [1, g.Width + 1];
        }),
        ("ReduceMean", g =>
        {
            g.Then("Sub", g.Node("ReduceMean", g.Value, Attribute("axes", [1L])));
            g.Slack *= 2;
        }),
        ("Mul and Add", g =>
        {
            g.Then("Mul", g.Floats([g.Width], g.Numbers(g.Width, 1.5)));
            g.Then("Add", g.Floats([1, g.Width], g.Numbers(g.Width, 1)));
            g.Slack *= 1.5;
        }),
        ("Sub and Div", g =>
        {
            g.Then("Sub", g.Floats([g.Width], g.Numbers(g.Width, 1)));
            g.Then("Div", g.Floats([g.Width], g.Positive(g.Width, 2)));
            g.Slack *= 2;
        }),
        ("BatchNormalization", g =>
        {
            g.Then("BatchNormalization", $"{g.Floats([g.Width], g.Numbers(g.Width, 1.5))} {g.Floats([g.Width], g.Numbers(g.Width, 1))} {g.Floats([g.Width], g.Numbers(g.Width, 1))} {g.Floats([g.Width], g.Positive(g.Width, 3))}");
            g.Slack *= 2;
        }),
        ("Scaler", g =>
        {
            g.Writer.Opset("ai.onnx.ml", 3);
            g.Value = g.NodeOf("ai.onnx.ml", "Scaler", g.Value, Attribute("offset", [.. g.Numbers(g.Width, 1).Select(v => (float)v)]), Attribute("scale", [.. g.Positive(g.Width, 1.5).Select(v => (float)v)]));
            g.Slack *= 1.5;
        }),
        ("constant minus value", g => g.Value = g.Node("Sub", $"{g.Floats([1], [1])} {g.Value}")),
        ("Sum of three", g =>
        {
            g.Value = g.Node("Sum", $"{g.Value} {g.Node("Neg", g.Value)} {g.Value}");
            g.Slack *= 3;
        }),
    ];

    /// <summary>One of them.</summary>
    internal static void Write(RandomGraph g) => g.OneOf(Ways);

    /// <summary>A pair that rounds to bytes of a range that no value leaves.</summary>
    internal static void RoundToBytes(RandomGraph g)
    {
        g.Say("QDQ");
        string scale = g.Floats([], [0.125]);
        string zero = g.Name("z");
        g.Writer.Integers(zero, 2, [], 128);
        g.Then("QuantizeLinear", $"{scale} {zero}");
        g.Then("DequantizeLinear", $"{scale} {zero}");
        g.Slack += 0.0626;
    }
}
