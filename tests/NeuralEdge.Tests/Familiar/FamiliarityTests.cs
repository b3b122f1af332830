using NeuralEdge.Conversion.Familiar;
using NeuralEdge.Conversion.FloatModels;
using NeuralEdge.Models;
using NeuralEdge.Tests.Link;

namespace NeuralEdge.Tests.Familiar;

/// <summary>The arithmetic of the board against the same in integers without an end.</summary>
[TestClass]
public sealed class FamiliarityTests
{
    [TestMethod]
    public void ThousandsOfPicturesOfEverySizeGiveWhatIntegersWithoutAnEndGive()
    {
        PortableRandom random = new(33);
        int familiar = 0;
        int outside = 0;
        int far = 0;
        for (int k = 0; k < 3000; k++)
        {
            FamiliarInputs picture = RandomPictures.Create(random, 1 + (k % Familiarity.MaxInputs));
            FamiliarReference reference = new(picture.Write(isDoubt: false), picture.Inputs.Length);
            Familiarity core = picture.ToCore();
            for (int r = 0; r < 20; r++)
            {
                int[] row = RandomPictures.Row(random, picture);
                bool expected = reference.IsFamiliar(row);
                Assert.AreEqual(expected, core.IsFamiliar(row), $"picture {k}, row {r}");
                var deviations = reference.Deviations(row);
                if (!reference.IsInside(deviations))
                {
                    outside++;
                    continue;
                }

                CollectionAssert.AreEqual(reference.Whitened(deviations).Select(y => (int)y).ToArray(), Enumerable.Range(0, row.Length).Select(core.GetWhitened).ToArray(), $"picture {k}, row {r}");
                _ = expected ? familiar++ : far++;
            }
        }

        // A campaign that meets one kind only would show nothing.
        Assert.IsGreaterThan(5000, outside);
        Assert.IsGreaterThan(2000, familiar);
        Assert.IsGreaterThan(2000, far);
    }

    // The bounds of FORMAT.md are reached: all deviations, the whole matrix and all prototypes at their ends, with every sign.
    [TestMethod]
    [DataRow(-128, -128)]
    [DataRow(-128, 127)]
    [DataRow(127, -128)]
    [DataRow(127, 127)]
    public void TheLargestSumsAndDistancesDoNotOverflow(int deviation, int weight)
    {
        for (int n = 1; n <= Familiarity.MaxInputs; n++)
        {
            foreach (int prototype in (int[])[-Familiarity.MaxWhitened, Familiarity.MaxWhitened])
            {
                // Sums are largest with a shift that leaves most of them, distances with the least one that a row may have.
                FamiliarInputs picture = new(
                    [.. Enumerable.Range(0, n).Select(row => new FamiliarInput(0, 32768, 15, Enumerable.Range(0, 16).First(t => 128 * (row + 1) * Math.Abs(weight) <= Familiarity.MaxWhitened << t), -128, 127))],
                    0,
                    int.MaxValue,
                    [.. Enumerable.Range(0, n).Select(row => Enumerable.Repeat(weight, row + 1).ToArray())],
                    [[.. Enumerable.Repeat(prototype, n)]]);
                int[] row = [.. Enumerable.Repeat(deviation, n)];
                FamiliarReference reference = new(picture.Write(isDoubt: false), n);
                int distance = (int)reference.Distances(reference.Whitened(reference.Deviations(row)))[0];
                Assert.IsTrue((picture with { Threshold = distance }).ToCore().IsFamiliar(row), $"{n} inputs");
                Assert.AreEqual(distance == 0, (picture with { Threshold = Math.Max(0, distance - 1) }).ToCore().IsFamiliar(row), $"{n} inputs");
            }
        }
    }

    [TestMethod]
    public void TheOrderOfRowsDoesNotMatter()
    {
        PortableRandom random = new(34);
        for (int k = 0; k < 200; k++)
        {
            FamiliarInputs picture = RandomPictures.Create(random, 1 + random.Next(8));
            Familiarity one = picture.ToCore();
            int[][] rows = [.. Enumerable.Range(0, 30).Select(_ => RandomPictures.Row(random, picture))];
            bool[] expected = Array.ConvertAll(rows, row => picture.ToCore().IsFamiliar(row));
            int[] order = [.. Enumerable.Range(0, rows.Length)];
            random.Shuffle(order);
            foreach (int r in order)
            {
                Assert.AreEqual(expected[r], one.IsFamiliar(rows[r]));
            }
        }
    }

    [TestMethod]
    public void ItTakesTheMemoryThatItSays()
    {
        PortableRandom random = new(35);
        for (int n = 1; n <= Familiarity.MaxInputs; n++)
        {
            FamiliarInputs picture = RandomPictures.Create(random, n);
            Familiarity core = picture.ToCore();
            Assert.AreEqual(new HeapWalk().Measure(core), core.HeapBytes, $"{n} inputs, {picture.Prototypes.Length} prototypes");
        }
    }

    [TestMethod]
    public void ALookAllocatesNothing()
    {
        PortableRandom random = new(36);
        FamiliarInputs picture = RandomPictures.Create(random, 16);
        Familiarity core = picture.ToCore();
        int[] row = RandomPictures.Row(random, picture);
        _ = core.IsFamiliar(row);
        Allocations.AssertNone(_ => core.IsFamiliar(row));
    }

    [TestMethod]
    public void ASectionComesOutAsItWentIn()
    {
        PortableRandom random = new(37);
        for (int k = 0; k < 100; k++)
        {
            FamiliarInputs picture = RandomPictures.Create(random, 1 + random.Next(Familiarity.MaxInputs));
            byte[] payload = picture.Write(isDoubt: k % 2 == 0);
            CollectionAssert.AreEqual(payload, FamiliarInputs.Read(payload, picture.Inputs.Length).Write(isDoubt: k % 2 == 0));
        }
    }
}
