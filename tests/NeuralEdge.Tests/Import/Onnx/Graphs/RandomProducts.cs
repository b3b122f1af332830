using static NeuralEdge.Tests.Import.Onnx.OnnxWriter;

namespace NeuralEdge.Tests.Import.Onnx.Graphs;

/// <summary>Dense layers and convolutions in the spellings of exporters. They take a value of two dimensions.</summary>
internal static class RandomProducts
{
    private static readonly (string Name, Action<RandomGraph, Numbers> Write)[] Ways =
    [
        ("Gemm", (g, n) => g.Then("Gemm", $"{g.Floats([n.In, n.Out], n.Columns)} {g.Floats([n.Out], n.Bias)}")),
        ("Gemm transB", (g, n) => g.Then("Gemm", $"{g.Floats([n.Out, n.In], n.Rows)} {g.Floats([1, n.Out], n.Bias)}", Attribute("transB", 1L))),
        ("Gemm alpha beta", (g, n) => g.Then(
            "Gemm", $"{g.Floats([n.Out, n.In], Times(n.Rows, 2))} {g.Floats([n.Out], Times(n.Bias, 4))}", Attribute("transB", 1L), Attribute("alpha", 0.5f), Attribute("beta", 0.25f))),
        ("Gemm without bias, and Sub", (g, n) =>
        {
            g.Then("Gemm", g.Floats([n.In, n.Out], n.Columns));
            g.Then("Sub", g.Floats([n.Out], Times(n.Bias, -1)));
        }),
        ("Gemm transA", (g, n) =>
        {
            g.Then("Transpose", "", Attribute("perm", [1L, 0L]));
            g.Then("Gemm", $"{g.Floats([n.Out, n.In], n.Rows)} {g.Floats([n.Out], n.Bias)}", Attribute("transA", 1L), Attribute("transB", 1L));
        }),
        ("MatMul Add", (g, n) => g.ByMatMul(g.Floats([n.In, n.Out], n.Columns), n)),
        ("MatMul of transposed weights", (g, n) => g.ByMatMul(g.Node("Transpose", g.Floats([n.Out, n.In], n.Rows)), n)),
        ("MatMul of a Constant", (g, n) => g.ByMatMul(g.Node("Constant", "", Attribute("value", Tensor("", [n.In, n.Out], n.Columns))), n)),
        ("MatMul of doubles by Cast", (g, n) => g.ByMatMul(g.Node("Cast", g.Floats([n.In, n.Out], n.Columns, Form.RawDouble), Attribute("to", 1L)), n)),
        ("MatMul of a part of the weights", (g, n) => g.ByMatMul(
            g.Node("Slice", $"{g.Floats([n.In + 2, n.Out], [.. n.Columns, .. g.Numbers(2 * n.Out, 1)])} {g.Longs(0)} {g.Longs(n.In)} {g.Longs(0)}"), n)),
        ("MatMul of quantised weights", (g, n) => g.ByMatMul(Quantised(g, n), n)),
        ("MatMul of QDQ weights", (g, n) => g.ByMatMul(QuantisedInTheGraph(g, n), n)),
        ("weights on the left", (g, n) =>
        {
            g.Then("Transpose", "", Attribute("perm", [1L, 0L]));
            g.Value = g.Node("MatMul", $"{g.Floats([n.Out, n.In], n.Rows)} {g.Value}");
            g.Then("Add", g.Floats([n.Out, 1], n.Bias));
            g.Then("Transpose", "", Attribute("perm", [1L, 0L]));
        }),
        ("MatMul of three dimensions", (g, n) =>
        {
            g.Then("Unsqueeze", g.Longs(1));
            g.ByMatMul(g.Floats([n.In, n.Out], n.Columns), n);
            g.Then("Squeeze", g.Longs(1));
        }),
        ("Einsum", (g, n) =>
        {
            g.Then("Einsum", g.Floats([n.Out, n.In], n.Rows), Attribute("equation", "bi,oi->bo"));
            g.Then("Add", g.Floats([n.Out], n.Bias));
        }),
        ("Conv of one position", (g, n) =>
        {
            g.Then("Unsqueeze", g.Longs(2));
            g.Then("Conv", $"{g.Floats([n.Out, n.In, 1], n.Rows)} {g.Floats([n.Out], n.Bias)}");
            g.Then("Flatten");
        }),
        ("a local function", (g, n) =>
        {
            string name = g.Name("linear");
            g.Writer.Function("pkg", name, "i w b", "o", new OnnxWriter().Node("Transpose", "w", "t", Attribute("perm", [1L, 0L])).Node("MatMul", "i t", "m").Node("Add", "m b", "o"));
            g.Value = g.NodeOf("pkg", name, $"{g.Value} {g.Floats([n.Out, n.In], n.Rows)} {g.Floats([n.Out], n.Bias)}");
        }),
        ("two factors", (g, n) =>
        {
            g.Then("MatMul", g.Floats([n.In, n.Out], n.Columns));
            g.Then("Add", g.Floats([n.Out], n.Bias));
            g.Then("MatMul", g.Floats([n.Out, n.Out], [.. Enumerable.Range(0, n.Out * n.Out).Select(k => k / n.Out == k % n.Out ? 1 : 0.125)]));
        }),
        ("LinearRegressor", (g, n) =>
        {
            g.Writer.Opset("ai.onnx.ml", 3);
            g.Value = g.NodeOf("ai.onnx.ml", "LinearRegressor", g.Value, Attribute("coefficients", Singles(n.Rows)), Attribute("intercepts", Singles(n.Bias)), Attribute("targets", (long)n.Out));
        }),
    ];

