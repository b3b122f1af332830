using System.Device.Adc;
using System.Device.Gpio;
using System.IO.Ports;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;
using NeuralEdge.Simulator;
using NeuralEdge.Simulator.Sensors;

namespace NeuralEdge.Tests.Simulator;

/// <summary>The simulated hardware has the device's rules, also where they differ from the desktop's classes of the same names.</summary>
[TestClass]
public sealed class DeviceRuleTests
{
    [TestMethod]
    public void ASerialReadGivesExactlyWhatIsAskedForOrTimesOutAndKeepsTheBytes()
    {
        SketchBoard.Run(
            () =>
            {
                using SerialPort port = OpenPort(256);
                WaitUntil(() => port.BytesToRead == 3);
                byte[] buffer = new byte[8];
                port.ReadTimeout = 50;
                Assert.ThrowsExactly<TimeoutException>(() => port.Read(buffer, 0, 4));
                Assert.AreEqual(3, port.BytesToRead, "the bytes stay");
                Assert.AreEqual(3, port.Read(buffer, 0, 3));
                CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 0 }, buffer[..4]);
            },
            board => SendWhenOpen(board, 1, 2, 3));
    }

    [TestMethod]
    public void AFullReceiveBufferKeepsItsOldestBytesAndLosesWhatComesWithoutAWord()
    {
        SketchBoard.Run(
            () =>
            {
                using SerialPort port = OpenPort(256);
                WaitUntil(() => port.BytesToRead == 256);
                Thread.Sleep(200);
                Assert.AreEqual(256, port.BytesToRead);
                byte[] buffer = new byte[256];
                port.Read(buffer, 0, 256);
                Assert.IsTrue(buffer[..250].All(b => b == 1) && buffer[250..].All(b => b == 9));
                WaitUntil(() => port.BytesToRead == 2);
                port.Read(buffer, 0, 2);
                Assert.AreEqual(7, buffer[0]);
            },
            board =>
            {
                SendWhenOpen(board, Enumerable.Repeat((byte)1, 250).ToArray());
                board.Receive(Enumerable.Repeat((byte)9, 16).ToArray());
                Assert.AreEqual(10, board.ReceiveBytesLost);
                Thread.Sleep(500);
                board.Receive([7, 7]);
            });
    }

    [TestMethod]
    public void AReceiveBufferThatHasLostCountGivesWrongBytesUntilThePortIsOpenedAnew()
    {
        foreach (int lost in new[] { -1, 3 })
        {
            SketchBoard.Run(
                () =>
                {
                    using SerialPort port = OpenPort(256);
                    WaitUntil(() => port.BytesToRead == 4 + lost);
                    byte[] buffer = new byte[4 + lost];
                    port.Read(buffer, 0, buffer.Length);
                    WaitUntil(() => port.BytesToRead == 4);
                    port.Read(buffer = new byte[4], 0, 4);
                    CollectionAssert.AreNotEqual(new byte[] { 5, 6, 7, 8 }, buffer);
                    port.Close();
                    port.Open();
                    NeuralEdge.Firmware.Console.WriteLine("anew");
                    WaitUntil(() => port.BytesToRead == 4);
                    port.Read(buffer, 0, 4);
                    CollectionAssert.AreEqual(new byte[] { 9, 8, 7, 6 }, buffer);
                },
                board =>
                {
                    SendWhenOpen(board, 1, 2, 3, 4);
                    board.LoseReceiveCount(lost);
                    Thread.Sleep(100);
                    board.Receive([5, 6, 7, 8]);
                    WaitUntil(() => board.Console.Contains("anew"));
                    board.Receive([9, 8, 7, 6]);
                });
        }
    }

    [TestMethod]
    public void TheReceiveBufferIsNeverSmallerThanTheHardwareFifo()
    {
        SketchBoard.Run(
            () =>
            {
                using SerialPort port = OpenPort(16);
                WaitUntil(() => port.BytesToRead == 128);
            },
            board => SendWhenOpen(board, new byte[128]));
    }

    [TestMethod]
    public void BufferSizesShareOneFieldAndAreClosedByOpen()
    {
        SketchBoard.Run(() =>
        {
            using SerialPort port = NewPort();
            Assert.AreEqual(256, port.ReadBufferSize);
            port.ReadBufferSize = 2048;
            port.WriteBufferSize = 512;
            Assert.AreEqual(512, port.ReadBufferSize, "as on the device: one field for both");
            port.Open();
            Assert.ThrowsExactly<InvalidOperationException>(() => port.ReadBufferSize = 1024);
            Assert.ThrowsExactly<InvalidOperationException>(port.Open);
        });
    }

    [TestMethod]
    public void APortHasOneObjectNeedsPinsAndIsNotTheDebuggers()
    {
        SketchBoard.Run(() =>
        {
            SerialPort unrouted = new("COM3", 115200);
            Assert.ThrowsExactly<Exception>(unrouted.Open, "a plain exception, as on the device");
            using (SerialPort first = NewPort())
            {
                Assert.ThrowsExactly<ArgumentException>(() => _ = new SerialPort("COM2"));
            }

            using SerialPort again = NewPort();
            Assert.ThrowsExactly<ArgumentException>(() => _ = new SerialPort("/dev/ttyUSB0"));
            using SerialPort debugger = new("COM1");
            Assert.ThrowsExactly<ArgumentException>(debugger.Open);
        });
    }

    [TestMethod]
    public void BytesNeedTheirTimeOnTheLineInBothDirections()
    {
        // 1,152 bytes at 115,200 baud: 100 ms. Nothing here can be too slow, only too fast.
        const int Count = 1152;
        long sent = 0;
        long arrived = 0;
        SketchBoard.Run(
            () =>
            {
                using SerialPort port = OpenPort(2048);
                WaitUntil(() => port.BytesToRead == Count);
                arrived = Environment.TickCount64;
                long begin = Environment.TickCount64;
                port.Write(new byte[Count], 0, Count);
                long blocked = Environment.TickCount64 - begin;
                Assert.IsGreaterThanOrEqualTo(85, blocked, "the call returns when the last bytes are in the 128 byte FIFO");
            },
            board =>
            {
                sent = Environment.TickCount64;
                SendWhenOpen(board, new byte[Count]);
            });
        Assert.IsGreaterThanOrEqualTo(95, arrived - sent);
    }

    [TestMethod]
    public void AnOutputGoesLowFirstAndPinsRefuseWhatTheyCannotDo()
    {
        List<PinEvent> log = [];
        SketchBoard.Run(
            () =>
            {
                GpioController gpio = new();
                GpioPin pin = gpio.OpenPin(19, PinMode.Output);
                pin.Write(PinValue.High);
                pin.Write(PinValue.High);
                pin.SetPinMode(PinMode.Output);
                Assert.ThrowsExactly<InvalidOperationException>(() => gpio.OpenPin(19));
                Assert.ThrowsExactly<ArgumentException>(() => gpio.OpenPin(34, PinMode.Output));
                Assert.ThrowsExactly<ArgumentException>(() => gpio.OpenPin(21).Write(PinValue.High));
                Assert.ThrowsExactly<InvalidOperationException>(() => gpio.OpenPin(6, PinMode.Output));
                Assert.ThrowsExactly<InvalidOperationException>(() => gpio.OpenPin(40));
            },
            pinChanged: log.Add);
        bool?[] levels = [.. log.Where(e => e.Pin == 19).Select(e => e.Level)];
        CollectionAssert.AreEqual(new bool?[] { false, true, false, null }, levels, "low, high, low again by its mode, floating at the end");
    }

    [TestMethod]
    public void TheAdcHasTwelveBitsNoiseOfItsSeedAndOnlyItsChannels()
    {
        int[] ReadAll(int seed)
        {
            int[] counts = new int[500];
            SketchBoard.Run(
                () =>
                {
                    AdcController adc = new();
                    foreach (int channel in new[] { -1, 8, 9, 20 })
                    {
                        Assert.ThrowsExactly<ArgumentException>(() => adc.OpenChannel(channel));
                    }

                    AdcChannel input = adc.OpenChannel(6);
                    for (int i = 0; i < counts.Length; i++)
                    {
                        counts[i] = input.ReadValue();
                    }

                    Assert.AreEqual(0, adc.OpenChannel(0).ReadValue(), "nothing is wired to it");
                    Assert.AreEqual(4095, adc.OpenChannel(1).ReadValue(), "clipped");
                },
                options: new SimulatedBoardOptions
                {
                    AdcNoise = 5, Seed = seed, Sensors = new FunctionSensors((channel, _) => channel switch { 6 => 1000, 1 => 9000, _ => double.NaN }),
                });
            return counts;
        }

        int[] counts = ReadAll(3);
        Assert.IsLessThan(1.5, Math.Abs(counts.Average() - 1000));
        double deviation = Math.Sqrt(counts.Average(c => (c - 1000.0) * (c - 1000)));
        Assert.IsTrue(deviation is > 4 and < 6, $"standard deviation {deviation}");
        CollectionAssert.AreEqual(counts, ReadAll(3));
        CollectionAssert.AreNotEqual(counts, ReadAll(4));
    }

    [TestMethod]
    public void PinsOfFunctionsFollowTheChip()
    {
        SketchBoard.Run(() =>
        {
            int[] adc1 = [36, 37, 38, 39, 32, 33, 34, 35];
            for (int channel = 0; channel < adc1.Length; channel++)
            {
                Assert.AreEqual(adc1[channel], Configuration.GetFunctionPin(DeviceFunction.ADC1_CH0 + channel));
            }

            Assert.AreEqual(-1, Configuration.GetFunctionPin(DeviceFunction.COM2_RX));
            Configuration.SetPinFunction(16, DeviceFunction.COM2_RX);
            Assert.AreEqual(16, Configuration.GetFunctionPin(DeviceFunction.COM2_RX));
            Assert.ThrowsExactly<ArgumentException>(() => Configuration.SetPinFunction(34, DeviceFunction.COM2_TX), "34 is an input only");
            Assert.ThrowsExactly<ArgumentException>(() => Configuration.SetPinFunction(32, DeviceFunction.ADC1_CH4), "the ADC's pins are fixed");
        });
    }

    [TestMethod]
    public void AnotherChipHasItsOwnPinsPortsAndTraps()
    {
        List<PinEvent> log = [];
        SketchBoard.Run(
            () =>
            {
                Assert.AreEqual("nanoCLR running @ ESP32_S2", SystemInfo.OEMString[..26]);
                Assert.AreEqual(36, Configuration.GetFunctionPin(DeviceFunction.ADC1_CH0), "the runtime's map is the classic chip's");
                Assert.AreEqual(100, new AdcController().OpenChannel(0).ReadValue());
                Assert.ThrowsExactly<InvalidOperationException>(() => new GpioController().OpenPin(22), "there is none");
                Assert.ThrowsExactly<ArgumentException>(() => new SerialPort("COM3"));
                using SerialPort first = new("COM1");
                first.Open();
                using SerialPort second = new("COM2");
                second.Open();
            },
            options: new SimulatedBoardOptions { Chip = "esp32-s2", Sensors = new FunctionSensors((channel, _) => 100 + channel) },
            pinChanged: log.Add);
        Assert.IsTrue(log.Exists(change => change is { Pin: 0, Level: true }), "COM2 without pins is on GPIO 0");
    }

    [TestMethod]
    public void AFileSystemIsFullAtItsEnd()
    {
        SketchBoard.Run(() =>
        {
            NeuralEdge.Firmware.FlashFiles files = new("I:\\");
            files.Write("a", new byte[200_000], 0, 200_000);
            Assert.ThrowsExactly<IOException>(() => files.Write("b", new byte[100_000], 0, 100_000));
            files.Write("a", new byte[250_000], 0, 250_000);
        });
    }

    [TestMethod]
    public void AThreadThatThrowsEndsAloneAndEveryThreadEndsWithTheBoard()
    {
        using ManualResetEventSlim otherStarted = new();
        using ManualResetEventSlim otherEnded = new();
        SketchBoard board = new(() =>
        {
            new NeuralEdge.Firmware.Thread(() => throw new FormatException("planted")).Start();
            new NeuralEdge.Firmware.Thread(() =>
            {
                try
                {
                    otherStarted.Set();
                    NeuralEdge.Firmware.Thread.Sleep(Timeout.Infinite);
                }
                finally
                {
                    otherEnded.Set();
                }
            }).Start();
            NeuralEdge.Firmware.Thread.Sleep(Timeout.Infinite);
        });
        board.Board.Start();
        WaitUntil(() => board.Board.Console.Any(line => line.Contains("planted", StringComparison.Ordinal)));
        Assert.IsTrue(otherStarted.Wait(TimeSpan.FromSeconds(10)));
        Assert.IsFalse(otherEnded.IsSet);
        board.Board.PowerCut();
        Assert.IsTrue(otherEnded.Wait(TimeSpan.FromSeconds(10)));
        board.Wait();
        board.Dispose();
    }

    private static SerialPort NewPort()
    {
        Configuration.SetPinFunction(16, DeviceFunction.COM2_RX);
        Configuration.SetPinFunction(17, DeviceFunction.COM2_TX);
        return new SerialPort("COM2", 115200);
    }

    private static SerialPort OpenPort(int bufferSize)
    {
        SerialPort port = NewPort();
        port.ReadBufferSize = bufferSize;
        port.Open();
        NeuralEdge.Firmware.Console.WriteLine("open");
        return port;
    }

    private static void SendWhenOpen(SimulatedBoard board, params byte[] bytes)
    {
        WaitUntil(() => board.Console.Contains("open"));
        board.Receive(bytes);
    }

    private static void WaitUntil(Func<bool> condition)
    {
        long deadline = Environment.TickCount64 + 10_000;
        while (!condition())
        {
            Assert.IsLessThan(deadline, Environment.TickCount64, "this never happens");
            Thread.Sleep(1);
        }
    }
}
