extern alias firmware;

using firmware::NeuralEdge.Firmware;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Storage;
using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Firmware;

/// <summary>The firmware's I2C sensors on a simulated bus: what is sent, what the figures of the data sheets come to, and what happens when a chip fails.</summary>
[TestClass]
public sealed class I2cSensorTests
{
    private const int Pause = I2cSensors.FreshMicroseconds;

    private readonly FakeClock _clock = new() { Microseconds = 1_000_000 };
    private readonly FakeBus _bus = new();

    [TestMethod]
    public void TheAccelerometerIsRecognisedSetUpAndReadInStepsOf1Of256G()
    {
        AdxlChip chip = new();
        _bus.Chips[0x53] = chip;
        I2cSensors sensors = new(_bus, [new Adxl345()], _clock, null);
        Assert.AreEqual((0x08, 0x0B, 0x0A), (chip.Registers[0x2D], chip.Registers[0x31], chip.Registers[0x2C]), "measures, to 16 g in full resolution, 100 times a second");
        Assert.IsNull(At(sensors, 0), "nothing is measured yet");

        // 1 g up, half a g to one side, and the ends of 13 bits.
        foreach ((short x, short y, short z) in new (short, short, short)[] { (0, -128, 256), (4095, -4096, -1), (0x0102, 0, 1) })
        {
            chip.Measure(x, y, z);
            Assert.AreEqual((x, y, z), (At(sensors, 0), At(sensors, 1, 0), At(sensors, 2, 0)));
        }
    }

    [TestMethod]
    public void AnAccelerometerThatHasLostItsPowerIsSetUpAnewAndGivesNothingUntilItMeasures()
    {
        AdxlChip chip = new();
        _bus.Chips[0x53] = chip;
        I2cSensors sensors = new(_bus, [new Adxl345()], _clock, null);
        chip.Measure(1, 2, 3);
        Assert.AreEqual(1, At(sensors, 0));
        chip.LosePower();
        Assert.IsNull(At(sensors, 0));
        Assert.AreEqual(0x08, chip.Registers[0x2D]);
        Assert.IsNull(At(sensors, 0), "what it had before is no measurement");
        chip.Measure(4, 5, 6);
        Assert.AreEqual(6, At(sensors, 2));
    }

    [TestMethod]
    public void AnotherChipAtTheAddressIsNoAccelerometer()
    {
        AdxlChip chip = new();
        chip.Registers[0] = 0x33;
        _bus.Chips[0x53] = chip;
        I2cSensors sensors = new(_bus, [new Adxl345()], _clock, null);
        chip.Measure(1, 2, 3);
        Assert.IsNull(At(sensors, 0));
        Assert.AreEqual(0, chip.Registers[0x2D], "nothing is written to it");
    }

    [TestMethod]
    public void EveryReadingOfTheClimateSensorComesToWhatItsDataSheetSays()
    {
        Assert.AreEqual((-4500, 13000, 0, 10000), (Sht31.Temperature(0), Sht31.Temperature(65535), Sht31.Humidity(0), Sht31.Humidity(65535)));
        Assert.AreEqual((2500, 4000), (Sht31.Temperature(0x6666), Sht31.Humidity(0x6666)), "0x6666 is two fifths");
        for (int raw = 0; raw <= 65535; raw++)
        {
            Assert.AreEqual((int)decimal.Floor((100 * ((175m * raw / 65535) - 45)) + 0.5m), Sht31.Temperature(raw), $"{raw}");
            Assert.AreEqual((int)decimal.Floor((10000m * raw / 65535) + 0.5m), Sht31.Humidity(raw), $"{raw}");
        }
    }

    [TestMethod]
    public void TheChecksumIsTheOneOfTheDataSheet() => Assert.AreEqual(0x92, Sht31.Checksum(0xBE, 0xEF));

    [TestMethod]
    public void TheClimateSensorIsStoppedStartedAndItsLastMeasurementStandsUntilTheNext()
    {
        ShtChip chip = new() { IsMeasuring = true };
        _bus.Chips[0x44] = chip;
        I2cSensors sensors = new(_bus, [new Sht31()], _clock, null);
        Assert.IsFalse(chip.IsMeasuring, "whatever it did before");
        Assert.IsNull(At(sensors, 0));
        Assert.IsTrue(chip.IsMeasuring);
        Assert.IsNull(At(sensors, 0), "nothing is measured yet");
        chip.Measure(0x6666, 0x8000);
        Assert.AreEqual((2500, 5000), (At(sensors, 0), At(sensors, 1, 0)));
        Assert.AreEqual(2500, At(sensors, 0, 900_000), "it has nothing new, and does not answer");
        chip.IsDamaged = true;
        chip.Measure(0x7000, 0);
        Assert.AreEqual(2500, At(sensors, 0), "a wrong checksum is no measurement");

        Assert.IsNull(At(sensors, 0, 3_000_000), "too old");
        At(sensors, 0);
        At(sensors, 0);
        chip.IsDamaged = false;
        chip.Measure(0, 0xFFFF);
        Assert.AreEqual((-4500, 10000), (At(sensors, 0), At(sensors, 1, 0)), "it was started again");
    }

