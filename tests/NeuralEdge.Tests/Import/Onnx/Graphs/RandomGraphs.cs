using static NeuralEdge.Tests.Import.Onnx.OnnxWriter;

namespace NeuralEdge.Tests.Import.Onnx.Graphs;

/// <summary>Valid graphs of one to three layers out of everything that is read, with what exporters put around them.</summary>
internal static class RandomGraphs
{
    private static readonly (string Name, Action<RandomGraph> Write)[] Heads =
    [
        ("scores", g => End(g, "y")),
        ("Sigmoid", g =>
        {
            g.Then("Sigmoid");
            End(g, "y");
        }),
        ("an activation at the end", g =>
        {
            RandomActivations.Write(g);
            End(g, "y");
        }),
        ("Softmax", g =>
        {
            g.Then("Softmax", "", Attribute("axis", g.Chance(50) ? -1L : 1L));
            End(g, "y");
        }),
        ("Softmax and ArgMax", g =>
        {
            g.Then("Softmax", "", Attribute("axis", 1L));
            EndWithClass(g);
            End(g, "y");
        }),
        ("ArgMax", EndWithClass),
        ("LogSoftmax and ArgMax", g =>
        {
            g.Then("LogSoftmax", "", Attribute("axis", 1L));
            EndWithClass(g);
        }),
        ("ZipMap and the class", g =>
        {
            g.Writer.Opset("ai.onnx.ml", 3);
            g.Then("Softmax", "", Attribute("axis", 1L));
            EndWithClass(g);
            string map = g.NodeOf("ai.onnx.ml", "ZipMap", g.Value, Attribute("classlabels_int64s", [.. Enumerable.Range(0, g.Width).Select(k => (long)k)]));

            // A sequence of maps from int64 to float.
            ProtoWriter map64 = new ProtoWriter().Integer(1, 7).Message(2, new ProtoWriter().Message(1, new ProtoWriter().Integer(1, 1)));
            g.Writer.With(12, new ProtoWriter().Text(1, map).Message(2, new ProtoWriter().Message(4, new ProtoWriter().Message(1, new ProtoWriter().Message(5, map64)))));
        }),
        ("two heads", g =>
        {
            string trunk = g.Value;
            int width = g.Width;
            RandomProducts.Dense(g, 1 + g.Pick(3));
            End(g, "y");
            (g.Value, g.Shape) = (trunk, [1, width]);
            RandomProducts.Dense(g, 1 + g.Pick(3));
            End(g, "y2");
        }),
        ("two classes of one score", g =>
        {
            RandomProducts.Dense(g, 1);
            g.Then("Sigmoid");
            g.Value = g.Node("Concat", $"{g.Node("Sub", $"{g.Floats([1], [1])} {g.Value}")} {g.Value}", Attribute("axis", 1L));
            g.Shape = [1, 2];
            End(g, "y");
        }),
    ];

    /// <summary>The graph of a number.</summary>
    internal static RandomGraph Of(long seed)
    {
        RandomGraph g = new(seed);
        Begin(g);
        for (int k = g.Pick(3); k > 0; k--)
        {
            RandomShapes.Write(g);
        }

        for (int layers = g.Pick(3); layers > 0; layers--)
        {
            RandomProducts.Dense(g, 2 + g.Pick(6));
            Between(g);
            RandomActivations.Write(g);
            Between(g);
        }

        if (g.Chance(10))
        {
            RandomShapes.RoundToBytes(g);
        }

        RandomProducts.Dense(g, 2 + g.Pick(4));
        g.OneOf(Heads);
        return g;
    }

    private static void Begin(RandomGraph g)
    {
        long batch = g.Chance(50) ? -1 : 1;
        switch (g.Pick(5))
        {
            case 0:
                g.Shape = [1, 1 + g.Pick(3), 4 + g.Pick(5)];
                g.Writer.Input("x", batch, g.Shape[1], g.Shape[2]);
                g.Value = "x";
                g.Inputs = g.Width;
                RandomProducts.Convolve(g);
                return;
            case 1:
                int count = 2 + g.Pick(4);
                for (int k = 0; k < count; k++)
                {
                    g.Writer.Input($"x{k}", batch, 1);
                }

                g.Say($"{count} inputs side by side");
                g.Value = g.Node("Concat", string.Join(' ', Enumerable.Range(0, count).Select(k => $"x{k}")), Attribute("axis", 1L));
                g.Shape = [1, count];
                break;
            default:
                g.Shape = [1, 2 + g.Pick(6)];
                g.Writer.Input("x", batch, g.Width);
                g.Value = "x";
                break;
        }

        g.Inputs = g.Width;
    }

    private static void Between(RandomGraph g)
    {
        if (g.Chance(50))
        {
            RandomShapes.Write(g);
        }
    }

    private static void End(RandomGraph g, string name)
    {
        g.Writer.Node("Identity", g.Value, name).Output(name, -1, g.Width);
        g.Outputs.Add(name);
    }

    private static void EndWithClass(RandomGraph g)
    {
        bool keeps = g.Chance(50);
        g.Writer.Node("ArgMax", g.Value, "label", Attribute("axis", g.Chance(50) ? 1L : -1L), Attribute("keepdims", keeps ? 1L : 0L)).Output("label", 7, keeps ? [-1, 1] : [-1]);
        g.Label = "label";
    }
}