    /// <summary>A dense layer without its activation.</summary>
    internal static void Dense(RandomGraph g, int outputs)
    {
        (string name, Action<RandomGraph, Numbers> write) = Ways[g.Pick(Ways.Length)];
        int inputs = g.Width;
        double[] rows = g.Numbers(inputs * outputs, 2 / Math.Sqrt(inputs));
        g.Say($"{inputs}x{outputs} {name}");
        g.Slack *= 1.5 * Enumerable.Range(0, outputs).Max(o => rows.Skip(o * inputs).Take(inputs).Sum(Math.Abs));
        write(g, new Numbers(inputs, outputs, rows, g.Numbers(outputs, 1)));
        g.Shape = [1, outputs];
    }

    /// <summary>A convolution over a window of three dimensions, its activation, and what makes a row of it.</summary>
    internal static void Convolve(RandomGraph g)
    {
        int channels = g.Shape[1];
        int kernel = 1 + g.Pick(3);
        int groups = channels > 1 && g.Chance(30) ? channels : 1;
        int outputs = groups * (1 + g.Pick(3));
        long stride = 1 + g.Pick(2);
        long[] pads = [g.Pick(2), g.Pick(2)];
        string weights = g.Floats([outputs, channels / groups, kernel], g.Numbers(outputs * channels / groups * kernel, 1));
        g.Say($"Conv {channels}x{g.Shape[2]} to {outputs}, kernel {kernel}, stride {stride}");
        g.Then("Conv", g.Chance(70) ? $"{weights} {g.Floats([outputs], g.Numbers(outputs, 1))}" : weights,
            Attribute("strides", [stride]), Attribute("pads", pads), Attribute("group", (long)groups));
        g.Shape = [1, outputs, (int)(((g.Shape[2] + pads[0] + pads[1] - kernel) / stride) + 1)];
        RandomActivations.Write(g);
        if (g.Chance(30))
        {
            g.Say("GlobalAveragePool");
            g.Then("GlobalAveragePool");
            g.Shape = [1, outputs, 1];
        }
        else if (g.Shape[2] > 2 && g.Chance(40))
        {
            g.Say("AveragePool");
            g.Then("AveragePool", "", Attribute("kernel_shape", [2L]), Attribute("strides", [2L]));
            g.Shape = [1, outputs, ((g.Shape[2] - 2) / 2) + 1];
        }

        g.Then("Flatten");
        g.Shape = [1, g.Width];
    }

    private static void ByMatMul(this RandomGraph g, string weights, Numbers n)
    {
        g.Then("MatMul", weights);
        string bias = g.Floats(g.Chance(50) ? [n.Out] : [1, n.Out], n.Bias);
        g.Value = g.Chance(50) ? g.Node("Add", $"{g.Value} {bias}") : g.Node("Add", $"{bias} {g.Value}");
    }

    private static string Quantised(RandomGraph g, Numbers n)
    {
        string whole = g.Name("q");
        string zero = g.Name("z");
        g.Writer.Integers(whole, 3, [n.In, n.Out], [.. n.Columns.Select(c => (int)Math.Clamp(Math.Round(c * 50), -128, 127))]);
        g.Writer.Integers(zero, 3, [n.Out], [.. Enumerable.Range(0, n.Out).Select(_ => g.Pick(5) - 2)]);
        return g.Node("DequantizeLinear", $"{whole} {g.Floats([n.Out], g.Positive(n.Out, 0.02))} {zero}");
    }

    private static string QuantisedInTheGraph(RandomGraph g, Numbers n)
    {
        string scale = g.Floats([], [0.02]);
        string zero = g.Name("z");
        g.Writer.Integers(zero, 3, [], 0);
        string quantised = g.Node("QuantizeLinear", $"{g.Floats([n.In, n.Out], n.Columns)} {scale} {zero}");
        return g.Node("DequantizeLinear", $"{quantised} {scale} {zero}");
    }

    private static double[] Times(double[] values, double factor) => Array.ConvertAll(values, v => v * factor);

    private static float[] Singles(double[] values) => Array.ConvertAll(values, v => (float)v);

    /// <summary>Weights row by row, a row for each neuron.</summary>
    private sealed record Numbers(int In, int Out, double[] Rows, double[] Bias)
    {
        internal double[] Columns => [.. Enumerable.Range(0, In * Out).Select(k => Rows[(k % Out * In) + (k / Out)])];
    }
}
