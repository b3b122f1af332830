using NeuralEdge.Board.Control;
using NeuralEdge.Board.Link;
using NeuralEdge.Models;

namespace NeuralEdge.Tests.Control;

/// <summary>Idle work gets the time that a period leaves, and a step now and then where none leaves any.</summary>
[TestClass]
public sealed class SpareTimeTests
{
    private readonly FakeClock _clock = new();

    [TestMethod]
    public void WorkThatHadItsTimeGetsNoMoreBeyondIt()
    {
        Work work = new(_clock, 1000);
        SpareTime time = new(work, _clock);
        for (int period = 1; period <= 40; period++)
        {
            time.BeginPeriod();
            Assert.IsTrue(time.Use(null, 50_000, 100_000));
            time.EndPeriod(null);
            Assert.AreEqual(period, work.Steps);
        }
    }

    [TestMethod]
    public void WithoutTimeToSpareThereIsAStepInOneOfEightPeriods()
    {
        Work work = new(_clock, 1000);
        SpareTime time = new(work, _clock);
        for (int period = 1; period <= 40; period++)
        {
            time.BeginPeriod();
            Assert.IsFalse(time.Use(null, 0, 100_000));
            time.EndPeriod(null);
            Assert.AreEqual(period / 8, work.Steps);
        }

        work.Has = false;
        for (int period = 0; period < 16; period++)
        {
            time.BeginPeriod();
            Assert.IsFalse(time.Use(null, 50_000, 100_000));
            time.EndPeriod(null);
        }

        Assert.AreEqual(5, work.Steps);
    }

    [TestMethod]
    public void AStepIsBegunWhenThereIsMoreTimeThanTheLastOneTook()
    {
        Work work = new(_clock, 1000);
        SpareTime time = new(work, _clock);
        Assert.IsTrue(time.Use(null, 2000, 100_000));
        Assert.IsFalse(time.Use(null, 1000, 100_000));
        Assert.IsTrue(time.Use(null, 1001, 100_000));
        Assert.AreEqual(2, work.Steps);
    }

    [TestMethod]
    public void ALongStepIsBegunInTheFirstHalfOfAPeriodOnly()
    {
        Work work = new(_clock, 0) { IsLong = true };
        SpareTime time = new(work, _clock);
        Assert.IsFalse(time.Use(null, 50_000, 100_000));
        Assert.IsTrue(time.Use(null, 50_001, 100_000));
        Assert.AreEqual(1, work.Steps);
    }

    [TestMethod]
    public void WithoutWorkNoTimeIsUsed()
    {
        SpareTime time = new(null, _clock);
        for (int period = 0; period < 10; period++)
        {
            time.BeginPeriod();
            Assert.IsFalse(time.Use(null, 50_000, 100_000));
            time.EndPeriod(null);
        }
    }

    private sealed class Work(FakeClock clock, int microseconds) : IIdleWork
    {
        public int Steps { get; private set; }

        public bool Has { get; set; } = true;

        public bool IsLong { get; init; }

        public bool HasWork(Model model) => Has;

        public bool Step(Model model)
        {
            Steps++;
            clock.Microseconds += microseconds;
            return Has;
        }

        public void PeriodEnded(Model model)
        {
        }

        public void ModelChanged()
        {
        }

        public void Resetting()
        {
        }

        public void Report(BoardInfo info, Model model)
        {
        }
    }
}
