extern alias firmware;

using firmware::NeuralEdge.Firmware;
using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Firmware;

/// <summary>
/// The two clocks of an MPU-6050 and its board, and boards that sample late, slower, faster or twice: rows in order, none torn, none older than what is
/// stated, and no more repeated or lost than the clocks differ.
/// </summary>
[TestClass]
public sealed class Mpu6050PaceTests
{
    private readonly FakeClock _clock = new() { Microseconds = 1_000_000 };
    private readonly FakeBus _bus = new();

    public static IEnumerable<object[]> Clocks =>
        from periodMs in new[] { 2, 5, 7, 10, 20 }
        from error in new[] { -30, -10, -1, 0, 1, 10, 30 }
        select new object[] { periodMs, error };

    [TestMethod]
    [DynamicData(nameof(Clocks))]
    public void ABoardThatIsLateByLessThanAPeriodRepeatsOrLosesNoMoreThanTheClocksDiffer(int periodMs, int error)
    {
        const int Periods = 6000;
        MpuReader reader = Read(periodMs, error, out MpuChip chip);
        reader.RunIn();
        (int lost, int repeated, int transfers) = (reader.Lost, reader.Repeated, _bus.Transfers);
        Random random = new(1000 + (10 * periodMs) + error);
        for (int i = 0; i < Periods; i++)
        {
            // Most periods begin in time, some late.
            long late = random.Next(10) == 0 ? random.Next(periodMs * 600) : random.Next(periodMs * 50);
            Assert.IsNotNull(reader.Take(late), $"period {i}");
            Assert.IsLessThanOrEqualTo(Mpu6050.MostSpacingsOld, reader.Age, $"period {i}");
        }

        int slips = (Periods * Math.Abs(error) / 1000) + 8;
        Assert.IsLessThanOrEqualTo((error > 0 ? slips : 16) + reader.Missed, reader.Lost - lost, "lost");
        Assert.IsLessThanOrEqualTo(error < 0 ? slips : 16, reader.Repeated - repeated, "repeated");
        Assert.IsLessThanOrEqualTo((Periods / 4) + slips + 16, _bus.Transfers - transfers, "transfers");
        Assert.AreEqual(1, chip.Resets, "begun once");
    }

    [TestMethod]
    [DynamicData(nameof(Clocks))]
    public void ABoardOfAnotherPeriodGetsRowsInOrderAndNoneOlderThanStated(int periodMs, int error)
    {
        foreach (int boardMs in new[] { 1, 3, 5, 8, 10, 15, 20, 25, 40, 45, 50, 80, 100, 170, 250, 1000, 5000 })
        {
            MpuReader reader = Read(periodMs, error, out MpuChip chip);
            int newest = 0;
            for (int i = 0; i < 1500; i++)
            {
                _clock.Microseconds += (boardMs * 1000L) - (_clock.Microseconds % 1000);
                int? row = reader.TakeNow();
                if (i * boardMs > 40 * periodMs && i > 40)
                {
                    Assert.IsNotNull(row, $"a board of {boardMs} ms, period {i}");
                    Assert.IsLessThanOrEqualTo(Mpu6050.MostSpacingsOld, reader.Age, $"a board of {boardMs} ms, period {i}");
                    newest += reader.Age <= 1 ? 1 : 0;
                }
            }

            Assert.IsTrue(boardMs <= 9 * periodMs || newest >= 1450, $"a board of {boardMs} ms takes the newest, not only {newest} times");
            Assert.IsTrue(boardMs < periodMs || reader.Repeated <= (Math.Abs(error) * 2) + 8, $"a board of {boardMs} ms: {reader.Repeated} repeated");
        }
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(5)]
    [DataRow(25)]
    [DataRow(50)]
    [DataRow(75)]
    [DataRow(95)]
    public void TwoWhoTakeTheSameRowsEachGetEveryOne(int phasePercent)
    {
        // A model and a recording: the second takes at its own point of each period, and both are late now and then.
        const int PeriodMs = 10;
        const int Periods = 3000;
        MpuReader reader = Read(PeriodMs, 0, out _);
        reader.RunIn();
        Random random = new(phasePercent);
        int before = -1;
        int lost = 0;
        int repeated = 0;
        (int firstLost, int firstRepeated) = (reader.Lost, reader.Repeated);
        long due = _clock.Microseconds - (_clock.Microseconds % 1000);
        for (int i = 0; i < Periods; i++)
        {
            due += PeriodMs * 1000L;
            _clock.Microseconds = Math.Max(_clock.Microseconds, due + random.Next(500));
            Assert.IsNotNull(reader.TakeNow());
            int own = reader.Row;
            _clock.Microseconds = Math.Max(_clock.Microseconds, due + (phasePercent * PeriodMs * 10L) + random.Next(500));
            Assert.IsTrue(reader.Sensors.TryRead(0, out int x) && reader.Sensors.TryRead(1, out _) && reader.Sensors.TryRead(2, out _));
            int second = MpuChip.RowOf(x);
            lost += before >= 0 && second > before ? second - before - 1 : 0;
            repeated += second == before ? 1 : 0;
            before = second;
            Assert.IsLessThanOrEqualTo(1, second - own);
        }

        Assert.IsLessThanOrEqualTo(8, lost, "lost by the second");
        Assert.IsLessThanOrEqualTo(8, repeated, "repeated by the second");
        Assert.IsLessThanOrEqualTo(8, reader.Lost - firstLost, "lost by the first");
        Assert.IsLessThanOrEqualTo(Periods + 8, reader.Repeated - firstRepeated);
    }

    private MpuReader Read(int periodMs, int error, out MpuChip chip)
    {
        chip = new MpuChip(_clock, error);
        _bus.Chips[0x68] = chip;
        return new MpuReader(_clock, _bus, chip, periodMs);
    }
}
