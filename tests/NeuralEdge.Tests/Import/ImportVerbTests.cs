using System.Globalization;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Tests.Cli;
using NeuralEdge.Tests.Import.Onnx;
using NeuralEdge.Tests.Import.TfLite;

namespace NeuralEdge.Tests.Import;

/// <summary>A network trained elsewhere, the way a user takes it: imported, compared, uploaded, verified.</summary>
[TestClass]
public sealed class ImportVerbTests
{
    private static string Iris => Repository.PathOf("tools/examples/iris.csv");

    private static byte[] Flowers => Spellings.Start().Layers(Spellings.Gemm, Spellings.Gemm).ToArray();

    /// <summary>A thousand rows, each asked of the simulated board in another process.</summary>
    [TestMethod]
    public void AnImportedNetworkRunsBitEqualOnABoard()
    {
        using Scratch scratch = new();
        scratch.Write("flowers.onnx", Flowers);
        string report = scratch.Run("import", "flowers.onnx", "--calibrate", Iris, "--outputs", "a,b,c", "-o", "f.nedge").MustSucceed().Output;
        StringAssert.Contains(report, "150 rows");
        StringAssert.Contains(report, "Another class in 0 of 150 rows.");
        StringAssert.Contains(report, "The certificate held.");

        PortableRandom random = new(5);
        string header = File.ReadLines(Iris).First();
        string Number(double low, double high) => (low + (random.NextDouble() * (high - low))).ToString("F3", CultureInfo.InvariantCulture);
        IEnumerable<string> rows = Enumerable.Range(0, 1000).Select(_ => $"{Number(4.3, 7.9)},{Number(2, 4.4)},{Number(1, 6.9)},{Number(0.1, 2.5)},x");
        scratch.Write("rows.csv", header + "\n" + string.Join('\n', rows));

        JsonElement reference = scratch.Run("verify", "f.nedge", "--reference", "flowers.onnx", "--input", "rows.csv", "--json").Json();
        Assert.AreEqual(1000, reference.GetProperty("rows").GetInt32());
        Assert.IsTrue(reference.GetProperty("certificateHeld").GetBoolean());

        using BoardProcess board = new(scratch.Folder);
        StringAssert.Contains(scratch.Run("verify", "f.nedge", "--port", board.Address, "--input", "rows.csv").MustFail(2), "upload");
        scratch.Run("upload", "f.nedge", "--port", board.Address).MustSucceed();
        Assert.AreEqual("1000 of 1000 rows bit-equal.", scratch.Run("verify", "f.nedge", "--port", board.Address, "--input", "rows.csv").MustSucceed().Output.Trim());
    }

    [TestMethod]
    public void ANetworkWithActivationsByTableRunsBitEqualOnABoardAndIsRefusedByFast()
    {
        using Scratch scratch = new();
        scratch.Write("net.json", """
            {"layers":[{"weights":[[1,1],[-1,1],[0.5,-2]],"bias":[0,0.1,0.2],"activation":"gelu"},
                       {"weights":[[1,-1,0.5]],"activation":"elu","alpha":0.5}]}
            """);
        scratch.Run("import", "net.json", "--range", "-2,2", "-o", "net.nedge").MustSucceed();
        StringAssert.Contains(scratch.Run("inspect", "net.nedge").MustSucceed().Output, "Tabulated");
        scratch.Write("rows.csv", "x1,x2\n" + string.Join('\n', Enumerable.Range(0, 40).Select(r => $"{(r % 9) - 4}e-1,{(r % 7) - 3}e-1")));
        Assert.IsTrue(scratch.Run("verify", "net.nedge", "--reference", "net.json", "--input", "rows.csv", "--json").Json().GetProperty("certificateHeld").GetBoolean());
        using BoardProcess board = new(scratch.Folder);
        scratch.Run("upload", "net.nedge", "--port", board.Address).MustSucceed();
        Assert.AreEqual("40 of 40 rows bit-equal.", scratch.Run("verify", "net.nedge", "--port", board.Address, "--input", "rows.csv").MustSucceed().Output.Trim());
        string refusal = scratch.Run("import", "net.json", "--range", "-2,2", "--profile", "fast", "-o", "fast.nedge").MustFail(2);
        StringAssert.Contains(refusal, "layer 0: the profile fast does not have the activation gelu; use the profile exact or compact.");
        Assert.IsFalse(File.Exists(scratch.PathOf("fast.nedge")));
    }

