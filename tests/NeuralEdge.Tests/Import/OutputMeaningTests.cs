using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Learning;
using NeuralEdge.Tests.Cli;
using NeuralEdge.Tests.Import.Fann;
using NeuralEdge.Tests.Import.Onnx;

namespace NeuralEdge.Tests.Import;

/// <summary>A network that ends in logits is told from one of quantities by how its outputs look, and a sentence says what was taken.</summary>
[TestClass]
public sealed class OutputMeaningTests
{
    private const string Layers = """[{"weights":[[1,-2],[3,1]],"activation":"tanh"},{"weights":[[300,-200],[0.1,0.2],[-4,5]],"activation":"linear"}]""";
    private const string Inputs = """[{"min":-1,"max":1},{"min":-1,"max":1}]""";
    private const string Names = ""","outputs":[{"name":"a"},{"name":"b"},{"name":"c"}]""";
    private const string Board = """{"inputs":[{"name":"x1","adc":0,"counts":[0,4095],"values":[-1,1]},{"name":"x2","adc":3,"counts":[0,4095],"values":[-1,1]}],"outputs":[""";

    [TestMethod]
    [DataRow("", null, ModelTask.Classification, "3 outputs are linear|3 classes|--task regress", DisplayName = "neither names nor units")]
    [DataRow("", false, ModelTask.Regression, "", DisplayName = "told: quantities")]
    [DataRow("", true, ModelTask.Classification, "", DisplayName = "told: classes")]
    [DataRow(Names, null, ModelTask.Regression, "\"a\", \"b\", \"c\" are taken as quantities|--task classify", DisplayName = "names")]
    [DataRow(Names, true, ModelTask.Classification, "", DisplayName = "names, told: classes")]
    [DataRow(""","outputs":[{"unit":"kPa"},{},{}]""", null, ModelTask.Regression, "", DisplayName = "a unit")]
    public void SeveralLinearOutputsAreClassesUnlessSomethingSaysQuantities(string outputs, bool? told, ModelTask task, string note)
    {
        ImportResult result = Import("net.json", Json(Layers, outputs), told);
        Expect(task, note, result);

        // Classes have one scale; quantities, here of very unlike sizes, one each. The values are right in both.
        Assert.HasCount(task == ModelTask.Classification ? 1 : 3, result.Model.File.Outputs.Select(output => output.Scale).Distinct().ToArray());
        double[] real = result.Model.Model.Network.Scores([0.25, -0.5]);
        double[] values = result.Model.File.Evaluate(0.25, -0.5);
        double[] bound = Certificate.Read(result.Model.File)!.Bound.Total;
        for (int o = 0; o < real.Length; o++)
        {
            Assert.AreEqual(real[o], values[o], bound[o]);
            Assert.IsLessThan(3e-4 * Math.Abs(real[o]), bound[o]);
        }
    }

    [TestMethod]
    [DataRow("""[{"weights":[[1,-2],[3,1]],"activation":"softmax"}]""", ModelTask.Classification, DisplayName = "softmax")]
    [DataRow("""[{"weights":[[1,-2],[3,1]],"activation":"tanh"}]""", ModelTask.Regression, DisplayName = "tanh")]
    [DataRow("""[{"weights":[[1,-2],[3,1]],"activation":"sigmoid"}]""", ModelTask.Regression, DisplayName = "sigmoid")]
    [DataRow("""[{"weights":[[1,-2]],"activation":"linear"}]""", ModelTask.Regression, DisplayName = "one output")]
    public void OtherEndsLeaveNothingToAsk(string layers, ModelTask task) => Expect(task, "", Import("net.json", Json(layers, ""), null));

    /// <summary>One scale for pascals and a share of one would cost the share its bits: nobody's scores are so unlike.</summary>
    [TestMethod]
    public void OutputsOfVeryUnlikeSizesAreQuantities()
    {
        string layers = Layers.Replace("[0.1,0.2]", "[0.001,0.002]", StringComparison.Ordinal);
        Expect(ModelTask.Regression, "\"y1\", \"y2\", \"y3\" are taken as quantities|--task classify", Import("net.json", Json(layers, ""), null));
        Expect(ModelTask.Classification, "", Import("net.json", Json(layers, ""), true));
        Expect(ModelTask.Classification, "3 classes", Import("net.json", Json(Layers.Replace("[0.1,0.2]", "[0,0]", StringComparison.Ordinal), ""), null));
    }

