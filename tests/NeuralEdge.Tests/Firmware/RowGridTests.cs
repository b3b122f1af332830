extern alias firmware;

using firmware::NeuralEdge.Firmware;

namespace NeuralEdge.Tests.Firmware;

/// <summary>How many rows of an evenly spaced series each take moves on.</summary>
[TestClass]
public sealed class RowGridTests
{
    private const int Spacing = 5000;

    [TestMethod]
    public void ATakeThatIsLateByLessThanASpacingMovesOnByOneHoweverManyAreSo()
    {
        // From the first on they are late by anything but a whole spacing, in runs of up to forty.
        Random random = new(1);
        RowGrid grid = new(Spacing);
        Assert.AreEqual(1, grid.Take(0));
        bool isLate = false;
        for (int i = 1; i < 20_000; i++)
        {
            isLate = random.Next(20) == 0 ? !isLate : isLate;
            long late = isLate && i % 40 != 0 ? 200 + random.Next(4700) : random.Next(100);
            Assert.AreEqual(1, grid.Take((i * (long)Spacing) + late), $"take {i}");
        }
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1300)]
    [DataRow(3700)]
    [DataRow(4999)]
    public void TheGridFollowsWhoeverTakesToAnotherPoint(int phase)
    {
        RowGrid grid = new(Spacing);
        long due = 0;
        for (int i = 0; i < 100; i++, due += Spacing)
        {
            Assert.AreEqual(1, grid.Take(due));
        }

        // 33 takes later it lies on the new point: one that is late by nearly a spacing moves on by one, and so does the next.
        due += phase;
        int rows = 0;
        for (int i = 0; i < 70; i++, due += Spacing)
        {
            rows += grid.Take(due);
        }

        Assert.IsLessThanOrEqualTo(1, Math.Abs(rows - 70));
        Assert.AreEqual((1, 1), (grid.Take(due + 4900), grid.Take(due + Spacing)));
    }

    [TestMethod]
    public void TheSecondWhoTakesSoonAfterAnotherGetsTheSameRow()
    {
        RowGrid grid = new(Spacing);
        for (int i = 0; i < 100; i++)
        {
            Assert.AreEqual((1, 0, 0), (grid.Take(i * (long)Spacing), grid.Take((i * (long)Spacing) + 1), grid.Take((i * (long)Spacing) + 3600)));
        }
    }

    [TestMethod]
    public void PeriodsThatWentByCountAlsoWhereTheyAreMany()
    {
        RowGrid grid = new(Spacing);
        Assert.AreEqual(1, grid.Take(0));
        Assert.AreEqual(4, grid.Take(4 * Spacing));
        Assert.AreEqual(1, grid.Take(5 * Spacing));
        Assert.AreEqual(int.MaxValue, grid.Take(long.MaxValue / 2));
    }
}
