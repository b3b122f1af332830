using System.Device.Gpio;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Control;
using NeuralEdge.Conversion.Boards;
using NeuralEdge.Host;
using NeuralEdge.Simulator;
using NeuralEdge.Simulator.Chip;
using NeuralEdge.Simulator.Sensors;
using NeuralEdge.Tests.Simulator;
using AdcInputs = NeuralEdge.Firmware.AdcInputs;
using Esp32Reset = NeuralEdge.Firmware.Esp32Reset;
using GpioPins = NeuralEdge.Firmware.GpioPins;
using Program = NeuralEdge.Firmware.Program;
using Settings = NeuralEdge.Firmware.Settings;
using Tuning = NeuralEdge.Firmware.Tuning;

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
    public void ASupervisorThatFailsLatchesThePinsAndRestartsTheBoard()
    {
        List<bool?> levels = [];
        SketchBoard.Run(
            () =>
            {
                SafeOutputs outputs = new(new GpioPins(new GpioController()), Settings.OutputPins(BoardPins.Classic));
                outputs.DriveSafe();
                outputs.Switch(18, on: true);
                Supervisor supervisor = new(outputs, new Esp32Reset(), new ClockThatCannotSleep(), Tuning.StartAllowanceMs);
                Assert.ThrowsExactly<ChipStoppedException>(() => Program.Supervise(supervisor, outputs, new Esp32Reset()), "the restart");
            },
            pinChanged: change =>
            {
                if (change.Pin == 18)
                {
                    levels.Add(change.Level);
                }
            });

        // Off, on, latched, and nobody drives it while the chip starts again.
        CollectionAssert.AreEqual(new bool?[] { false, true, false, null }, levels);
    }

    [TestMethod]
    public void WhatSettingsSayOfTheAdcReachesTheBoard()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(typeof(Settings).Assembly.Location);
        MethodDefinition forBoard = module.GetType(typeof(Tuning).FullName).Methods.Single(method => method.Name == nameof(Tuning.ForBoard));
        string[] calls = [.. forBoard.Body.Instructions.Where(i => i.OpCode.FlowControl == FlowControl.Call).Select(i => ((MethodReference)i.Operand).Name)];
        int given = Array.IndexOf(calls, "set_" + nameof(BoardSettings.AdcChannels));
        Assert.IsGreaterThan(0, given);
        Assert.AreEqual(nameof(Settings.AdcChannels), calls[given - 1]);
    }

    [TestMethod]
    public void AStartThatFailsLeavesThePinsSafeAndIsTriedAgainAndTheNextOneTellsWhatFailed()
    {
        using SimulatedBoard board = new(new SimulatedBoardOptions());
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
        StringAssert.Contains(string.Join(' ', board.Console), "could not run and starts again, because this failed: opening COM2 with RX 16, TX 17: InvalidOperationException");
        using BoardLink link = BoardLink.Connect(board.Address);
        BoardReport report = link.Info();
        Assert.AreEqual(("opening COM2 with RX 16, TX 17: InvalidOperationException", 1u), (report.Error, report.ErrorStart));
        Assert.AreEqual((2u, 0u, 1u), (report.Starts, report.AskedStarts, report.OwnStarts));
        Assert.AreEqual((new Version(1, 17, 0, 0), "ESP32_REV3"), (report.RuntimeVersion, report.Target));
        BoardReport after = link.Reset();
        Assert.AreEqual((3u, 1u, 1u), (after.Starts, after.AskedStarts, after.OwnStarts));
    }

    [TestMethod]
    public void ASupervisorThatFailsRestartsTheBoardAlsoWhenAPinCannotBeDriven()
    {
        bool isOn = false;
        SimulatedBoard? seen = null;
        SketchBoard.Run(
            () =>
            {
                SafeOutputs outputs = new(new GpioPins(new GpioController()), Settings.OutputPins(BoardPins.Classic));
                outputs.DriveSafe();
                outputs.Switch(18, on: true);
                isOn = true;
                Supervisor supervisor = new(outputs, new Esp32Reset(), new ClockThatCannotSleep(), Tuning.StartAllowanceMs);
                Assert.ThrowsExactly<ChipStoppedException>(() => Program.Supervise(supervisor, outputs, new Esp32Reset()), "the restart");
            },
            meanwhile: board => seen = board,
            pinChanged: change =>
            {
                if (isOn && change is { Pin: 18, Level: false })
                {
                    throw new InvalidOperationException("planted");
                }
            });
        StringAssert.Contains(string.Join(' ', seen!.Console), "cannot be driven safe: InvalidOperationException");
    }

    [TestMethod]
    public void WhatTheBoardSaysOfItsPinsIsWhatItsModelsAreHeldTo()
    {
        SafePin[] pins = [new SafePin(4, true), new SafePin(18, false)];
        ChipWiring wiring = ChipWiring.Choose("ESP32", BoardPins.Classic, pins, 0, ChipWiring.Default, ChipWiring.Default);
        BoardSettings settings = Tuning.ForBoard(new SafeOutputs(new NoPins(), wiring.Outputs), wiring);
        Assert.IsTrue(settings.Limits.KnowsPolarity);
        Assert.AreEqual(((1L << 4) | (1L << 18), 1L << 4), (settings.Limits.OutputPins, settings.Limits.ActiveLowPins));
        Assert.AreEqual((Tuning.MaxModelBytes, Tuning.MaxLayers, Tuning.MaxWidth), (settings.Limits.MaxBytes, settings.Limits.MaxLayers, settings.Limits.MaxWidth));
        Assert.AreEqual((wiring.AdcChannels, Tuning.ModelHeapBytes), (settings.Limits.AdcChannels, settings.Limits.MaxHeapBytes));
        Assert.AreEqual((Settings.Name, Tuning.PeriodMs, Tuning.SensorFaultMs, Tuning.SupervisionMs), (settings.Name, settings.PeriodMs, settings.SensorFaultMs, settings.SupervisionMs));
    }

    [TestMethod]
    public void APinThatCannotBeDrivenAtTheStartKeepsTheBoardFromRunningAndTheOtherPinsAreSafe()
    {
        using SimulatedBoard board = new(new SimulatedBoardOptions { Port = null });
        bool broken = true;
        board.PinChanged += change =>
        {
            if (broken && change is { Pin: 18, Level: false })
            {
                throw new InvalidOperationException("planted");
            }
        };
        board.Start();
        foreach (SafePin pin in Settings.OutputPins(BoardPins.Classic))
        {
            Assert.IsTrue(pin.Pin == 18 || board.WaitForPin(pin.Pin, pin.ActiveLow, TimeSpan.FromSeconds(10)), $"GPIO {pin.Pin}");
        }

        broken = false;
        Assert.IsTrue(board.WaitForStart(2, TimeSpan.FromSeconds(15)));
        string console = string.Join(' ', board.Console);
        StringAssert.Contains(console, "because this failed: driving GPIO 18 low: InvalidOperationException");
        Assert.DoesNotContain("NeuralEdge runs.", console[..console.IndexOf("could not run", StringComparison.Ordinal)]);
        Assert.IsTrue(board.WaitForPin(18, false, TimeSpan.FromSeconds(10)), "the next start drives it");
    }

    [TestMethod]
    public void AStartThatHangsIsEndedByTheSupervisor()
    {
        using SimulatedBoard board = new(new SimulatedBoardOptions { Port = null });
        using ManualResetEventSlim ended = new();
        board.SerialOpened += () => ended.Wait(TimeSpan.FromMinutes(1));
        board.Start();
        Assert.IsTrue(board.WaitForPin(18, false, TimeSpan.FromSeconds(10)));
        Assert.IsTrue(board.WaitForStart(2, TimeSpan.FromMilliseconds(Tuning.StartAllowanceMs + 10_000)));
        Assert.IsGreaterThanOrEqualTo(Tuning.StartAllowanceMs, board.Uptime.TotalMilliseconds);
        Assert.IsEmpty(board.Console);
        ended.Set();
    }

    private sealed class ClockThatCannotSleep : IBoardClock
    {
        public long Microseconds => 0;

        public void Sleep(int milliseconds) => throw new InvalidOperationException("planted");
    }

    private sealed class NoPins : IOutputPins
    {
        public void Write(int pin, bool high)
        {
        }
    }
}
