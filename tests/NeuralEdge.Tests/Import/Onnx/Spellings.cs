using static NeuralEdge.Tests.Import.Onnx.OnnxWriter;

namespace NeuralEdge.Tests.Import.Onnx;

/// <summary>One network in the many ways exporters write it.</summary>
internal static class Spellings
{
    /// <summary>Every spelling by its name.</summary>
    internal static IReadOnlyList<(string Name, byte[] File)> All()
    {
        FlowerNetwork n = FlowerNetwork.Instance;
        List<(string, byte[])> all = [];
        void Add(string name, SpellingWriter model) => all.Add((name, model.ToArray()));

        Add("PyTorch: Gemm transB", Start().Layers(Gemm, Gemm));
        Add("Gemm without transB", Start().Layers(GemmColumns, GemmColumns));
        Add("Keras: MatMul and Add", Start().Layers(MatMulAdd, MatMulAdd));
        Add("Add with the bias first", Start().Layers(MatMulBiasFirst, MatMulBiasFirst));
        Add("Gemm and MatMul mixed", Start().Layers(Gemm, MatMulAdd));
        foreach (long opset in new long[] { 7, 9, 11, 15, 17, 21 })
        {
            Add($"opset {opset}", Start(opset).Layers(Gemm, MatMulAdd));
        }

        foreach (Form form in Enum.GetValues<Form>().Where(f => f != Form.RawFloat))
        {
            Add($"weights as {form}", Start(form: form).Layers(Gemm, Gemm));
        }

        Add("a fixed batch of one", Start(batch: 1).Layers(Gemm, Gemm));
        Add("a fixed batch of 32", Start(batch: 32).Layers(Gemm, Gemm));
        Add("four dimensions and Flatten", Begin("x", [-1, 1, 2, 2]).Node("Flatten", "x", "in").Layers(Gemm, Gemm));
        Add("Reshape to [-1,4]", Begin("x", [-1, 2, 2]).Longs("to", [2], -1, 4).Node("Reshape", "x to", "in").Layers(Gemm, Gemm));
        Add("Reshape to [0,-1]", Begin("x", [-1, 2, 2]).Longs("to", [2], 0, -1).Node("Reshape", "x to", "in").Layers(MatMulAdd, Gemm));
        Add("Reshape with the batch's size", Begin("x", [8, 2, 2]).Longs("to", [2], 8, 4).Node("Reshape", "x to", "in").Layers(Gemm, Gemm));
        Add("Squeeze and Unsqueeze, old", Begin("x", [-1, 4], 11)
            .Node("Unsqueeze", "x", "u", Attribute("axes", [1L])).Node("Squeeze", "u", "in", Attribute("axes", [1L])).Layers(Gemm, Gemm));
        Add("Squeeze and Unsqueeze, new", Begin("x", [-1, 4]).Longs("axis", [1], -1)
            .Node("Unsqueeze", "x axis", "u").Node("Squeeze", "u axis", "in").Layers(Gemm, Gemm));
        Add("Identity, Cast and Dropout between", Begin("x", [-1, 4])
            .Node("Identity", "x", "i").Node("Cast", "i", "c", Attribute("to", 1L)).Node("Dropout", "c", "in mask").Layers(Gemm, Gemm));
        Add("Dropout with a ratio", Begin("x", [-1, 4]).Floats("ratio", [], [0.5]).Node("Dropout", "x ratio", "in").Layers(Gemm, Gemm));
        Add("weights by Constant nodes", Start().Layers(ConstantWeights, ConstantWeights));
        Add("weights through Transpose", Start().Layers(TransposedWeights, TransposedWeights));
        Add("weights through Identity", Start().Layers(IdentityWeights, IdentityWeights));
        Add("alpha 0.5 and doubled weights", Start().Layers(Alpha, Gemm));
        Add("beta 0.25 and fourfold bias", Start().Layers(Beta, Gemm));
        Add("column vectors: weights on the left", Begin("x", [-1, 4]).Node("Transpose", "x", "in", Attribute("perm", [1L, 0L]))
            .LeftLayers());
        Add("transA", Begin("x", [-1, 4]).Node("Transpose", "x", "in", Attribute("perm", [1L, 0L])).Layers(GemmTransA, Gemm));
        Add("bias by Sub of its negative", Start().Layers(SubBias, SubBias));
        Add("a scaler folded: Mul by 1/2 before doubled weights", Begin("x", [-1, 4]).Floats("half", [1], [0.5])
            .Node("Mul", "x half", "in").Layers(DoubledWeights, Gemm));
        Add("a scaler folded: Div by powers of two", Begin("x", [-1, 4]).Floats("two", [4], [2, 2, 2, 2])
            .Node("Div", "x two", "in").Layers(DoubledWeights, Gemm));
        Add("ai.onnx.ml Scaler", Begin("x", [-1, 4]).Opset("ai.onnx.ml", 1)
            .NodeOf("ai.onnx.ml", "Scaler", "x", "in", Attribute("offset", new float[4]), Attribute("scale", [0.5f, 0.5f, 0.5f, 0.5f])).Layers(DoubledWeights, Gemm));
        Add("BatchNormalization of the sums", Start().Layers(Normalised, Gemm));
        Add("Conv over the whole input", Begin("x", [-1, 1, 2, 2]).ConvLayers(n, [16, 1, 2, 2]));
        Add("Conv 1x1 on one position", Begin("x", [-1, 4, 1, 1]).ConvLayers(n, [16, 4, 1, 1]));
        Add("Conv in one dimension", Begin("x", [-1, 2, 2]).ConvLayers(n, [16, 2, 2]));
        Add("Softmax with its axis", Start(softmaxAxis: 1).Layers(Gemm, Gemm));
        Add("Softmax with the last axis, old", Start(11, softmaxAxis: -1).Layers(Gemm, Gemm));
        Add("names of any spelling", Start(names: "/модель/слой.0/重み:0%").Layers(Gemm, Gemm));
        Add("weights among the inputs, as old files have", Start(oldInputs: true).Layers(Gemm, Gemm));
        Add("nodes that nothing needs", Begin("x", [-1, 4]).Node("Hardmax", "x", "unused").Node("Identity", "x", "in").Layers(Gemm, Gemm));
        Add("shape computed by Shape, Gather, Concat", Begin("x", [-1, 2, 2]).Longs("zero", [1], 0).Longs("rest", [1], -1)
            .Node("Shape", "x", "s").Node("Gather", "s zero", "b", Attribute("axis", 0L)).Node("Concat", "b rest", "to", Attribute("axis", 0L))
            .Node("Reshape", "x to", "in").Layers(Gemm, Gemm));
        Add("shape computed by Slice", Begin("x", [-1, 2, 2]).Longs("zero", [1], 0).Longs("one", [1], 1).Longs("rest", [1], -1)
            .Node("Shape", "x", "s").Node("Slice", "s zero one", "b").Node("Concat", "b rest", "to", Attribute("axis", 0L))
            .Node("Reshape", "x to", "in").Layers(Gemm, Gemm));
        Add("four inputs put side by side", new SpellingWriter(13).Columns().Layers(Gemm, Gemm));
        Add("three dimensions kept, as Keras does", Begin("x", [-1, 1, 4]).Node("Identity", "x", "in").Layers(MatMulAdd, MatMulAdd));
        return all;
    }

