using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Import.Onnx;
using NeuralEdge.Learning.Import.Results;
using NeuralEdge.Networks;
using NeuralEdge.Tests.Cli;
using static NeuralEdge.Tests.Import.Onnx.OnnxWriter;

namespace NeuralEdge.Tests.Import.Onnx;

/// <summary>Of several outputs, the one that is meant is taken, or the person is asked; inputs that feed none are left out.</summary>
[TestClass]
public sealed class OutputTests
{
    /// <summary>Probabilities, the scores that they are made of, and the class, in any order: one network with names.</summary>
    [TestMethod]
    [DataRow("p z label")]
    [DataRow("label p")]
    [DataRow("z label")]
    [DataRow("p z")]
    [DataRow("label")]
    [DataRow("label z p")]
    public void ScoresAndTheirClassAreOneNetwork(string outputs)
    {
        OnnxWriter writer = Scores().Node("Softmax", "z", "p").Node("ArgMax", "z", "i", Attribute("axis", 1L), Attribute("keepdims", 0L))
            .Texts("names", "a", "b").NodeOf("ai.onnx.ml", "ArrayFeatureExtractor", "names i", "label");
        foreach (string output in outputs.Split(' '))
        {
            writer.Output(output, -1, 2);
        }

        ImportedModel imported = OnnxReader.Parse(writer.ToArray(), "m.onnx");
        Assert.AreEqual(outputs.Contains('p', StringComparison.Ordinal), imported.Model.Network.HasProbabilities);
        Assert.IsTrue(imported.Classifies);
        CollectionAssert.AreEqual(
            outputs.Contains("label", StringComparison.Ordinal) ? ["a", "b"] : (string[])["y1", "y2"], imported.Model.Outputs.Select(o => o.Name).ToArray());
    }

    [TestMethod]
    [DataRow("keys_int64s", "values_strings")]
    [DataRow("keys_tensor", "values_tensor")]
    public void LabelEncodersOfAllVersionsGiveNames(string keys, string values)
    {
        ProtoWriter texts = new ProtoWriter().Integers(1, [2]).Integer(2, 8).Text(6, "wet").Text(6, "dry");
        bool isNew = keys.EndsWith("tensor", StringComparison.Ordinal);
        byte[] file = Scores(isNew ? 4 : 2).Node("ArgMax", "z", "i", Attribute("axis", 1L), Attribute("keepdims", 0L)).NodeOf("ai.onnx.ml", "LabelEncoder", "i", "label",
            isNew ? Attribute(keys, LongTensor("", [2], 1, 0)) : Attribute(keys, [1L, 0L]),
            isNew ? Attribute(values, texts) : Attribute(values, ["wet", "dry"])).Output("label", 8, [-1]).ToArray();
        CollectionAssert.AreEqual((string[])["dry", "wet"], OnnxReader.Parse(file, "m.onnx").Model.Outputs.Select(o => o.Name).ToArray());
    }

    [TestMethod]
    public void APersonChoosesWhereItMatters()
    {
        byte[] file = Scores().Node("Identity", "t", "hidden").Output("z", -1, 2).Output("hidden", -1, 5).ToArray();
        Refusals.Expect("\"hidden\"|second result|--output z or --output hidden", () => OnnxReader.Parse(file, "m.onnx"));
        Assert.AreEqual(2, OnnxReader.Parse(file, "m.onnx", null, "z").Model.Network.OutputCount);
        Assert.AreEqual(5, OnnxReader.Parse(file, "m.onnx", null, "hidden").Model.Network.OutputCount);
        Refusals.Expect("no output \"y\"|\"z\", \"hidden\"", () => OnnxReader.Parse(file, "m.onnx", null, "y"));
    }

    [TestMethod]
    public void HeadsOfOneLayerStandSideBySide()
    {
        byte[] file = Scores().Floats("v", [5, 1], OperatorModels.Random(3, 5, 1)).Node("MatMul", "t v", "power").Output("z", -1, 2).Output("power", -1, 1).ToArray();
        ImportedModel imported = OnnxReader.Parse(file, "m.onnx");
        CollectionAssert.AreEqual((string[])["z_1", "z_2", "power"], imported.Model.Outputs.Select(o => o.Name).ToArray());
        using Oracle oracle = new(file);
        double[] row = [0.5, -1, 2];
        double[] real = imported.Model.Network.Forward(row);
        Assert.AreEqual(oracle.Run(row, "z")[1], real[1], 1e-5);
        Assert.AreEqual(oracle.Run(row, "power")[0], real[2], 1e-5);
    }

    [TestMethod]
    [DataRow("Identity")]
    [DataRow("Cast")]
    public void AStateThatIsPassedThroughIsLeftOutAndSaid(string operation)
    {
        byte[] file = Scores().Input("state_in", -1).Node(operation, "state_in", "state_out", Attribute("to", 1L)).Output("z", -1, 2).Output("state_out", -1).ToArray();
        ImportedModel imported = OnnxReader.Parse(file, "m.onnx");
        Assert.AreEqual(3, imported.Model.Network.InputCount);
        Assert.Contains(n => n.Contains("\"state_in\" feeds no result", StringComparison.Ordinal), imported.Notes);
        Assert.Contains(n => n.Contains("\"state_out\"", StringComparison.Ordinal), imported.Notes);
    }

    [TestMethod]
    public void OnTheCommandLine()
    {
        using Scratch scratch = new();
        scratch.Write("m.onnx", Scores().Node("Identity", "t", "hidden").Output("z", -1, 2).Output("hidden", -1, 5).ToArray());
        StringAssert.Contains(scratch.Run("import", "m.onnx", "--range=-2,2", "-o", "m.nedge").MustFail(2), "--output z or --output hidden");
        scratch.Run("import", "m.onnx", "--range=-2,2", "--output", "z", "-o", "m.nedge").MustSucceed();
        scratch.Write("rows.csv", "x1,x2,x3\n1,0.5,-1\n-2,2,0\n");
        StringAssert.Contains(scratch.Run("verify", "m.nedge", "--reference", "m.onnx", "--output", "z", "--input", "rows.csv").MustSucceed().Output, "held");
    }

    private static OnnxWriter Scores(long classical = 3) => OperatorModels.Start("x").Opset("ai.onnx.ml", classical).Layer(1).Node("Tanh", "h", "t")
        .Floats("w2", [5, 2], OperatorModels.Random(2, 10, 1)).Node("MatMul", "t w2", "z");
}
