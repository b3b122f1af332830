using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Chips;
using NeuralEdge.Conversion;
using NeuralEdge.Studio;
using NeuralEdge.Studio.Boards;
using NeuralEdge.Studio.Recording;
using NeuralEdge.Studio.Simulation;

namespace NeuralEdge.StudioTests.Boards;

[TestClass]
public sealed class CalibrationTests
{
    /// <summary>The ADC of the example in CalibrateTests: 40 counts too many, and 9 % too few.</summary>
    [TestMethod]
    public async Task TwoVoltagesMakeTheCountsTrueTheBoardKeepsThemAndRowsGoOn()
    {
        using SimulatedWorld world = new();
        await using BoardService board = new(new StudioOptions { Folder = "nowhere", ApplicationName = "none" });
        using Recorder recorder = new(board);
        board.Connect(world.Start(ChipTable.Classic));
        await BoardServiceTests.Until(() => board.Rows?.Count > 2, "rows");
        Calibration calibration = new(board);
        await calibration.Choose(0);
        Assert.IsFalse(calibration.Correction!.IsAny);
        await Assert.ThrowsAsync<InputRefusedException>(() => calibration.Measure(0), "no voltage yet");
        calibration.SetVolts(0, 0.5);
        world.Sensors!.Hold(0, 605);
        await calibration.Measure(0);
        Assert.AreEqual(605, calibration.Counts[0]!.Value, 3);
        Assert.IsFalse(calibration.IsComplete);
        await Assert.ThrowsAsync<InputRefusedException>(() => calibration.Save(), "one voltage makes none");
        calibration.SetVolts(1, 0.4);
        StringAssert.Contains((await Assert.ThrowsAsync<InputRefusedException>(() => calibration.Measure(1))).Message, "must rise");
        calibration.SetVolts(1, 2.3);
        world.Sensors.Hold(0, 4095);
        StringAssert.Contains((await Assert.ThrowsAsync<InputRefusedException>(() => calibration.Measure(1))).Message, "an end of the ADC");
        world.Sensors.Hold(0, 2639);
        await calibration.Measure(1);
        await calibration.Save();
        Assert.IsTrue(calibration.Correction!.IsKept);
        Assert.AreEqual(1.0983, calibration.Correction.Gain, 0.01);

        long before = board.Rows!.Count;
        await BoardServiceTests.Until(() => board.Rows.Count > before + 3, "that rows go on");
        Assert.AreEqual(2854, board.Rows.Last(0), 15, "corrected");
        await calibration.Remove();
        Assert.IsFalse(calibration.Correction.IsAny);

        // What is measured at another voltage says nothing of this one; and no row is missing of what is recorded.
        calibration.SetVolts(0, 0.6);
        Assert.IsNull(calibration.Counts[0]);
        board.WhyKept = () => "a label is held";
        await Assert.ThrowsAsync<InputRefusedException>(() => calibration.Measure(0));
    }
}
