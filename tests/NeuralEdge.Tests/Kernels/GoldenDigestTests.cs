using NeuralEdge.Conversion.Quantisation;

namespace NeuralEdge.Tests.Kernels;

/// <summary>
/// Random networks of every profile give the integers that they gave before the kernels were put into passes: the digests were
/// taken from the kernels of that time. 3,000 networks of each profile; with NEURALEDGE_KERNEL_LAYERS=1000000 a million in all.
/// </summary>
[TestClass]
public sealed class GoldenDigestTests
{
    [TestMethod]
    [DataRow(Profile.Exact, 10423281194803210637UL, 13821882842464526755UL)]
    [DataRow(Profile.Compact, 4603847300615676592UL, 10618679622920226070UL)]
    [DataRow(Profile.Fast, 10860668830803039124UL, 8603682695803858677UL)]
    public void EveryProfileGivesTheIntegersItHasAlwaysGiven(Profile profile, ulong ofThousands, ulong ofAMillion)
    {
        const int Thousands = 3_000;
        const int ThirdOfAMillion = 333_334;
        bool all = KernelTests.Layers >= 1_000_000;
        Assert.AreEqual(all ? ofAMillion : ofThousands, Digest(profile, all ? ThirdOfAMillion : Thousands));
    }

    // A sum, so that it does not matter which network is computed first.
    private static ulong Digest(Profile profile, int networks)
    {
        ulong digest = 0;
        Parallel.For(
            0,
            networks,
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            () => 0UL,
            (k, _, sum) => unchecked(sum + GoldenNetwork.DigestOf(profile, k)),
            sum => Interlocked.Add(ref digest, sum));
        return digest;
    }
}
