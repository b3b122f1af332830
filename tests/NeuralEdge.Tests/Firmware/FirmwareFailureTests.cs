using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Control;
using NeuralEdge.Simulator;
using NeuralEdge.Simulator.Sensors;
using NeuralEdge.Tests.Simulator;
using AdcInputs = NeuralEdge.Firmware.AdcInputs;

namespace NeuralEdge.Tests.Firmware;

/// <summary>The firmware on the simulated chip, where a sensor or the start itself fails.</summary>
[TestClass]
public sealed class FirmwareFailureTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(2)]
    [DataRow(3)]
    public void OneImplausibleConversionSpoilsTheSum(int bad)
    {
        int conversion = 0;
        SimulatedBoardOptions options = new() { Sensors = new FunctionSensors((_, _) => conversion++ == bad ? 4095 : 1000) };
        SketchBoard.Run(() => Assert.AreEqual(AnalogSampler.Implausible, new AdcInputs().ReadSum(0, 4, 40, 4050)), options: options);
        conversion = bad + 1;
        SketchBoard.Run(() => Assert.AreEqual(4000, new AdcInputs().ReadSum(0, 4, 40, 4050)), options: options);
    }

    [TestMethod]
    public void AStartThatFailsLeavesThePinsSafeAndIsTriedAgain()
    {
        using SimulatedBoard board = new(new SimulatedBoardOptions { Port = null });
        int failures = 0;
        board.SerialOpened += () =>
        {
            if (failures++ == 0)
            {
                throw new InvalidOperationException("planted");
            }
        };
        board.Start();
        Assert.IsTrue(board.WaitForPin(18, false, TimeSpan.FromSeconds(10)));

        // After five seconds; without that the supervisor would do it after twenty.
        Assert.IsTrue(board.WaitForStart(2, TimeSpan.FromSeconds(15)));
        StringAssert.Contains(string.Join(' ', board.Console), "could not run: planted");
    }
}
