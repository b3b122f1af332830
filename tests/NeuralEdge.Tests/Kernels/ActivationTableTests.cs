using NeuralEdge.Networks;

namespace NeuralEdge.Tests.Kernels;

/// <summary>The tables of the profile fast against the functions they stand for.</summary>
[TestClass]
public sealed class ActivationTableTests
{
    // Half an entry is 2^-8 in Q15.16 and in Q16.15: ranges of -8..8 and -16..16.
    private const int Multiplier = 1 << 19;
    private const int Shift = 11;

    [TestMethod]
    public void EveryEntryOfTanhIsRoundedRightlyOrNextToIt()
    {
        ActivationTable table = ActivationTable.Create(Activation.Tanh, 0, Multiplier, Shift);
        AssertWithinHalf(table, entry => 255 * Math.Tanh(((2 * entry) - 2047) / 256.0), 0.51 * 255 / 32768);
    }

    [TestMethod]
    public void EveryEntryOfSigmoidIsRoundedRightlyOrNextToIt()
    {
        ActivationTable table = ActivationTable.Create(Activation.Sigmoid, 0, Multiplier, Shift);
        AssertWithinHalf(table, entry => 510 / (1 + Math.Exp(-((2 * entry) - 2047) / 128.0)), 0.51 * 510 / 65536);
    }

    [TestMethod]
    public void EveryEntryOfReluAndLeakyReluIsRoundedRightly()
    {
        const int Slope = 3277;
        AssertWithinHalf(ActivationTable.Create(Activation.Relu, 0, Multiplier, 21), entry => Math.Max(0, Math.Min(510, ((2 * entry) - 2047) / 4.0)), 0);
        AssertWithinHalf(ActivationTable.Create(Activation.Linear, 0, Multiplier, 22), entry => ((2 * entry) - 2047) / 8.0, 0);
        AssertWithinHalf(
            ActivationTable.Create(Activation.LeakyRelu, Slope, Multiplier, 22),
            entry => ((2 * entry) - 2047) / 8.0 * (entry < 1024 ? Slope / 32768.0 : 1),
            1e-6);
    }

    [TestMethod]
    public void EveryTableIsMonotoneAndKeepsItsLimits()
    {
        foreach (Activation activation in new[] { Activation.Tanh, Activation.Sigmoid, Activation.Relu, Activation.LeakyRelu, Activation.Linear })
        {
            for (int shift = -31; shift <= 31; shift++)
            {
                foreach (int multiplier in new[] { 1, 3, 1 << 10, Multiplier + 12345, 1 << 20 })
                {
                    ActivationTable table = ActivationTable.Create(activation, 1000, multiplier, shift);
                    int before = -510;
                    for (int entry = 0; entry < ActivationTable.Count; entry++)
                    {
                        int value = table.Look((entry << 10) - (1 << 20));
                        Assert.IsTrue(value >= before && value <= 510, $"{activation}, {multiplier} / 2^{shift}, entry {entry}");
                        before = value;
                    }
                }
            }
        }
    }

    [TestMethod]
    public void EveryAccumulatorOfAnEntryLooksItUp()
    {
        ActivationTable table = ActivationTable.Create(Activation.Tanh, 0, Multiplier, Shift);
        for (int accumulator = -(1 << 20); accumulator < 1 << 20; accumulator++)
        {
            Assert.AreEqual(table.Look(accumulator & ~1023), table.Look(accumulator));
        }
    }

    // Whatever happens to one entry changes the digest, because 31 is odd: shown for every bit of every entry.
    [TestMethod]
    public void EveryFaultOfAnEntryChangesTheDigest()
    {
        ActivationTable table = ActivationTable.Create(Activation.Tanh, 0, Multiplier, Shift);
        for (int entry = 0; entry < ActivationTable.Count; entry++)
        {
            for (int bit = 0; bit < 32; bit++)
            {
                table.Entries[entry] ^= 1L << bit;
                Assert.IsFalse(table.IsSound());
                table.Entries[entry] ^= 1L << bit;
            }
        }

        Assert.IsTrue(table.IsSound());
    }

    [TestMethod]
    public void AFilledTableIsTheSameInWhateverPieces()
    {
        ActivationTable pieces = new(Activation.Sigmoid, 0, Multiplier, Shift);
        int steps = 1;
        while (!pieces.Fill(100))
        {
            steps++;
        }

        Assert.AreEqual(21, steps);
        Assert.AreEqual(ActivationTable.Create(Activation.Sigmoid, 0, Multiplier, Shift).Digest, pieces.Digest);
    }

    private static void AssertWithinHalf(ActivationTable table, Func<int, double> exact, double more)
    {
        for (int entry = 0; entry < ActivationTable.Count; entry++)
        {
            Assert.AreEqual(exact(entry), table.Look((entry << 10) - (1 << 20)), 0.5 + more, $"entry {entry}");
        }
    }
}
