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