    [TestMethod]
    public void ValuesAreNumberedInTheOrderOfTheSensorsAndOneTransferServesThoseThatAreReadTogether()
    {
        CountingSensor two = new(2, 100);
        CountingSensor one = new(1, 500);
        I2cSensors sensors = new(_bus, [two, one], _clock, null);
        Assert.AreEqual(3, sensors.Count);
        Assert.AreEqual((1, 1), (two.Reads, one.Reads), "each once at the start");
        Assert.AreEqual((102, 103), (At(sensors, 0), At(sensors, 1, Pause - 1)), "still fresh");
        Assert.AreEqual((2, 1), (two.Reads, one.Reads));
        Assert.AreEqual((502, 103), (At(sensors, 2), At(sensors, 0, 0)));
        Assert.AreEqual((3, 2), (two.Reads, one.Reads));
    }

    [TestMethod]
    public void ValuesOfOnePeriodAreOfOneTransferAlsoWhenACollectionComesBetween()
    {
        CountingSensor two = new(2, 100);
        I2cSensors sensors = new(_bus, [two], _clock, null);
        Assert.AreEqual((102, 103), (At(sensors, 0), At(sensors, 1, 3 * Pause)));
        Assert.AreEqual(2, two.Reads);
        Assert.AreEqual((103, 104), (At(sensors, 0, 0), At(sensors, 1, 0)), "the next period");
        Assert.AreEqual((104, 105), (At(sensors, 0, 20_000), At(sensors, 1, 0)));
        Assert.AreEqual((105, 107), (At(sensors, 0), At(sensors, 1, I2cSensors.TogetherMicroseconds)), "what nobody takes for long is old");
    }

    [TestMethod]
    public void APeriodThatBeginsWhileItsFirstValueIsFreshIsOfOneTransfer()
    {
        // The one before was late, so this one comes soon after it.
        CountingSensor three = new(3, 100);
        I2cSensors sensors = new(_bus, [three], _clock, null);
        Assert.AreEqual((102, 103, 104), (At(sensors, 0), At(sensors, 1, 0), At(sensors, 2, 0)));
        Assert.AreEqual((102, 103, 104), (At(sensors, 0, Pause - 1), At(sensors, 1, 1), At(sensors, 2, Pause)));
        Assert.AreEqual((103, 104, 105), (At(sensors, 0), At(sensors, 1, 0), At(sensors, 2, 0)));
    }

    [TestMethod]
    public void APeriodInWhichTheBoardWasHeldUpTearsNoLaterOne()
    {
        CountingSensor three = new(3, 100);
        I2cSensors sensors = new(_bus, [three], _clock, null);
        Assert.AreEqual((102, 104, 105), (At(sensors, 0), At(sensors, 1, I2cSensors.TogetherMicroseconds), At(sensors, 2, 0)), "torn");
        for (int period = 0; period < 3; period++)
        {
            int reads = three.Reads + 1;
            Assert.AreEqual((100 + reads, 101 + reads, 102 + reads), (At(sensors, 0, 20_000), At(sensors, 1, 0), At(sensors, 2, 0)), $"period {period}");
        }
    }

    [TestMethod]
    public void ATransferThatWorkedThoughItWasHeldUpSaysNothingOfTheBus()
    {
        CountingSensor slow = new(1, 0);
        I2cSensors sensors = new(_bus, [slow], _clock, null);
        slow.Meanwhile = () => _clock.Microseconds += 100_000;
        Assert.IsNotNull(At(sensors, 0));
        Assert.IsNotNull(At(sensors, 0));
        Assert.AreEqual(3, slow.Reads);
    }

