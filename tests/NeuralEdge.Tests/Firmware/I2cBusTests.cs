extern alias firmware;

using firmware::NeuralEdge.Firmware;
using NeuralEdge.Esp32;
using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Firmware;

/// <summary>The firmware's I2C bus on a stand-in of the platform's.</summary>
[TestClass]
public sealed class I2cBusTests
{
    [TestMethod]
    public void PinsAreGivenFirstAndATransferIsWholeOrNot()
    {
        Board board = new();
        Esp32Peripherals? outer = Esp32Peripherals.CurrentOrNull;
        Esp32Peripherals.Current = board;
        try
        {
            I2cBus bus = new(21, 22);
            CollectionAssert.AreEqual(new[] { "pin 21 0x20100", "pin 22 0x20101" }, board.Log.ToArray());
            byte[] read = new byte[2];
            Assert.IsTrue(bus.Transfer(0x53, [7], read));
            CollectionAssert.AreEqual(new byte[] { 8, 9 }, read);
            Assert.IsTrue(bus.Transfer(0x53, [1, 2], null!));
            Assert.IsFalse(bus.Transfer(0x1D, [7], read), "nobody is there");
            Assert.IsTrue(bus.Transfer(0x53, [3], read));
            CollectionAssert.AreEqual(new[] { "1 53 07 2", "1 53 0102 0", "1 1D 07 2", "1 53 03 2" }, board.Log.Skip(2).ToArray());
        }
        finally
        {
            Esp32Peripherals.Current = outer!;
        }
    }

    [TestMethod]
    public void WithoutSensorsTheBusIsLeftAlone() => Assert.IsNull(I2cBus.OpenSensors([], -1, -1, new FakeClock(), null!));

    /// <summary>A chip at 0x53 that answers with the numbers behind the first byte.</summary>
    private sealed class Board : Esp32Peripherals
    {
        public List<string> Log { get; } = [];

        public override string RuntimeDescription => throw new NotSupportedException();

        public override string TargetName => throw new NotSupportedException();

        public override Version RuntimeVersion => throw new NotSupportedException();

        public override uint PsramBytes => throw new NotSupportedException();

        public override uint HeapBytes => throw new NotSupportedException();

        public override ulong Microseconds => throw new NotSupportedException();

        public override IPinBank Pins => throw new NotSupportedException();

        public override IUart FindUart(string portName) => throw new NotSupportedException();

        public override int ConvertAnalog(int channel) => throw new NotSupportedException();

        public override bool HasAnalog(int channel) => throw new NotSupportedException();

        public override int GetFunctionPin(int function) => throw new NotSupportedException();

        public override void Reboot() => throw new NotSupportedException();

        public override void SetPinFunction(int pin, int function) => Log.Add($"pin {pin} 0x{function:X}");

        public override bool TransferI2c(int bus, int address, byte[] write, byte[] read)
        {
            Log.Add($"{bus} {address:X} {Convert.ToHexString(write)} {read.Length}");
            for (int i = 0; i < read.Length; i++)
            {
                read[i] = (byte)(write[0] + 1 + i);
            }

            return address == 0x53;
        }
    }
}
