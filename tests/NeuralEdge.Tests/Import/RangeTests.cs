using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Learning;
using NeuralEdge.Learning.Data;
using NeuralEdge.Tests.Cli;
using NeuralEdge.Tests.Import.Onnx;
using static NeuralEdge.Tests.Import.Onnx.OnnxWriter;

namespace NeuralEdge.Tests.Import;

/// <summary>Ranges come from what is surest, the same for every file, and are never guessed.</summary>
[TestClass]
public sealed class RangeTests
{
    private const string Mild = "x1,x2,x3\n5.1,-1.2,0.3\n6.2,-0.9,0.5\n5.6,-1.1,0.4\n";
    private const string Constant = "x1,x2,x3\n5,1,7\n6,2,7\n7,3,7\n";
    private const string OtherUnits = "x1,x2,x3\n510,-120,30\n620,-90,50\n560,-110,40\n";

    /// <summary>Mean 5.84 and deviation 0.83 of the first input, and so on.</summary>
    private static OnnxWriter Scaled => Start("x0").Node("Sub", "x0 m", "c").Node("Div", "c s", "x");

    [TestMethod]
    public void AScalerThatCanBeNothingElseIsTakenAndSaidWithItsNumbers()
    {
        ImportResult result = Import(Scaled, o => o);
        Assert.AreEqual((5.84 - (4 * 0.83), 5.84 + (4 * 0.83)), RangeOf(result, 0), "mean and 4 deviations");
        Assert.Contains(n => n.Contains("x1 5.84 and 0.83, so 2.52..9.16", StringComparison.Ordinal), result.Notes);
    }

    [TestMethod]
    [DataRow("Sub and Mul by the inverse")]
    [DataRow("ai.onnx.ml Scaler")]
    [DataRow("Sub, Div, then a projection")]
    [DataRow("one input with digits of data")]
    public void ScalersInOtherSpellingsAreTaken(string how)
    {
        OnnxWriter file = how switch
        {
            "Sub and Mul by the inverse" => Start("x0").Node("Sub", "x0 m", "c").Node("Mul", "c r", "x"),
            "ai.onnx.ml Scaler" => Start("x0").Opset("ai.onnx.ml", 1).NodeOf("ai.onnx.ml", "Scaler", "x0", "x", Attribute("offset", [5.84f, -1.05f, 0.41f]), Attribute("scale", [1 / 0.83f, 1 / 0.31f, 1 / 0.17f])),
            "Sub, Div, then a projection" => Start("x0").Node("Sub", "x0 m", "c").Node("Div", "c s", "p").Floats("pca", [3, 3], OperatorModels.Random(1, 9, 1)).Node("MatMul", "p pca", "x"),
            _ => new OnnxWriter().Input("x0", -1, 1).Floats("m1", [1], [5.843]).Floats("s1", [1], [0.828]).Node("Sub", "x0 m1", "c").Node("Div", "c s1", "d").Floats("up", [1, 3], [1, 2, 3]).Node("MatMul", "d up", "x"),
        };
        (double low, double high) = RangeOf(Import(file, o => o), 0);
        Assert.AreEqual(5.84 - (4 * 0.83), low, 0.05);
        Assert.AreEqual(5.84 + (4 * 0.83), high, 0.05);
    }

    /// <summary>Each of these was taken for a scaler once, or could be.</summary>
    [TestMethod]
    [DataRow("a difference alone, as before a principal component analysis")]
    [DataRow("a factor before a difference")]
    [DataRow("a factor alone")]
    [DataRow("BatchNormalization on the inputs")]
    [DataRow("the same for all inputs")]
    [DataRow("a negative factor")]
    [DataRow("round numbers of one input")]
    [DataRow("two scalers that differ")]
    public void NothingElseIsTakenForAScaler(string how)
    {
        OnnxWriter file = how switch
        {
            "a difference alone, as before a principal component analysis" => Start("x0").Node("Sub", "x0 m", "c").Floats("pca", [3, 3], OperatorModels.Random(1, 9, 1)).Node("MatMul", "c pca", "x"),
            "a factor before a difference" => Start("x0").Node("Mul", "x0 s", "c").Node("Add", "c m", "x"),
            "a factor alone" => Start("x0").Node("Div", "x0 s", "x"),
            "BatchNormalization on the inputs" => Start("x0").Floats("g", [3], [1.5, 2, 0.5]).Floats("b", [3], [1, 2, 3]).Node("BatchNormalization", "x0 g b m s", "x"),
            "the same for all inputs" => Start("x0").Floats("m1", [1], [0.4914]).Floats("s1", [1], [0.2471]).Node("Sub", "x0 m1", "c").Node("Div", "c s1", "x"),
            "a negative factor" => Start("x0").Floats("n", [3], [1.3, -2.2, 0.7]).Node("Sub", "x0 m", "c").Node("Mul", "c n", "x"),
            "round numbers of one input" => new OnnxWriter().Input("x0", -1, 1).Floats("m1", [1], [127.5]).Floats("s1", [1], [127.5]).Node("Sub", "x0 m1", "c").Node("Div", "c s1", "d").Floats("up", [1, 3], [1, 2, 3]).Node("MatMul", "d up", "x"),
            _ => Start("x0").Node("Sub", "x0 m", "c").Node("Div", "c s", "p").Node("Sub", "x0 r", "e").Node("Div", "e s", "q").Node("Add", "p q", "x"),
        };
        Refusals.Expect("no range|--calibrate|--range", () => Import(file, o => o));
    }

