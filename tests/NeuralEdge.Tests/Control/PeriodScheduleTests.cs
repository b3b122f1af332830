using NeuralEdge.Board.Control;

namespace NeuralEdge.Tests.Control;

[TestClass]
public sealed class PeriodScheduleTests
{
    [TestMethod]
    public void TheLatestPeriodIsTheOneThatBeganFurthestFromItsPointOfTheGrid()
    {
        PeriodSchedule schedule = new(5, 1000);
        foreach ((long now, int latest, uint missed) in new (long, int, uint)[] { (1000, 0, 0), (6300, 300, 0), (11_040, 300, 0), (17_500, 1500, 0), (40_000, 19_000, 3), (41_000, 19_000, 3), (46_000, 19_000, 3) })
        {
            schedule.Advance(now);
            Assert.AreEqual((latest, missed), (schedule.Latest, schedule.Missed), $"{now}");
        }

        schedule.Restart(5, 100_000);
        Assert.AreEqual(0, schedule.Latest, "another model, another grid");
        schedule.Restart(3_600_000, 0);
        schedule.Advance(3_000_000_000);
        Assert.AreEqual(int.MaxValue, schedule.Latest, "no more than fits");
    }
}
