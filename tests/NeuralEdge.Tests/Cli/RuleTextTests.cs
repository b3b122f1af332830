using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Cli.Reports;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Models;
using NeuralEdge.Tests.Control;
using NeuralEdge.Tests.Models;

namespace NeuralEdge.Tests.Cli;

/// <summary>A threshold is shown as the value at which the pin switches, whatever scale and offset a file has.</summary>
[TestClass]
public sealed class RuleTextTests
{
    [TestMethod]
    public void AThresholdIsShownAsAValue()
    {
        byte[] sound = Bench.Identity(1, 0, new BoardOutput("y0", 18, ArgMax: false, On: 3000, Off: 2500)).Bytes;
        ModelFile plain = ModelFile.Parse(sound, "plain");
        Assert.AreEqual("on at 3000 or more, off at 2500 or less", ModelText.RuleOf(plain, 0));

        // The output's offset stands before its name, the two letters' length and the unit's.
        int labels = ModelBytes.Find(sound, ModelFormat.LabelsSection);
        int end = labels + LittleEndian.ReadInt32(sound, labels - 4);
        ModelBytes moved = new ModelBytes(sound).Set(end - 12, BitConverter.GetBytes(-2000.0));
        Assert.AreEqual("on at 1000 or more, off at 500 or less", ModelText.RuleOf(ModelFile.Parse(moved.File, "moved"), 0));
    }
}