    internal static SpellingWriter Start(long opset = 13, Form form = Form.RawFloat, long batch = -1, long? softmaxAxis = null, string names = "", bool oldInputs = false)
    {
        SpellingWriter writer = new(opset) { Form = form, SoftmaxAxis = softmaxAxis, Prefix = names, OldInputs = oldInputs };
        writer.Input("in", batch, 4);
        return writer;
    }

    internal static SpellingWriter Begin(string input, long[] shape, long opset = 13)
    {
        SpellingWriter writer = new(opset);
        writer.Input(input, shape);
        return writer;
    }

    internal static void Gemm(SpellingWriter w, LayerNumbers l) =>
        w.Weights(l.Weight, [l.Outputs, l.Inputs], l.Rows).Weights(l.Bias, [l.Outputs], l.Biases)
            .Node("Gemm", $"{l.In} {w.Prefix}{l.Weight} {w.Prefix}{l.Bias}", l.Out, Attribute("transB", 1L));

    private static void GemmColumns(SpellingWriter w, LayerNumbers l) =>
        w.Weights(l.Weight, [l.Inputs, l.Outputs], l.Columns).Weights(l.Bias, [1, l.Outputs], l.Biases)
            .Node("Gemm", $"{l.In} {l.Weight} {l.Bias}", l.Out, Attribute("alpha", 1f), Attribute("beta", 1f));

    private static void MatMulAdd(SpellingWriter w, LayerNumbers l) =>
        w.Weights(l.Weight, [l.Inputs, l.Outputs], l.Columns).Weights(l.Bias, [l.Outputs], l.Biases)
            .Node("MatMul", $"{l.In} {l.Weight}", l.Out + "p").Node("Add", $"{l.Out}p {l.Bias}", l.Out);