    [TestMethod]
    public void TheKindOfTheFileCanSayThatItsOutputsAreQuantities()
    {
        byte[] Onnx(string output) =>
            new OnnxWriter().Input("x", -1, 2).Floats("w", [2, 2], [1, 2, 3, 4]).Node("MatMul", "x w", output).Output(output, -1, 2).ToArray();
        Expect(ModelTask.Classification, "2 classes", Import("net.onnx", Onnx("logits"), null));
        Expect(ModelTask.Regression, "", Import("net.onnx", Onnx("variable"), null));

        string fann = FannTests.Small.Replace("layer_sizes=3 4 2 ", "layer_sizes=3 3 ", StringComparison.Ordinal).Replace("num_layers=3", "num_layers=2", StringComparison.Ordinal);
        fann = fann[..fann.IndexOf("neurons (", StringComparison.Ordinal)] + """
            neurons (num_inputs, activation_function, activation_steepness)=(0, 0, 0.0) (0, 0, 0.0) (0, 0, 0.0) (3, 0, 0.5) (3, 0, 0.5) (0, 0, 0.0) 
            connections (connected_to_neuron, weight)=(0, 1.5) (1, -2.0) (2, 0.25) (0, 0.5) (1, 0.75) (2, -1.0) 

            """;
        Expect(ModelTask.Regression, "", Import("net.net", System.Text.Encoding.UTF8.GetBytes(fann), null));
    }

    [TestMethod]
    [DataRow("""{"name":"y1","pin":18,"argmax":true}""", ModelTask.Classification, "")]
    [DataRow("""{"name":"y1","pin":18,"on":1,"off":0}""", ModelTask.Regression, "")]
    [DataRow("""{"name":"y1","pin":18,"argmax":true},{"name":"y2","pin":19,"on":1,"off":0}""", ModelTask.Classification, "")]
    [DataRow("""{"name":"y1","pin":18}""", ModelTask.Classification, "3 classes")]
    public void WhatThePinsFollowSaysWhatTheOutputsAre(string outputs, ModelTask task, string note) =>
        Expect(task, note, Import("net.json", Json(Layers, ""), null, BoardFile.Parse(Board + outputs + "]}", "board.json")));

    /// <summary>A user gives no option: the class is right in both readings of the file.</summary>
    [TestMethod]
    public void AFileThatEndsInLogitsIsImportedAsAClassifierAndTheReportSaysSo()
    {
        using Scratch scratch = new();
        scratch.Write("logits.json", """{"inputs":[{"name":"a","min":-1,"max":1}],"layers":[{"weights":[[9],[0.01],[-0.02]],"bias":[-5,0.01,0],"activation":"linear"}]}""");
        scratch.Write("rows.csv", "a\n-1\n0\n0.9\n");
        StringAssert.Contains(scratch.Run("import", "logits.json", "-o", "c.nedge").MustSucceed().Error, "--task regress");
        StringAssert.Contains(scratch.Run("inspect", "c.nedge").MustSucceed().Output, "c.nedge: classifier");
        Assert.AreEqual("", scratch.Run("import", "logits.json", "--task", "regress", "-o", "r.nedge").MustSucceed().Error);
        foreach (string file in (string[])["c.nedge", "r.nedge"])
        {
            string[] answers = scratch.Run("run", file, "--input", "rows.csv", "--class").MustSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            CollectionAssert.AreEqual(new[] { "class", "y3", "y2", "y1" }, answers.Select(answer => answer.Split(',')[^1].Trim()).ToArray(), file);
        }
    }

    private static byte[] Json(string layers, string outputs) =>
        System.Text.Encoding.UTF8.GetBytes($$"""{"inputs":{{Inputs}},"layers":{{layers}}{{outputs}}}""");

    private static ImportResult Import(string name, byte[] file, bool? classifies, BoardFile? board = null)
    {
        using Scratch scratch = new();
        return Pipeline.Import(new ImportOptions(scratch.Write(name, file)) { Classifies = classifies, Board = board, Range = name == "net.json" ? null : (-1, 1), Work = 1e5 });
    }

    private static void Expect(ModelTask task, string note, ImportResult result)
    {
        Assert.AreEqual(task, result.Model.File.Task);
        if (note.Length == 0)
        {
            Assert.IsEmpty(result.Notes, string.Join('\n', result.Notes));
            return;
        }

        string said = Assert.ContainsSingle(result.Notes);
        foreach (string part in note.Split('|'))
        {
            StringAssert.Contains(said, part);
        }

        StringAssert.EndsWith(said, ".");
    }
}
