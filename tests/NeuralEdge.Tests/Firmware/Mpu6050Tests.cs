extern alias firmware;

using firmware::NeuralEdge.Firmware;
using NeuralEdge.Board.Control;
using NeuralEdge.Board.Storage;
using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Firmware;

/// <summary>The driver of the MPU-6050 on a simulated chip: what is sent, what the figures come to, and what happens when the chip or the bus fails.</summary>
[TestClass]
public sealed class Mpu6050Tests
{
    private const int PeriodMs = 10;
    private const int Burst = FifoRows.Burst;

    private readonly FakeClock _clock = new() { Microseconds = 1_000_000 };
    private readonly FakeBus _bus = new();
    private readonly MpuChip _chip;
    private readonly MpuReader _reader;

    public Mpu6050Tests()
    {
        _chip = new MpuChip(_clock);
        _bus.Chips[0x68] = _chip;
        _reader = new MpuReader(_clock, _bus, _chip, PeriodMs);
    }

    [TestMethod]
    [DataRow(2, 1, 1)]
    [DataRow(5, 4, 2)]
    [DataRow(10, 9, 3)]
    [DataRow(20, 19, 4)]
    public void TheChipIsWokenAndSetToItsRateWithALowPassBelowHalfOfIt(int periodMs, int divider, int lowPass)
    {
        _ = new MpuReader(_clock, _bus, _chip, periodMs).Take();
        Assert.AreEqual((divider, lowPass, 0x18), (_chip[0x19], _chip[0x1A], _chip[0x1C]), "1 kHz / (1 + divider), low-pass, 16 g");
        Assert.AreEqual((0x01, 0x00, 0x08, 0x40), (_chip[0x6B], _chip[0x6C], _chip[0x23], _chip[0x6A]), "awake, all axes, which it keeps");
        double[] bandwidths = [0, 184, 94, 44, 21];
        Assert.IsLessThan(500.0 / periodMs, bandwidths[lowPass]);
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(1)]
    [DataRow(21)]
    public void OtherPeriodsAreRefused(int periodMs) => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Mpu6050(periodMs));

    [TestMethod]
    public void ValuesAreOfTwoBytesTheHighOneFirst()
    {
        Feed feed = new([0x08, 0x00, 0xF8, 0x00, 0x7F, 0xFF]);
        Mpu6050 driver = new(PeriodMs);
        Assert.IsFalse(driver.TryRead(feed, 0));
        Assert.IsTrue(driver.TryRead(feed, 100_000));
        CollectionAssert.AreEqual(new[] { 2048, -2048, 32767 }, driver.Values, "1 g, -1 g, 16 g");
    }

    [TestMethod]
    public void ARowOfEachPeriodCostsTwoTransfersInEight()
    {
        _reader.RunIn();
        int before = _bus.Transfers;
        for (int i = 0; i < 800; i++)
        {
            _reader.TakeNext();
        }

        Assert.IsLessThanOrEqualTo(202, _bus.Transfers - before);
        Assert.AreEqual((0, 0), (_reader.Lost, _reader.Repeated));
    }

    [TestMethod]
    public void AnAccelerometerThatHasLostItsPowerGivesItsLastRowForThreePeriodsAndIsSetUpAnew()
    {
        _reader.RunIn();
        _chip.LosePower();
        int last = _chip.Measured;
        int stale = 0;
        int none = 0;
        for (int i = 0; _chip[0x6B] == 0x40; i++)
        {
            Assert.IsLessThan(60, i, "set up within half a second");
            int repeated = _reader.Repeated;
            none += _reader.Take() is null ? 1 : 0;
            stale += _reader.Repeated - repeated;
        }

        Assert.IsLessThanOrEqualTo(2, stale, "periods in which an old row stood in");
        Assert.AreNotEqual(0, none);
        Assert.AreEqual((9, 3, 0x18), (_chip[0x19], _chip[0x1A], _chip[0x1C]));
        _reader.RunIn();
        Assert.IsGreaterThanOrEqualTo(last, _reader.Row);
    }

    [TestMethod]
    [DataRow(100)]
    [DataRow(1000)]
    public void ASlowBoardTakesNoRowAgainOfAChipThatHasLostItsPower(int boardMs)
    {
        for (int i = 0; i < 30; i++)
        {
            _clock.Microseconds += boardMs * 1000L;
            _reader.TakeNow();
        }

        Assert.IsLessThanOrEqualTo(1, _reader.Age);
        _chip.LosePower();
        int none = 0;
        for (int i = 0; i < 20; i++)
        {
            _clock.Microseconds += boardMs * 1000L;
            none += _reader.TakeNow() is null ? 1 : 0;
        }

        Assert.AreEqual(0, _reader.Repeated);
        Assert.IsTrue(none is > 0 and <= 5, $"{none} periods without a row");
        Assert.IsLessThanOrEqualTo(1, _reader.Age);
    }

    [TestMethod]
    [DataRow(0x6B)]
    [DataRow(0x19)]
    [DataRow(0x1A)]
    [DataRow(0x1C)]
    [DataRow(0x23)]
    [DataRow(0x6A)]
    public void AChipThatLosesWhatIsWrittenIsSetUpUntilItHasIt(int register)
    {
        _chip.Loses = register;
        for (int i = 0; i < 40; i++)
        {
            _reader.Take();
        }

        Assert.AreEqual((9, 3, 0x18), (_chip[0x19], _chip[0x1A], _chip[0x1C]));
        _reader.RunIn();
    }

    [TestMethod]
    public void AnotherChipAtTheAddressIsNoAccelerometer()
    {
        _chip[0x75] = 0x70;
        Assert.IsNull(_reader.Take());
        Assert.AreEqual(0x40, _chip[0x6B], "nothing is written to it");
    }

    [TestMethod]
    public void OneThatComesLaterIsNamedOnceAndUsedFromThenOn()
    {
        _chip.IsAway = true;
        StartRecord record = new(new FakeFiles(_clock, 0));
        record.Begin();
        Lines lines = new();
        MpuReader reader = new(_clock, _bus, _chip, PeriodMs, new BoardErrors(record, lines));
        Assert.AreEqual(3, reader.Sensors.Count);
        for (int i = 0; i < 100; i++)
        {
            int before = _bus.Transfers;
            Assert.IsNull(reader.Take());
            Assert.IsLessThanOrEqualTo(1, _bus.Transfers - before, "asked once in a period");
        }

        Assert.HasCount(1, lines.Said);
        StringAssert.Contains(lines.Said[0], "reading the MPU-6050 at I2C address 0x68");
        _chip.IsAway = false;
        reader.RunIn();
        Assert.HasCount(1, lines.Said);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void AWireThatIsOffGivesNoRowThatWasTakenAlreadyAndComesBack(bool losesPower)
    {
        _reader.RunIn();
        _chip.IsAway = true;
        for (int i = 0; i < 300; i++)
        {
            Assert.IsTrue(_reader.Take() is null || i < Burst, $"period {i}");
        }

        Assert.AreEqual(0, _reader.Repeated);
        if (losesPower)
        {
            _chip.LosePower();
        }

        _chip.IsAway = false;
        _reader.RunIn();
        Assert.AreEqual(0, _reader.Repeated);
    }

    [TestMethod]
    public void ATransferThatFailsAfterMostOfAPeriodTearsNoRow()
    {
        for (int at = 1; at <= 60; at++)
        {
            FakeClock clock = new();
            FakeBus bus = new();
            MpuChip chip = new(clock);
            bus.Chips[0x68] = chip;
            MpuReader reader = new(clock, bus, chip, periodMs: 5);
            reader.RunIn();
            int failing = bus.Transfers + at;
            bus.Fails = number =>
            {
                clock.Microseconds += number == failing ? 4000 : 0;
                return number == failing;
            };
            for (int period = 0; period < 200; period++)
            {
                reader.Take();
            }
        }
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(6)]
    [DataRow(20)]
    [DataRow(47)]
    public void ABurstThatFailsOnItsWayLeavesNoTornRow(int bytes)
    {
        _reader.RunIn();
        _chip.FailsAfter = bytes;
        while (_chip.FailsAfter is not null)
        {
            _reader.Take();
        }

        int resets = _chip.Resets;
        _reader.RunIn();
        Assert.AreEqual(resets + 1, _chip.Resets, "nobody knows what the chip has let go");
    }

    [TestMethod]
    [DataRow(10)]
    [DataRow(16)]
    [DataRow(20)]
    [DataRow(22)]
    [DataRow(24)]
    [DataRow(26)]
    [DataRow(28)]
    [DataRow(30)]
    [DataRow(100)]
    [DataRow(500)]
    public void WhatAChipKeptWhileItsWireWasOffIsNotTakenForNew(int periods)
    {
        _reader.RunIn();
        _chip.IsAway = true;
        for (int i = 0; i < periods; i++)
        {
            _reader.Take();
        }

        _chip.IsAway = false;
        for (int i = 0; i < 100; i++)
        {
            Assert.IsTrue(_reader.Take() is null || _reader.Age <= Mpu6050.MostSpacingsOld, $"{_reader.Age} periods old");
        }
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(3)]
    public void AFifoWithAByteTooFewIsResetAndLeavesNoTornRow(int late)
    {
        _reader.RunIn();
        int resets = _chip.Resets;
        _chip.Tear();
        _clock.Microseconds += late * PeriodMs * 1000L;
        _reader.RunIn();
        Assert.AreEqual(resets + 1, _chip.Resets);
        Assert.IsLessThanOrEqualTo(2, _reader.Repeated);
    }

    [TestMethod]
    [DataRow(9)]
    [DataRow(30)]
    [DataRow(170)]
    [DataRow(171)]
    [DataRow(2000)]
    public void AHoldUpInWhichTheFifoMayOverflowIsFollowedByTheNewestRowAndByRowsInOrder(int periods)
    {
        _reader.RunIn();
        _clock.Microseconds += periods * PeriodMs * 1000L;
        Assert.IsNotNull(_reader.Take());
        Assert.IsLessThanOrEqualTo(1, _reader.Age);
        Assert.IsLessThanOrEqualTo(Burst + 2, _reader.RunIn());
        Assert.AreEqual(0, _reader.Repeated);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(7)]
    public void AShortHoldUpLosesAsManyRowsAsPeriodsWentBy(int periods)
    {
        _reader.RunIn();
        int before = _reader.Row;
        _clock.Microseconds += periods * PeriodMs * 1000L;
        Assert.IsNotNull(_reader.Take());
        Assert.AreEqual(before + periods + 1, _reader.Row);
        for (int i = 0; i < 100; i++)
        {
            _reader.TakeNext();
        }
    }

    [TestMethod]
    public void ABusThatIsStuckIsLeftAloneAndUsedAgainAfterwards()
    {
        _reader.RunIn();
        _chip.StuckMicroseconds = 1_000_000;
        long begin = _clock.Microseconds;
        int transfers = _bus.Transfers;
        while (_clock.Microseconds < begin + 10_000_000)
        {
            Assert.IsTrue(_reader.Take() is null || _bus.Transfers == transfers);
        }

        Assert.AreEqual(1, _bus.Transfers - transfers, "a second of ten");
        _chip.StuckMicroseconds = 0;
        while (_reader.Take() is null)
        {
            Assert.IsLessThan(begin + 13_000_000, _clock.Microseconds);
        }

        _reader.RunIn();
        Assert.AreEqual(0, _reader.Repeated);
    }

    [TestMethod]
    public void NothingIsAllocatedInAPeriod()
    {
        _reader.RunIn();
        Feed feed = new([1, 2, 3, 4, 5, 6]);
        Mpu6050 driver = new(PeriodMs);
        int[] steps = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 20, 20, 1];
        long now = 0;
        for (int round = 0; round < 2; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10_000; i++)
            {
                now += steps[i % steps.Length] * PeriodMs * 1000L;
                driver.TryRead(feed, now);
            }

            Assert.IsTrue(round == 0 || GC.GetAllocatedBytesForCurrentThread() == before);
        }
    }

    /// <summary>Answers each question by what an MPU-6050 may answer, with a row that is always the same.</summary>
    private sealed class Feed(byte[] row) : II2cBus
    {
        private readonly byte[] _rates = new byte[5];

        public bool Transfer(int address, byte[] write, byte[] read)
        {
            if (write[0] == 0x19 && read is null)
            {
                write.CopyTo(_rates, 0);
            }

            for (int i = 0; read is not null && i < read.Length; i++)
            {
                read[i] = write[0] switch
                {
                    0x75 => 0x68,
                    0x19 => _rates[i + 1],
                    0x3A => i == 0 ? (byte)1 : row[i - 1],
                    0x72 => (byte)(i * Burst * row.Length),
                    _ => row[i % row.Length],
                };
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
