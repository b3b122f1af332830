using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Import.Onnx;
using static NeuralEdge.Tests.Import.Onnx.OnnxWriter;

namespace NeuralEdge.Tests.Import.Onnx;

/// <summary>Every refusal is one sentence that names the node or the field.</summary>
[TestClass]
public sealed class OnnxRefusalTests
{
    private static IEnumerable<(string Parts, OnnxWriter Model)> Refused()
    {
        yield return ("\"Hardmax_0\" (Hardmax)|dense layers", X().Node("Hardmax", "x", "y").Output("y", -1, 3));
        yield return ("\"If_0\" (If)", X().Node("If", "x", "y").Output("y", -1, 3));
        yield return ("domain \"com.acme\"", X().NodeOf("com.acme", "Gemm", "x", "y").Output("y", -1, 3));
        yield return ("opset|version 6|7 or later", new OnnxWriter(6).Input("x", -1, 3).Node("Relu", "x", "y").Output("y", -1, 3));
        yield return ("opset|does not say", new OnnxWriter(0).Input("x", -1, 3).Node("Relu", "x", "y").Output("y", -1, 3));
        yield return ("\"w\"|no plain file name|inside the .onnx", X().External("w", [3, 2], "../../../etc/passwd").Node("MatMul", "x w", "y").Output("y", -1, 2));
        yield return ("\"MatMul_0\" (MatMul)|both depend", X().Node("MatMul", "x x", "y").Output("y", 3, 3));
        yield return ("(Mul)|both depend", X().Longs("turned", [3], 2, 0, 1).Node("Gather", "x turned", "t", Attribute("axis", 1L)).Node("Mul", "x t", "y").Output("y", -1, 3));
        yield return ("\"y\"|not defined everywhere", X().Floats("c", [1], [1]).Node("Div", "c x", "y").Output("y", -1, 3));
        yield return ("(Add)|different layers|skip connections", X().Node("Tanh", "x", "t").Longs("turned", [3], 2, 0, 1).Node("Gather", "t turned", "u", Attribute("axis", 1L)).Node("Add", "x u", "y").Output("y", -1, 3));
        yield return ("(Concat)|different layers", X().Node("Tanh", "x", "t").Node("Concat", "x t", "y", Attribute("axis", 1L)).Output("y", -1, 6));
        yield return ("(MatMul)|[1,3]|[4,2]|do not fit", X().Floats("w", [4, 2], new double[8]).Node("MatMul", "x w", "y").Output("y", -1, 2));
        yield return ("(Relu)|Softmax|must come last", X().Node("Softmax", "x", "s").Node("Relu", "s", "y").Output("y", -1, 3));
        yield return ("(Softmax)|axis 0", X().Node("Softmax", "x", "y", Attribute("axis", 0L)).Output("y", -1, 3));
        yield return ("(ArgMax)|axis 0", X().Node("ArgMax", "x", "y").Output("y", 7, [1, 3]));
        yield return ("(ArgMax)|first", X().Node("ArgMax", "x", "y", Attribute("axis", 1L), Attribute("select_last_index", 1L)).Output("y", 7, [1, 1]));
        yield return ("(LeakyRelu)|alpha|NaN", X().Node("LeakyRelu", "x", "y", Attribute("alpha", float.NaN)).Output("y", -1, 3));
        yield return ("(BatchNormalization)|training mode|model.eval()", X().Floats("g", [3], [1, 1, 1]).Node("BatchNormalization", "x g g g g", "y", Attribute("training_mode", 1L)).Output("y", -1, 3));
        yield return ("(Cast)|int64", X().Node("Cast", "x", "y", Attribute("to", 7L)).Output("y", -1, 3));
        yield return ("(Conv)|512 neurons and 131072 weights|shorter window", new OnnxWriter().Input("x", -1, 1, 16, 16).Floats("k", [2, 1, 1, 1], new double[2]).Node("Conv", "x k", "y").Output("y", -1, 2, 6, 6));
        yield return ("\"y\"|the function exp, which boards do not have|gelu", X().Node("Exp", "x", "y").Output("y", -1, 3));
        yield return ("\"y\"|the function square, which boards do not have", X().Node("Mul", "x x", "y").Output("y", -1, 3));
        yield return ("\"y\"|a function that has no name here|softplus", X().Node("Tanh", "x", "t").Node("Mul", "t x", "y").Output("y", -1, 3));
        yield return ("(Clip)|lower bound", X().Floats("lo", [], [1]).Floats("hi", [], [0]).Node("Clip", "x lo hi", "y").Output("y", -1, 3));
        yield return ("NaN or infinite|(Tanh)", X().Floats("w", [3, 1], [1, double.NaN, 0]).Node("MatMul", "x w", "m").Node("Tanh", "m", "y").Output("y", -1, 1));
        yield return ("NaN or infinite", X().Floats("w", [3, 1], [1, double.PositiveInfinity, 0]).Node("MatMul", "x w", "y").Output("y", -1, 1));
        yield return ("(MatMul)|\"w\"|nothing makes", X().Node("MatMul", "x w", "y").Output("y", -1, 2));
        yield return ("(Tanh)|out of itself", X().Node("Tanh", "b", "a").Node("Tanh", "a", "b").Node("Add", "x b", "y").Output("y", -1, 3));
        yield return ("two things that make \"y\"", X().Node("Tanh", "x", "y").Node("Relu", "x", "y").Output("y", -1, 3));
        yield return ("two initialisers|\"w\"", X().Floats("w", [1], [1]).Floats("w", [1], [2]).Node("Mul", "x w", "y").Output("y", -1, 3));
        yield return ("output \"z\"|no node makes", X().Node("Tanh", "x", "y").Output("z", -1, 3));
        yield return ("second result", X().Node("Tanh", "x", "a").Node("Relu", "x", "b").Output("a", -1, 3).Output("b", -1, 3));
        yield return ("\"y\"|does not depend", X().Node("Tanh", "x", "a").Floats("c", [3], [1, 2, 3]).Node("Identity", "c", "y").Output("y", 3));
        yield return ("the graph has none", X().Node("Tanh", "x", "y"));
        yield return ("(LSTM)|recurrent|features over the window", new OnnxWriter().Input("x", 1, 5, 3).Node("LSTM", "x", "y").Output("y", 1, 3));
        yield return ("(GRU)|recurrent|neuraledge train", new OnnxWriter().Input("x", 1, 5, 3).Node("GRU", "x", "y").Output("y", 1, 3));
        yield return ("(TreeEnsembleClassifier)|decision trees|same table", X().Opset("ai.onnx.ml", 3).NodeOf("ai.onnx.ml", "TreeEnsembleClassifier", "x", "y").Output("y", -1, 3));
        yield return ("(SVMClassifier)|support vector|LogisticRegression", X().Opset("ai.onnx.ml", 3).NodeOf("ai.onnx.ml", "SVMClassifier", "x", "y").Output("y", -1, 3));
        yield return ("(SVMRegressor)|support vector|LinearRegression", X().Opset("ai.onnx.ml", 3).NodeOf("ai.onnx.ml", "SVMRegressor", "x", "y").Output("y", -1, 3));
        yield return ("(LayerNormalization)|from the row itself|BatchNorm", X().Node("LayerNormalization", "x", "y").Output("y", -1, 3));
        yield return ("(Attention)|attention|neuraledge train", X().Node("Attention", "x", "y").Output("y", -1, 3));
        yield return ("(MaxPool)|average pooling", new OnnxWriter().Input("x", 1, 2, 8).Node("MaxPool", "x", "y").Output("y", 1, 2, 4));
        yield return ("(Normalizer)|add up to 1|--output", X().Opset("ai.onnx.ml", 3).Node("Sigmoid", "x", "s").NodeOf("ai.onnx.ml", "Normalizer", "s", "y", Attribute("norm", "L1")).Output("y", -1, 3));
        yield return ("(LinearClassifier)|PROBIT", X().Opset("ai.onnx.ml", 3).NodeOf("ai.onnx.ml", "LinearClassifier", "x", "l y", Attribute("coefficients", new float[6]), Attribute("intercepts", new float[2]), Attribute("post_transform", "PROBIT")).Output("y", -1, 2));
        yield return ("(QuantizeLinear)|scale|above 0", X().Floats("s", [], [0]).Node("Tanh", "x", "t").Node("QuantizeLinear", "t s", "y").Output("y", 2, [-1, 3]));
        yield return ("(DequantizeLinear)|[2]|[3,2]", X().Integers("q", 3, [3, 2], 1, 2, 3, 4, 5, 6).Floats("s", [2], [1, 2]).Node("DequantizeLinear", "q s", "w", Attribute("axis", 0L)).Node("MatMul", "x w", "y").Output("y", -1, 2));
        yield return ("(Where)|different layers", X().Node("Tanh", "x", "t").Longs("turned", [3], 2, 0, 1).Node("Gather", "t turned", "u", Attribute("axis", 1L)).Node("Greater", "x t", "g").Node("Where", "g u x", "y").Output("y", -1, 3));
        yield return ("jumps", X().Floats("nought", [1], [0]).Node("Greater", "x nought", "g").Node("Cast", "g", "y", Attribute("to", 1L)).Output("y", -1, 3));
        yield return ("(Einsum)|does not fit", X().Floats("w", [3, 2], new double[6]).Node("Einsum", "x w", "y", Attribute("equation", "ab,ac->bc")).Output("y", -1, 2));
        yield return ("function \"again\"|by itself", X().Function("f", "again", "i", "o", new OnnxWriter().Opset("f", 1).NodeOf("f", "again", "i", "o")).NodeOf("f", "again", "x", "y").Output("y", -1, 3));
        yield return ("(LeakyRelu)|takes its attribute alpha from a function", X().Node("LeakyRelu", "x", "y", Reference("alpha", "slope", 1)).Output("y", -1, 3));
        yield return ("no input", new OnnxWriter().Floats("c", [1], [1]).Node("Tanh", "c", "y").Output("y", 1));
        yield return ("input \"x\"|dimension 1|no fixed size", new OnnxWriter().Input("x", -1, -1).Node("Tanh", "x", "y").Output("y", -1, -1));
        yield return ("input \"x\"|string", new OnnxWriter().Input("x", 8, [-1, 3]).Node("Identity", "x", "y").Output("y", -1, 3));
        yield return ("inputs|1024", new OnnxWriter().Input("x", -1, 3, 224, 224).Node("Flatten", "x", "y").Output("y", -1, 150528));
        yield return ("\"w\"|shape|bytes", X().With(5, new ProtoWriter().Integers(1, [3, 2]).Integer(2, 1).Text(8, "w").Bytes(9, new byte[20])).Node("MatMul", "x w", "y").Output("y", -1, 2));
        yield return ("\"w\"|impossible shape", X().With(5, new ProtoWriter().Integers(1, [long.MaxValue, 4]).Integer(2, 1).Text(8, "w").Bytes(9, new byte[16])).Node("MatMul", "x w", "y").Output("y", -1, 2));
        yield return ("\"w\"|impossible shape", X().With(5, new ProtoWriter().Integers(1, [-3, -2]).Integer(2, 1).Text(8, "w").Bytes(9, new byte[24])).Node("MatMul", "x w", "y").Output("y", -1, 2));
        yield return ("\"w\"|the type number 99", X().With(5, new ProtoWriter().Integers(1, [3, 1]).Integer(2, 99).Text(8, "w").Bytes(9, new byte[12])).Node("MatMul", "x w", "y").Output("y", -1, 1));
        yield return ("sparse", X().With(15, new ProtoWriter()).Node("Tanh", "x", "y").Output("y", -1, 3));
        yield return ("more than 2000 nodes", Chain(2001, "Identity"));
        yield return ("layer 17|(Tanh)", Chain(17, "Tanh"));
        yield return ("(Reshape)|[1,4]", X().Longs("to", [2], 1, 4).Node("Reshape", "x to", "y").Output("y", 1, 4));
        yield return ("(LabelEncoder)|cannot be encoded", X().Opset("ai.onnx.ml", 2).NodeOf("ai.onnx.ml", "LabelEncoder", "x", "y").Output("y", -1, 3));
        yield return ("(ZipMap)|2 labels for 3", X().Opset("ai.onnx.ml", 1).NodeOf("ai.onnx.ml", "ZipMap", "x", "y", Attribute("classlabels_strings", ["a", "b"])).Output("y"));
    }