    [TestMethod]
    public void TheOrderIsThatOfTheDocument()
    {
        ImportOptions All(ImportOptions o) => o with
        {
            Calibration = Table.Parse(Mild, "mild.csv"),
            Range = (-3, 3),
            Ranges = new Dictionary<string, (double, double)> { ["x2"] = (-7, 7) },
        };
        ImportResult said = Import(Scaled, All);
        Assert.AreEqual((-3.0, 3.0), RangeOf(said, 0), "what the person says wins");
        Assert.AreEqual((-7.0, 7.0), RangeOf(said, 1), "and of one input over that of all");
        ImportResult one = Import(Scaled, o => All(o) with { Range = null });
        Assert.AreEqual((5.1, 6.2), RangeOf(one, 0), "then the rows");
        Assert.AreEqual((-7.0, 7.0), RangeOf(one, 1));
        ImportResult own = Import(Scaled, o => All(o) with { Range = null, Calibration = null });
        Assert.AreEqual(2.52, RangeOf(own, 0).Low, 1e-6, "then the file's own scaler");
    }

    [TestMethod]
    public void ARangeWinsOverWhatAJsonFileDeclares()
    {
        using Scratch scratch = new();
        string path = scratch.Write("n.json", """{"inputs":[{"name":"a","min":-1,"max":1}],"layers":[{"weights":[[2]],"activation":"tanh"}]}""");
        Assert.AreEqual((-1.0, 1.0), RangeOf(Pipeline.Import(new ImportOptions(path)), 0));
        Assert.AreEqual((-9.0, 9.0), RangeOf(Pipeline.Import(new ImportOptions(path) { Range = (-9, 9) }), 0));
    }

    [TestMethod]
    public void AConstantColumnWidensByAStepAndIsNoted()
    {
        ImportResult result = Import(Start("x"), o => o with { Calibration = Table.Parse(Constant, "flat.csv") });
        Assert.AreEqual((6.0, 8.0), RangeOf(result, 2));
        Assert.Contains(n => n.Contains("x3 is 7 in every row of flat.csv", StringComparison.Ordinal), result.Notes);
    }

    [TestMethod]
    public void RowsInOtherUnitsAreTheFirstThingThatIsSaid()
    {
        ImportResult result = Import(Scaled, o => o with { Calibration = Table.Parse(OtherUnits, "mm.csv") });
        StringAssert.StartsWith(result.Notes[0], "warning: 3 of 3 rows of mm.csv lie outside");
        StringAssert.Contains(result.Notes[0], "where the rows have 510..620");
        Assert.DoesNotContain(n => n.StartsWith("warning", StringComparison.Ordinal), Import(Scaled, o => o with { Calibration = Table.Parse(Mild, "mild.csv") }).Notes);

        using Scratch scratch = new();
        scratch.Write("m.onnx", Finish(Scaled));
        scratch.Write("mm.csv", OtherUnits);
        StringAssert.StartsWith(scratch.Run("import", "m.onnx", "--calibrate", "mm.csv", "--accept-error", "1", "-o", "m.nedge").MustSucceed().Output, "warning: 3 of 3 rows of mm.csv");
    }

    [TestMethod]
    [DataRow("x9=0:1", "x9|x1, x2, x3")]
    [DataRow("x1=1:0", "x1=1:0 is no range")]
    [DataRow("x1=1", "x1=1 is no range")]
    [DataRow("3,3", "3,3 is no range")]
    public void RangesOnTheCommandLineAreChecked(string range, string parts)
    {
        using Scratch scratch = new();
        scratch.Write("m.onnx", Finish(Start("x")));
        string message = scratch.Run("import", "m.onnx", "--range=-1,1", "--range", range, "-o", "m.nedge").MustFail(2);
        Assert.IsTrue(parts.Split('|').All(p => message.Contains(p, StringComparison.Ordinal)) || message.Contains("second range", StringComparison.Ordinal), message);
    }

    private static (double Low, double High) RangeOf(ImportResult result, int input)
    {
        InputSpec spec = result.Model.Model.Inputs[input];
        return (Math.Round(spec.Minimum!.Value, 6), Math.Round(spec.Maximum!.Value, 6));
    }

    private static ImportResult Import(OnnxWriter writer, Func<ImportOptions, ImportOptions> options)
    {
        using Scratch scratch = new();
        return Pipeline.Import(options(new ImportOptions(scratch.Write("m.onnx", Finish(writer))) { Work = 1e5, AcceptError = 1 }));
    }

    private static byte[] Finish(OnnxWriter writer) => writer.Layer(2).Node("Tanh", "h", "a").Last();

    private static OnnxWriter Start(string input) => OperatorModels.Start(input)
        .Floats("m", [3], [5.84, -1.05, 0.41]).Floats("s", [3], [0.83, 0.31, 0.17]).Floats("r", [3], [1 / 0.83, 1 / 0.31, 1 / 0.17]);
}
