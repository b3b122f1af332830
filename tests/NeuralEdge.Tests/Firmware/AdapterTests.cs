extern alias firmware;
extern alias microsoft;

using System.Reflection;
using System.Reflection.Emit;
using firmware::NeuralEdge.Firmware;
using microsoft::System.Device.Gpio;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Simulator.Endpoints;
using NeuralEdge.Tests.Control;
using NeuralEdge.Turbo;

namespace NeuralEdge.Tests.Firmware;

/// <summary>The firmware's adapters on Microsoft's libraries: they lean on no peculiarity of the simulator.</summary>
[TestClass]
public sealed class AdapterTests
{
    [TestMethod]
    public void PinsAreOpenedAsOutputsOnceAndThenOnlyWritten()
    {
        RecordingDriver driver = new();
        using GpioController controller = new(driver);
        GpioPins pins = new(controller);
        pins.Write(18, false);
        pins.Write(18, true);
        pins.Write(4, true);
        pins.Write(18, false);
        CollectionAssert.AreEqual(
            new[] { "open 18", "Output 18", "Low 18", "High 18", "open 4", "Output 4", "High 4", "Low 18" },
            driver.Log.ToArray());
    }

    [TestMethod]
    public void TheSerialLinkCarriesBytesOverMicrosoftsPort()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has no pseudo-terminal.");
        }

        string link = Path.Combine(Path.GetTempPath(), $"neuraledge-{Guid.NewGuid():N}");
        List<byte> received = [];
        using PtyEndpoint line = new(link);
        line.Start((buffer, count) =>
        {
            lock (received)
            {
                received.AddRange(buffer.AsSpan(0, count));
            }
        });
        FakeClock clock = new();
        SerialLink serial = SerialLink.Open(link, 115200, 2048, clock);
        Assert.AreEqual(0, serial.Available);
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        line.Send(all);
        WaitUntil(() => serial.Available == 256);
        byte[] read = new byte[258];
        Assert.AreEqual(100, serial.Read(read, 1, 100));
        Assert.AreEqual(156, serial.Read(read, 101, 156));
        CollectionAssert.AreEqual(all, read[1..257]);

        // The FIFO takes 128 bytes at once, and a byte leaves it each 86.8 us.
        Assert.AreEqual(64, serial.Write(all, 0, 64));
        int second = serial.Write(all, 64, 64);
        Assert.IsTrue(second is 55 or 56, $"{second}");
        Assert.AreEqual(0, serial.Write(all, 64 + second, 64));
        long empty = clock.Microseconds + (120 * 86);
        int sent = 64 + second;
        while (sent < 256)
        {
            clock.Microseconds += 100;
            int taken = serial.Write(all, sent, Math.Min(64, 256 - sent));
            Assert.IsLessThanOrEqualTo(2, taken, "no more than has left");
            sent += taken;
        }

        Assert.IsGreaterThan(empty, clock.Microseconds, "no byte overtakes the line");
        serial.Reopen();
        Assert.AreEqual(0, serial.Available);
        clock.Microseconds += 20_000;
        Assert.AreEqual(1, serial.Write(all, 7, 1), "the port is open");
        WaitUntil(() =>
        {
            lock (received)
            {
                return received.Count == 257;
            }
        });
        CollectionAssert.AreEqual((byte[])[.. all, 7], received);
    }

    [TestMethod]
    public void FlashFilesDoWhatTheStoreAsksOnARealFileSystem()
    {
        string folder = Directory.CreateTempSubdirectory("neuraledge").FullName;
        try
        {
            FlashFiles files = new FlashFiles(folder + Path.DirectorySeparatorChar);
            byte[] data = [1, 2, 3, 4, 5, 6];
            byte[] buffer = new byte[8];
            Assert.AreEqual(-1, files.GetLength("a"));
            Assert.AreEqual(0, files.Read("a", 0, buffer, 0, 8));
            files.Delete("a");
            files.Append("a", data, 1, 2);
            files.Append("a", data, 4, 2);
            Assert.AreEqual(4, files.GetLength("a"));
            Assert.AreEqual(3, files.Read("a", 1, buffer, 2, 6));
            CollectionAssert.AreEqual(new byte[] { 0, 0, 3, 5, 6, 0, 0, 0 }, buffer);
            Assert.AreEqual(0, files.Read("a", 4, buffer, 0, 1));
            files.Write("a", data, 5, 1);
            Assert.AreEqual(1, files.GetLength("a"));
            files.Delete("a");
            Assert.AreEqual(-1, files.GetLength("a"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public void TheLoaderOfAssembliesMakesTheObjectOfTheClassAndIsOffByDefault()
    {
        Assert.IsNull(AssemblyLoader.Open(false));
        FieldInfo setting = typeof(Settings).GetField("Turbo", BindingFlags.Static | BindingFlags.NonPublic)!;
        Assert.AreEqual(false, setting.GetRawConstantValue(), "until it has been seen on a chip");
        PersistedAssemblyBuilder assembly = new(new AssemblyName("Planted"), typeof(object).Assembly);
        assembly.DefineDynamicModule("Planted").DefineType(CodePlan.ClassName, TypeAttributes.Public).CreateType();
        using MemoryStream image = new();
        assembly.Save(image);
        object loaded = AssemblyLoader.Open(true).Load(image.ToArray());
        Assert.AreEqual(CodePlan.ClassName, loaded.GetType().FullName);
        Assert.AreEqual("Planted", loaded.GetType().Assembly.GetName().Name);
        Assert.ThrowsExactly<BadImageFormatException>(() => AssemblyLoader.Open(true).Load(new byte[100]));
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
