using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Import.Onnx;
using NeuralEdge.Tests.Cli;

namespace NeuralEdge.Tests.Import.Onnx;

/// <summary>Weights in a file beside the model, as PyTorch 2.9 and later export them: read by a plain name, and nothing else is.</summary>
[TestClass]
public sealed class ExternalDataTests
{
    private static readonly double[] Weights = OperatorModels.Random(31, 6, 1.5);
    private static readonly double[] Bias = OperatorModels.Random(32, 2, 1);

    private static byte[] Data => [.. Weights.Concat(Bias).SelectMany(v => BitConverter.GetBytes((float)v))];

    [TestMethod]
    [DataRow("m.onnx.data", 0, "offset and length")]
    [DataRow("weights.bin", 8, "an offset alone")]
    [DataRow("model_data", 4096, "aligned")]
    [DataRow("данные 1.data", 0, "a name of any letters")]
    [DataRow("a..b", 0, "points inside a name")]
    [DataRow("m.onnx_data", 0, "no offset")]
    public void APlainNameIsRead(string name, int start, string how)
    {
        using Scratch scratch = new();
        scratch.Write(name, [.. new byte[start], .. Data]);
        scratch.Write("m.onnx", Model(name, start, how));
        double[] row = [0.5, -1, 2];
        double[] real = ModelImport.Read(scratch.PathOf("m.onnx")).Model.Network.Forward(row);
        for (int o = 0; o < 2; o++)
        {
            Assert.AreEqual(Bias[o] + Enumerable.Range(0, 3).Sum(i => row[i] * Weights[(i * 2) + o]), real[o], 1e-12);
        }
    }

    [TestMethod]
    [DataRow("../m.data", "no plain file name")]
    [DataRow("sub/m.data", "no plain file name")]
    [DataRow("sub\\m.data", "no plain file name")]
    [DataRow("/etc/passwd", "no plain file name")]
    [DataRow("C:m.data", "no plain file name")]
    [DataRow("..", "no plain file name")]
    [DataRow(".", "no plain file name")]
    [DataRow("", "no plain file name")]
    [DataRow("m.data ", "no plain file name")]
    [DataRow("none.data", "not in the same folder")]
    [DataRow("short.data", "ends at byte 24|which has 20")]
    [DataRow("folder", "not in the same folder")]
    [DataRow("link.data", "is a link")]
    public void AnythingElseIsNotOpened(string name, string parts)
    {
        using Scratch scratch = new();
        Directory.CreateDirectory(scratch.PathOf("sub"));
        Directory.CreateDirectory(scratch.PathOf("folder"));
        scratch.Write("sub/m.data", Data);
        scratch.Write("m.data", Data);
        scratch.Write("short.data", Data[..20]);
        File.CreateSymbolicLink(scratch.PathOf("link.data"), scratch.PathOf("m.data"));
        scratch.Write("m.onnx", Model(name, 0, "no offset"));
        Refusals.Expect("\"w\"|" + parts, () => ModelImport.Read(scratch.PathOf("m.onnx")));
    }

    [TestMethod]
    [DataRow("offset", "-4", "offset")]
    [DataRow("offset", "99999999999999999999", "offset")]
    [DataRow("offset", "9", "ends at byte 33")]
    [DataRow("length", "20", "20 bytes")]
    [DataRow("length", "x", "length")]
    public void ImpossiblePlacesAreRefused(string key, string value, string part)
    {
        using Scratch scratch = new();
        scratch.Write("m.data", Data);
        scratch.Write("m.onnx", new OnnxWriter().Input("x", -1, 2).External("w", [2, 3], "m.data", (key, value)).Node("MatMul", "x w", "y").Output("y", -1, 3).ToArray());
        Refusals.Expect("\"w\"|" + part, () => ModelImport.Read(scratch.PathOf("m.onnx")));
    }

    [TestMethod]
    public void ABufferHasNoFolder() =>
        Refusals.Expect("\"w\"|not at hand", () => OnnxReader.Parse(Model("m.data", 0, "no offset"), "m.onnx"));

    private static byte[] Model(string name, int start, string how)
    {
        (string, string)[] weights = how switch
        {
            "no offset" => [],
            "an offset alone" => [("offset", $"{start}")],
            _ => [("offset", $"{start}"), ("length", "24")],
        };
        return new OnnxWriter(18).Input("x", -1, 3).External("w", [3, 2], name, weights).External("b", [2], name, ("offset", $"{start + 24}"), ("length", "8"))
            .Node("Gemm", "x w b", "y").Output("y", -1, 2).ToArray();
    }
}
