namespace NeuralEdge.Tests.Import.Onnx;

/// <summary>Numbers and names of one layer of a spelling.</summary>
internal sealed record LayerNumbers(int Inputs, int Outputs, double[] Rows, double[] Columns, double[] Biases, string In, string Out, string Weight, string Bias);

/// <summary>An ONNX model of the flower network, layer by layer.</summary>
internal sealed class SpellingWriter(long opset)
{
    private readonly OnnxWriter _writer = new(opset);

    internal OnnxWriter.Form Form { get; set; }

    internal long? SoftmaxAxis { get; init; }

    internal string Prefix { get; init; } = "";

    internal bool OldInputs { get; init; }

    internal SpellingWriter Input(string name, params long[] shape)
    {
        _writer.Input(name, shape);
        return this;
    }

    internal SpellingWriter Node(string operation, string inputs, string outputs, params ProtoWriter[] attributes)
    {
        _writer.Node(operation, inputs, outputs, attributes);
        return this;
    }

    internal SpellingWriter NodeOf(string domain, string operation, string inputs, string outputs, params ProtoWriter[] attributes)
    {
        _writer.NodeOf(domain, operation, inputs, outputs, attributes);
        return this;
    }

    internal SpellingWriter Opset(string domain, long version)
    {
        _writer.Opset(domain, version);
        return this;
    }

    internal SpellingWriter Longs(string name, long[] shape, params long[] values)
    {
        _writer.Longs(name, shape, values);
        return this;
    }

    internal SpellingWriter Floats(string name, long[] shape, double[] values)
    {
        _writer.Floats(name, shape, values);
        return this;
    }

    internal SpellingWriter Weights(string name, long[] shape, double[] values)
    {
        // Operators take one type, so that weights of another are cast first, as exporters do.
        bool cast = Form is not (OnnxWriter.Form.RawFloat or OnnxWriter.Form.TypedFloat or OnnxWriter.Form.UnpackedFloat);
        _writer.Floats(Prefix + name + (cast ? "_stored" : ""), shape, values, Form);
        if (cast)
        {
            _writer.Node("Cast", $"{Prefix}{name}_stored", Prefix + name, OnnxWriter.Attribute("to", 1L));
        }

        if (OldInputs)
        {
            _writer.Input(Prefix + name, shape);
        }

        return this;
    }

    internal SpellingWriter Columns()
    {
        foreach (string name in new[] { "a", "b", "c", "d" })
        {
            _writer.Input(name, -1, 1);
        }

        _writer.Node("Concat", "a b c d", "in", OnnxWriter.Attribute("axis", 1L));
        return this;
    }

    internal SpellingWriter Layers(Action<SpellingWriter, LayerNumbers> first, Action<SpellingWriter, LayerNumbers> second) =>
        Scores(first, second).End("z");

    /// <summary>The two layers up to their logits "z".</summary>
    internal SpellingWriter Scores(Action<SpellingWriter, LayerNumbers> first, Action<SpellingWriter, LayerNumbers> second)
    {
        FlowerNetwork n = FlowerNetwork.Instance;
        first(this, new LayerNumbers(4, 16, n.Weights1, n.Columns1, n.Bias1, "in", "h", "w1", "b1"));
        _writer.Node("Tanh", "h", "t");
        second(this, new LayerNumbers(16, 3, n.Weights2, n.Columns2, n.Bias2, "t", "z", "w2", "b2"));
        return this;
    }

    internal SpellingWriter LeftLayers()
    {
        FlowerNetwork n = FlowerNetwork.Instance;
        Weights("w1", [16, 4], n.Weights1).Weights("b1", [16, 1], n.Bias1).Weights("w2", [3, 16], n.Weights2).Weights("b2", [3, 1], n.Bias2);
        _writer.Node("MatMul", "w1 in", "m1").Node("Add", "m1 b1", "h").Node("Tanh", "h", "t")
            .Node("MatMul", "w2 t", "m2").Node("Add", "m2 b2", "z").Node("Transpose", "z", "row", OnnxWriter.Attribute("perm", [1L, 0L]));
        return End("row");
    }

    internal SpellingWriter ConvLayers(FlowerNetwork n, long[] kernel)
    {
        long[] ones = [.. Enumerable.Repeat(1L, kernel.Length - 2)];
        Weights("w1", kernel, n.Weights1).Weights("b1", [16], n.Bias1).Weights("w2", [3, 16, .. ones], n.Weights2).Weights("b2", [3], n.Bias2);
        _writer.Node("Conv", "x w1 b1", "h", OnnxWriter.Attribute("kernel_shape", kernel[2..])).Node("Tanh", "h", "t")
            .Node("Conv", "t w2 b2", "c", OnnxWriter.Attribute("kernel_shape", ones)).Node("Flatten", "c", "z");
        return End("z");
    }

    internal SpellingWriter Output(string name, int type, long[] shape)
    {
        _writer.Output(name, type, shape);
        return this;
    }

    internal byte[] ToArray() => _writer.ToArray();

    private SpellingWriter End(string logits)
    {
        _writer.Node("Softmax", logits, "y", SoftmaxAxis is long axis ? [OnnxWriter.Attribute("axis", axis)] : []).Output("y", -1, 3);
        return this;
    }
}
