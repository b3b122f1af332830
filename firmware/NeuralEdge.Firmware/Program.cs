using System;
using System.Device.Gpio;
using System.Threading;
using nanoFramework.Hardware.Esp32;
using NeuralEdge.Board.Chips;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Models;
using NeuralEdge.Turbo;
using NativeGC = nanoFramework.Runtime.Native.GC;

namespace NeuralEdge.Firmware
{
    /// <summary>Puts the board together and runs it.</summary>
    internal static class Program
    {
        private const int ReminderMs = 1000;

        /// <summary>What the settings come to on the chip; looks and touches nothing.</summary>
        internal delegate ChipWiring WiringSource();

        /// <summary>Never returns: a program that ends leaves its outputs as they are.</summary>
        internal static void Main()
        {
            Start(BoardChip.Wire);
        }

        internal static void Start(WiringSource source)
        {
            SafeOutputs outputs = null;
            StartParts start = new StartParts();
            try
            {
                // Before flash, before the serial port, before anything that can fail: nothing runs.
                ChipWiring wiring = source();
                start.Settle(wiring);
                start.Step = "opening the pins";
                outputs = new SafeOutputs(new GpioPins(new GpioController(), start.Errors), wiring.Outputs);
                start.Step = "driving the outputs safe";
                outputs.DriveSafe();
                Run(outputs, start, wiring);
            }
            catch (Exception e)
            {
                // The pins first: noting it writes flash.
                string step = start.Errors.StepOf(start.Step, e);
                Latch(outputs);
                Console.WriteLine("NeuralEdge could not run and starts again, because this failed:");
                start.Errors.Note(step, e);
            }

            StartAgain(outputs, start.OwnReset);
            Thread.Sleep(Timeout.Infinite);
        }

        private static void Run(SafeOutputs outputs, StartParts start, ChipWiring wiring)
        {
            Esp32Reset reset = start.Reset;
            start.Step = "starting the supervisor";
            Esp32Clock clock = new Esp32Clock();
            Supervisor supervisor = new Supervisor(outputs, reset, new Esp32Clock(), Tuning.StartAllowanceMs);
            new Thread(() => Supervise(supervisor, outputs, reset)).Start();

            start.Step = "counting the start";
            start.Record.Begin();
            BoardParts parts = new BoardParts();
            start.Step = "opening the ADC";
            parts.Inputs = new AdcInputs(start.Errors);
            start.Step = "opening the I2C bus with data " + Settings.I2cDataPin.ToString() + ", clock " + Settings.I2cClockPin.ToString();
            parts.Sensors = wiring.Misfit == Misfit.None
                ? I2cBus.OpenSensors(Settings.Sensors(), Settings.I2cDataPin, Settings.I2cClockPin, clock, start.Errors) : null;
            parts.Outputs = outputs;
            parts.Clock = clock;
            parts.Link = OpenLink(wiring, clock, start);
            parts.Files = start.Files;
            parts.Authentication = new PlatformHmac();
            parts.Reset = start.OwnReset;
            parts.Supervisor = supervisor;
            parts.Errors = start.Errors;
            parts.Starts = start.Record;
            parts.Memory = new HeapGauge();
            start.Step = "preparing the board";
            if (wiring.Misfit == Misfit.None)
            {
                parts.IdleWork = TurboCompiler.Open(AssemblyLoader.Open(Settings.Turbo), Tuning.TurboLimit((int)NativeGC.Run(true)), parts.Files);
            }
            else
            {
                // Without a restart, which would mend nothing: the board stays where it can be asked, and says what is wrong.
                new Thread(() => Remind(wiring)).Start();
            }

            BoardSettings settings = Tuning.ForBoard(outputs, wiring);
            BoardChip.Describe(settings);
            TeachableBoard board = new TeachableBoard(parts, settings, FactoryModel.GetBytes());
            start.Step = "loading the model";
            board.Start();
            start.Step = "running";
            Console.WriteLine("NeuralEdge runs.");
            board.Run();
        }

        private static IByteLink OpenLink(ChipWiring wiring, Esp32Clock clock, StartParts start)
        {
            string port = "COM" + wiring.LinkPort.ToString();
            start.Step = "opening " + port + (wiring.ReceivePin == ChipWiring.Default ? ""
                : " with RX " + wiring.ReceivePin.ToString() + ", TX " + wiring.TransmitPin.ToString());
            if (wiring.ReceivePin != ChipWiring.Default)
            {
                // Always both: a port without pins of its own may have GPIO 0 for them (ESP32_C3_DeviceMapping.cpp of nf-interpreter and others).
                int function = (wiring.LinkPort - Chip.FirstPort) * (DeviceFunction.COM2_RX - DeviceFunction.COM1_RX);
                Configuration.SetPinFunction(wiring.ReceivePin, DeviceFunction.COM1_RX + function);
                Configuration.SetPinFunction(wiring.TransmitPin, DeviceFunction.COM1_TX + function);
            }

            try
            {
                return SerialLink.Open(port, Tuning.LinkBaudRate, Tuning.LinkBufferBytes, clock, start.Errors);
            }
            catch (ArgumentException e)
            {
                if (wiring.LinkPort != Chip.FirstPort)
                {
                    throw;
                }

                start.Errors.Note(start.Step, e);

                // The runtime gives COM1 to the debugger when the chip's own USB has no PC at the start. The model must run all the same.
                Console.WriteLine("The debugger has COM1, so there is no link: connect the chip's own USB socket as well and reset the board, or choose COM2 in Settings.cs.");
                return new NoLink();
            }
        }

        private static void Remind(ChipWiring wiring)
        {
            string sentence = wiring.Describe();
            for (;;)
            {
                Console.WriteLine(sentence);
                Thread.Sleep(ReminderMs);
            }
        }

        /// <summary>The supervising thread; a supervisor that fails restarts the board.</summary>
        internal static void Supervise(Supervisor supervisor, SafeOutputs outputs, Esp32Reset reset)
        {
            try
            {
                supervisor.Run();
            }
            catch (Exception)
            {
                // A supervisor that fails must not fail silently.
                StartAgain(outputs, reset);
            }
        }

        private static void StartAgain(SafeOutputs outputs, IBoardReset reset)
        {
            Latch(outputs);
            Thread.Sleep(Tuning.RestartDelayMs);
            reset.Reset();
        }

        private static void Latch(SafeOutputs outputs)
        {
            try
            {
                if (outputs != null)
                {
                    outputs.Latch();
                }
            }
            catch (Exception e)
            {
                Console.WriteLine(BoardErrors.Describe("An output pin cannot be driven safe", e));
            }
        }
    }
}