    [TestMethod]
    public void ASensorThatDoesNotAnswerIsNamedOnceAndTheOthersGoOn()
    {
        StartRecord record = new(new FakeFiles(_clock, 0));
        record.Begin();
        Lines lines = new();
        I2cSensors sensors = new(_bus, [new Adxl345(0x1D), new CountingSensor(1, 7)], _clock, new BoardErrors(record, lines));
        for (int i = 0; i < 3; i++)
        {
            Assert.IsNull(At(sensors, 0));
            Assert.IsNotNull(At(sensors, 3));
        }

        Assert.HasCount(1, lines.Said);
        StringAssert.Contains(lines.Said[0], "reading the ADXL345 at I2C address 0x1D");
        StringAssert.Contains(lines.Said[0], nameof(SensorMissingException));
        AdxlChip late = new();
        _bus.Chips[0x1D] = late;
        At(sensors, 0);
        late.Measure(5, 6, 7);
        Assert.AreEqual(5, At(sensors, 0), "plugged in later");
    }

    [TestMethod]
    public void ABusThatIsStuckTakesATenthOfTheTimeAtMost()
    {
        CountingSensor slow = new(1, 0);
        CountingSensor other = new(1, 0);
        I2cSensors sensors = new(_bus, [slow, other], _clock, null);
        slow.Meanwhile = () => _clock.Microseconds += 1_000_000;
        long begin = _clock.Microseconds;
        Assert.IsNotNull(At(sensors, 0));
        slow.Meanwhile = null;
        Assert.IsNull(At(sensors, 1), "the whole bus is left alone");
        int reads = slow.Reads + other.Reads;
        while (_clock.Microseconds < begin + 10_900_000)
        {
            At(sensors, 0, 100_000);
            At(sensors, 1);
        }

        Assert.AreEqual(reads, slow.Reads + other.Reads);
        _clock.Microseconds += 200_000;
        Assert.IsNotNull(At(sensors, 0));
        Assert.IsNotNull(At(sensors, 1));
    }

    /// <summary>A value some time later, null when there is none.</summary>
    private int? At(I2cSensors sensors, int sensor, int later = Pause)
    {
        _clock.Microseconds += later;
        return sensors.TryRead(sensor, out int value) ? value : null;
    }

    /// <summary>Registers, of which a transfer reads one after the other, as the data sheet of the ADXL345 has them.</summary>
    private sealed class AdxlChip : IChip
    {
        public byte[] Registers { get; } = new byte[0x3A];

        public AdxlChip() => LosePower();

        public void LosePower()
        {
            Array.Clear(Registers);
            Registers[0] = 0xE5;
            Registers[0x2C] = 0x0A;
        }

        public void Measure(short x, short y, short z)
        {
            byte[] data = [.. BitConverter.GetBytes(x), .. BitConverter.GetBytes(y), .. BitConverter.GetBytes(z)];
            data.CopyTo(Registers, 0x32);
            Registers[0x30] |= 0x80;
        }

        public bool Transfer(byte[] write, byte[]? read)
        {
            write.AsSpan(1).CopyTo(Registers.AsSpan(write[0]));
            if (read is not null)
            {
                Registers.AsSpan(write[0], read.Length).CopyTo(read);
                Registers[0x30] = 0;
            }

            return true;
        }
    }

    /// <summary>The commands of the SHT31: while it measures it takes only those to fetch and to stop, and answers the first when it has something new.</summary>
    private sealed class ShtChip : IChip
    {
        private byte[]? _new;

        public bool IsMeasuring { get; set; }

        public bool IsDamaged { get; set; }

        public void Measure(int temperature, int humidity)
        {
            byte[] Word(int value) => [(byte)(value >> 8), (byte)value, (byte)(Sht31.Checksum(value >> 8, value & 0xFF) ^ (IsDamaged ? 1 : 0))];
            _new = IsMeasuring ? [.. Word(temperature), .. Word(humidity)] : null;
        }

        public bool Transfer(byte[] write, byte[]? read)
        {
            switch ((write[0] << 8) | write[1])
            {
                case 0x3093:
                    IsMeasuring = false;
                    return true;
                case 0x2130:
                    Assert.IsFalse(IsMeasuring, "started while it measures");
                    IsMeasuring = true;
                    return true;
                case 0xE000 when _new is not null:
                    _new.CopyTo(read!, 0);
                    _new = null;
                    return true;
                default:
                    return false;
            }
        }
    }

    /// <summary>Gives the number of the reading, behind a number of its own.</summary>
    private sealed class CountingSensor(int count, int first) : I2cSensor("counter", 0, count)
    {
        public int Reads { get; private set; }

        public Action? Meanwhile { get; set; }

        internal override bool TryRead(II2cBus bus, long now)
        {
            Meanwhile?.Invoke();
            Reads++;
            for (int i = 0; i < Values.Length; i++)
            {
                Values[i] = first + Reads + i;
            }

            return true;
        }
    }

    private sealed class Lines : IBoardConsole
    {
        public List<string> Said { get; } = [];

        public void Print(string line) => Said.Add(line);
    }
}
