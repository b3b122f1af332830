extern alias firmware;

using firmware::NeuralEdge.Firmware;
using NeuralEdge.Board.Control;
using NeuralEdge.Tests.Control;

namespace NeuralEdge.Tests.Firmware;

/// <summary>A board that takes the rows of an <see cref="MpuChip"/>, and counts what comes twice and what not at all; no row may be torn or come before another.</summary>
internal sealed class MpuReader(FakeClock clock, FakeBus bus, MpuChip chip, int periodMs, BoardErrors? errors = null)
{
    // Three bursts: with a clock that differs by 3 % one row in 33 is a slip.
    private const int RunInRows = 24;

    private I2cSensors? _sensors;
    private long _due = clock.Microseconds;

    /// <summary>The row taken last, -1 before the first.</summary>
    public int Row { get; private set; } = -1;

    /// <summary>How many rows the chip has measured after the one that was taken last.</summary>
    public int Age { get; private set; }

    /// <summary>Periods that took the row of the one before.</summary>
    public int Repeated { get; private set; }

    /// <summary>Rows that no period took, of those between rows that were.</summary>
    public int Lost { get; private set; }

    /// <summary>Periods that were over before the board came to them.</summary>
    public int Missed { get; private set; }

    /// <summary>The sensors, to have somebody else take of them.</summary>
    public I2cSensors Sensors => _sensors ??= new I2cSensors(bus, [new Mpu6050(periodMs)], clock, errors!);

    /// <summary>The row of the next period, null when there is none.</summary>
    /// <param name="late">Microseconds by which the period begins late.</param>
    public int? Take(long late = 0)
    {
        _ = Sensors;
        _due += periodMs * 1000L;
        while (_due <= clock.Microseconds)
        {
            _due += periodMs * 1000L;
            Missed++;
        }

        clock.Microseconds = _due + late;
        return TakeNow();
    }

    /// <summary>The row of now, null when there is none.</summary>
    public int? TakeNow()
    {
        bool isRead = Sensors.TryRead(0, out int x);
        Assert.AreEqual(isRead, Sensors.TryRead(1, out int y));
        Assert.AreEqual(isRead, Sensors.TryRead(2, out int z));
        if (!isRead)
        {
            return null;
        }

        // A row comes again after 20,000: within that, the one that lies nearest behind the newest.
        chip.Measure();
        int first = (x + 10_000) % 20_000;
        int row = chip.Measured - 1 - ((((chip.Measured - 1 - first) % 20_000) + 20_000) % 20_000);
        Assert.AreEqual((Value(row, 1), Value(row, 2)), (y, z), $"row {row} is torn");
        Assert.IsGreaterThanOrEqualTo(Row, row, "before the one that was taken last");
        Repeated += row == Row ? 1 : 0;
        Lost += Row >= 0 && row > Row ? row - Row - 1 : 0;
        Row = row;
        Age = chip.Measured - 1 - row;
        return row;
    }

    /// <summary>Takes the row of the next period, which must be the one behind the last.</summary>
    public void TakeNext()
    {
        int before = Row;
        Assert.AreEqual(before + 1, Take());
    }

    /// <summary>Takes until rows come one after the other.</summary>
    /// <returns>Periods that it took to the first of them.</returns>
    public int RunIn()
    {
        int periods = 0;
        for (int good = 0; good < RunInRows; periods++)
        {
            Assert.IsLessThan(200, periods, "rows one after the other within 2 s");
            int before = Row;
            good = Take() is int row && row == before + 1 ? good + 1 : 0;
        }

        return periods - RunInRows;
    }

    private static int Value(int row, int axis) => ((row + (5000 * axis)) % 20_000) - 10_000;
}