    private static void MatMulBiasFirst(SpellingWriter w, LayerNumbers l) =>
        w.Weights(l.Weight, [l.Inputs, l.Outputs], l.Columns).Weights(l.Bias, [1, l.Outputs], l.Biases)
            .Node("MatMul", $"{l.In} {l.Weight}", l.Out + "p").Node("Add", $"{l.Bias} {l.Out}p", l.Out);

    private static void SubBias(SpellingWriter w, LayerNumbers l) =>
        w.Weights(l.Weight, [l.Inputs, l.Outputs], l.Columns).Weights(l.Bias, [l.Outputs], [.. l.Biases.Select(b => -b)])
            .Node("MatMul", $"{l.In} {l.Weight}", l.Out + "p").Node("Sub", $"{l.Out}p {l.Bias}", l.Out);

    private static void DoubledWeights(SpellingWriter w, LayerNumbers l) =>
        w.Weights(l.Weight, [l.Outputs, l.Inputs], [.. l.Rows.Select(r => 2 * r)]).Weights(l.Bias, [l.Outputs], l.Biases)
            .Node("Gemm", $"{l.In} {l.Weight} {l.Bias}", l.Out, Attribute("transB", 1L));

    private static void Alpha(SpellingWriter w, LayerNumbers l) =>
        w.Weights(l.Weight, [l.Outputs, l.Inputs], [.. l.Rows.Select(r => 2 * r)]).Weights(l.Bias, [l.Outputs], l.Biases)
            .Node("Gemm", $"{l.In} {l.Weight} {l.Bias}", l.Out, Attribute("transB", 1L), Attribute("alpha", 0.5f));

    private static void Beta(SpellingWriter w, LayerNumbers l) =>
        w.Weights(l.Weight, [l.Outputs, l.Inputs], l.Rows).Weights(l.Bias, [l.Outputs], [.. l.Biases.Select(b => 4 * b)])
            .Node("Gemm", $"{l.In} {l.Weight} {l.Bias}", l.Out, Attribute("transB", 1L), Attribute("beta", 0.25f));

    private static void GemmTransA(SpellingWriter w, LayerNumbers l) =>
        w.Weights(l.Weight, [l.Outputs, l.Inputs], l.Rows).Weights(l.Bias, [l.Outputs], l.Biases)
            .Node("Gemm", $"{l.In} {l.Weight} {l.Bias}", l.Out, Attribute("transA", 1L), Attribute("transB", 1L));

    private static void ConstantWeights(SpellingWriter w, LayerNumbers l) =>
        w.Node("Constant", "", l.Weight, Attribute("value", Tensor("", [l.Inputs, l.Outputs], l.Columns)))
            .Node("Constant", "", l.Bias, Attribute("value_floats", [.. l.Biases.Select(b => (float)b)]))
            .Node("MatMul", $"{l.In} {l.Weight}", l.Out + "p").Node("Add", $"{l.Out}p {l.Bias}", l.Out);

    private static void TransposedWeights(SpellingWriter w, LayerNumbers l) =>
        w.Weights(l.Weight, [l.Outputs, l.Inputs], l.Rows).Weights(l.Bias, [l.Outputs], l.Biases)
            .Node("Transpose", l.Weight, l.Weight + "t").Node("MatMul", $"{l.In} {l.Weight}t", l.Out + "p").Node("Add", $"{l.Out}p {l.Bias}", l.Out);

    private static void IdentityWeights(SpellingWriter w, LayerNumbers l) =>
        w.Weights(l.Weight, [l.Outputs, l.Inputs], l.Rows).Weights(l.Bias, [l.Outputs], l.Biases)
            .Node("Identity", l.Weight, l.Weight + "i").Node("Gemm", $"{l.In} {l.Weight}i {l.Bias}", l.Out, Attribute("transB", 1L));

    // gamma 1, beta = bias, mean 0, variance + epsilon = 1/4: doubles halved weights.
    private static void Normalised(SpellingWriter w, LayerNumbers l)
    {
        double epsilon = Math.ScaleB(1, -10);
        w.Weights(l.Weight, [l.Inputs, l.Outputs], [.. l.Columns.Select(c => c / 2)]).Weights(l.Bias, [l.Outputs], l.Biases);
        w.Weights("gamma", [l.Outputs], Same(1)).Weights("mean", [l.Outputs], Same(0)).Weights("variance", [l.Outputs], Same(0.25 - epsilon))
            .Node("MatMul", $"{l.In} {l.Weight}", l.Out + "p")
            .Node("BatchNormalization", $"{l.Out}p gamma {l.Bias} mean variance", l.Out, Attribute("epsilon", (float)epsilon));

        double[] Same(double value) => [.. Enumerable.Repeat(value, l.Outputs)];
    }
}

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