    [TestMethod]
    public void EveryRefusalNamesItsPlace()
    {
        int count = 0;
        foreach ((string parts, OnnxWriter model) in Refused())
        {
            Refusals.Expect("m.onnx|" + parts, () => OnnxReader.Parse(model.ToArray(), "m.onnx"));
            count++;
        }

        Assert.IsGreaterThan(40, count);
    }

    /// <summary>A small file that asks for a thousand large products ends early, in a sentence, and in bounded memory.</summary>
    [TestMethod]
    public void WorkIsBounded()
    {
        OnnxWriter model = new OnnxWriter().Input("v0", -1, 512).Floats("w", [512, 512], new double[512 * 512]);
        for (int i = 0; i < 1000; i++)
        {
            model.Node("MatMul", $"v{i} w", $"v{i + 1}");
        }

        byte[] file = model.Output("v1000", -1, 512).ToArray();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refusals.Expect("m.onnx", () => OnnxReader.Parse(file, "m.onnx"));
        Assert.IsLessThan(600L << 20, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>So does a file of empty messages, each of which costs more to open than to write.</summary>
    [TestMethod]
    public void EmptyMessagesArePaidFor()
    {
        byte[] emptyOpsets = [.. Enumerable.Repeat(new byte[] { (8 << 3) | 2, 0 }, 2_000_000).SelectMany(b => b)];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refusals.Expect("m.onnx|in memory", () => OnnxReader.Parse(emptyOpsets, "m.onnx"));
        Assert.IsLessThan(200L << 20, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    [DataRow("1F8B0800", "m.onnx", "gzip|gunzip")]
    [DataRow("76657273696F6E2068747470733A2F2F6769742D6C66732E6769746875622E636F6D2F737065632F7631", "m.onnx", "git-LFS|git lfs pull")]
    [DataRow("0A3C21444F43545950452068746D6C3E", "m.onnx", "web page|raw file")]
    [DataRow("894844460D0A1A0A", "m.h5", "damaged HDF5 file|save or download")]
    [DataRow("504B0304", "m.keras", "damaged zip archive|save or download")]
    [DataRow("504B0304", "m.pt", "PyTorch|torch.onnx.export")]
    [DataRow("504B0304", "m.zip", "zip archive|unpack")]
    [DataRow("80049500", "m.pkl", "pickled|skl2onnx")]
    [DataRow("4E454447", "m.onnx", "model file already|inspect")]
    [DataRow("", "m.onnx", "is empty")]
    [DataRow("68656C6C6F", "m.txt", "not known|.tflite")]
    [DataRow("68656C6C6F", "m.onnx", "ONNX")]
    [DataRow("68656C6C6F", "m.tflite", "TFL3")]
    public void DownloadsThatWentWrongAreTold(string hex, string name, string parts)
    {
        Refusals.Expect(name + "|" + parts, () => ModelImport.Parse(Convert.FromHexString(hex), name));
    }

    /// <summary>What is in a file decides, not what it is called.</summary>
    [TestMethod]
    public void ContentDecidesBeforeTheName()
    {
        byte[] onnx = Spellings.Start().Layers(Spellings.Gemm, Spellings.Gemm).ToArray();
        Assert.AreEqual(4, ModelImport.Parse(onnx, "model.bin").Model.Network.InputCount);
        Assert.AreEqual(4, ModelImport.Parse(TfLite.TfLiteModels.Float(), "model.onnx").Model.Network.InputCount);
        Assert.AreEqual(2, ModelImport.Parse(System.Text.Encoding.ASCII.GetBytes(Fann.FannTests.Small), "model").Model.Network.InputCount);
        Assert.AreEqual(1, ModelImport.Parse("""{"layers":[{"weights":[[1]],"activation":"linear"}]}"""u8.ToArray(), "model").Model.Network.InputCount);
    }

    private static OnnxWriter X() => new OnnxWriter().Input("x", -1, 3);

    private static OnnxWriter Chain(int length, string operation)
    {
        OnnxWriter model = new OnnxWriter().Input("v0", -1, 3);
        for (int i = 0; i < length; i++)
        {
            model.Node(operation, $"v{i}", $"v{i + 1}");
        }

        return model.Output($"v{length}", -1, 3);
    }
}
