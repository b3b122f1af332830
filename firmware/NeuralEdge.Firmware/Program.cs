using System;
using System.Device.Gpio;
using System.Diagnostics;
using System.Threading;
using nanoFramework.Hardware.Esp32;
using NeuralEdge.Board.Control;
using NeuralEdge.Models;
using NeuralEdge.Turbo;

namespace NeuralEdge.Firmware
{
    /// <summary>Puts the board together and runs it.</summary>
    internal static class Program
    {
        /// <summary>Never returns: a program that ends leaves its outputs as they are.</summary>
        internal static void Main()
        {
            // Before flash, before the serial port, before anything that can fail: nothing runs.
            SafeOutputs outputs = null;
            Esp32Reset reset = new Esp32Reset();
            try
            {
                outputs = new SafeOutputs(new GpioPins(new GpioController()), Settings.OutputPins());
                outputs.DriveSafe();
                Run(outputs, reset);
            }
            catch (Exception e)
            {
                Debug.WriteLine("NeuralEdge could not run: " + e.Message);
            }

            StartAgain(outputs, reset);
            Thread.Sleep(Timeout.Infinite);
        }

        private static void Run(SafeOutputs outputs, Esp32Reset reset)
        {
            Esp32Clock clock = new Esp32Clock();
            Supervisor supervisor = new Supervisor(outputs, reset, clock, Settings.StartAllowanceMs);
            new Thread(() => Supervise(supervisor, outputs, reset)).Start();

            Configuration.SetPinFunction(Settings.LinkReceivePin, DeviceFunction.COM2_RX);
            Configuration.SetPinFunction(Settings.LinkTransmitPin, DeviceFunction.COM2_TX);

            BoardParts parts = new BoardParts();
            parts.Inputs = new AdcInputs();
            parts.Outputs = outputs;
            parts.Clock = clock;
            parts.Link = SerialLink.Open(Settings.LinkPort, Settings.LinkBaudRate, Settings.LinkBufferBytes, clock);
            parts.Files = new FlashFiles(Settings.FlashRoot);
            parts.Authentication = new PlatformHmac();
            parts.Reset = reset;
            parts.IdleWork = TurboCompiler.Open(AssemblyLoader.Open(Settings.Turbo), Settings.TurboBytes, parts.Files);
            parts.Supervisor = supervisor;

            TeachableBoard board = new TeachableBoard(parts, Settings.ForBoard(outputs), FactoryModel.GetBytes());
            board.Start();
            Debug.WriteLine("NeuralEdge runs.");
            board.Run();
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

        private static void StartAgain(SafeOutputs outputs, Esp32Reset reset)
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
                Debug.WriteLine("An output pin cannot be driven safe: " + e.Message);
            }

            Thread.Sleep(Settings.RestartDelayMs);
            reset.Reset();
        }
    }
}