    /// <summary>The example file is the flowers' network as these tests write it: nobody else's file, and reproducible.</summary>
    [TestMethod]
    public void TheExampleIsWhatTheTestsWrite()
    {
        string path = Repository.PathOf("tools/examples/iris.onnx");
        if (Environment.GetEnvironmentVariable("NEURALEDGE_WRITE_EXAMPLES") == "1")
        {
            File.WriteAllBytes(path, Flowers);
        }

        CollectionAssert.AreEqual(Flowers, File.ReadAllBytes(path));
    }

    /// <summary>The check can fail: another network is told from the one the model was made of.</summary>
    [TestMethod]
    public void AnotherNetworkBreaksTheCertificate()
    {
        using Scratch scratch = new();
        scratch.Write("flowers.onnx", Flowers);
        (byte[] other, _, _, _, _) = TfLiteModels.EightBit(withZeroPoint: false);
        scratch.Write("other.tflite", other);
        scratch.Run("import", "flowers.onnx", "--calibrate", Iris, "-o", "f.nedge").MustSucceed();
        ToolResult result = scratch.Run("verify", "f.nedge", "--reference", "other.tflite", "--input", Iris);
        Assert.AreEqual(2, result.ExitCode, result.ToString());
        StringAssert.Contains(result.Output, "did NOT hold");
    }

    [TestMethod]
    public void RangesMustComeFromSomewhere()
    {
        using Scratch scratch = new();
        scratch.Write("flowers.onnx", Flowers);
        StringAssert.Contains(scratch.Run("import", "flowers.onnx", "-o", "f.nedge").MustFail(2), "--calibrate");
        Assert.IsFalse(File.Exists(scratch.PathOf("f.nedge")));
        scratch.Run("import", "flowers.onnx", "--range", "0,8", "--inputs", "a,b,c,d", "-o", "f.nedge").MustSucceed();
        JsonElement inputs = scratch.Run("inspect", "f.nedge", "--json").Json().GetProperty("inputs");
        Assert.AreEqual("d", inputs[3].GetProperty("name").GetString());

        // An 8-bit network brings its range along, and the report says what was taken over.
        scratch.Write("q.tflite", TfLiteModels.EightBit(withZeroPoint: true).File);
        ToolResult eight = scratch.Run("import", "q.tflite", "-o", "q.nedge").MustSucceed();
        StringAssert.Contains(eight.Error, "8-bit");
        StringAssert.Contains(eight.Error, "quantisation");
    }

    [TestMethod]
    public void NamesMustFitTheNetwork()
    {
        using Scratch scratch = new();
        scratch.Write("flowers.onnx", Flowers);
        StringAssert.Contains(scratch.Run("import", "flowers.onnx", "--inputs", "a,b", "--range", "0,8", "-o", "f.nedge").MustFail(2), "4 are needed");
        StringAssert.Contains(scratch.Run("import", "flowers.onnx", "--outputs", "a,b,a", "--range", "0,8", "-o", "f.nedge").MustFail(2), "twice");
        scratch.Write("narrow.csv", "a,b\n1,2\n3,4\n");
        StringAssert.Contains(scratch.Run("import", "flowers.onnx", "--calibrate", "narrow.csv", "-o", "f.nedge").MustFail(2), "2 columns");
        StringAssert.Contains(scratch.Run("verify", "none.nedge", "--input", Iris).MustFail(2), "none.nedge");
    }
}
