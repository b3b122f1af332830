using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Learning.Import.Onnx;
using NeuralEdge.Tests.Import.Onnx;

namespace NeuralEdge.Tests.Boards;

/// <summary>The tool refuses what a board as it comes would refuse, and nothing smaller.</summary>
[TestClass]
public sealed class BoardLimitTests
{
    [TestMethod]
    public void TheToolKnowsTheLimitsOfTheFirmware()
    {
        string settings = File.ReadAllText(Repository.PathOf("firmware/NeuralEdge.Firmware/Tuning.cs"));
        int Of(string name) => int.Parse(Regex.Match(settings, $@"const int {name} = (\d+);").Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.AreEqual(BoardLimits.WidestLayer, Of("MaxWidth"));
        Assert.AreEqual(BoardLimits.MostLayers, Of("MaxLayers"));
        Assert.AreEqual(BoardLimits.LongestModel, Of("MaxModelBytes"));
    }

    [TestMethod]
    public void AsManyInputsAsABoardTakesAreRead()
    {
        static byte[] Wide(int inputs) => new OnnxWriter().Input("x", -1, inputs).Floats("w", [inputs, 2], new double[inputs * 2]).Node("MatMul", "x w", "y").Output("y", -1, 2).ToArray();
        Assert.AreEqual(BoardLimits.WidestLayer, OnnxReader.Parse(Wide(BoardLimits.WidestLayer), "w.onnx").Model.Network.InputCount);
        Refusals.Expect("w.onnx|1025|1024", () => OnnxReader.Parse(Wide(BoardLimits.WidestLayer + 1), "w.onnx"));
    }
}
