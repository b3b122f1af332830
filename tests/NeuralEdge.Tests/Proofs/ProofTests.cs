using NeuralEdge.Conversion;
using NeuralEdge.Conversion.Proofs;
using NeuralEdge.Numerics;

namespace NeuralEdge.Tests.Proofs;

/// <summary>
/// What "neuraledge prove" proves, in the time of a test: every input of tanh that is not saturated, every block of 65,536
/// inputs at an end of its domain, and of the saturated ones between them every 97th.
/// </summary>
[TestClass]
[DoNotParallelize]
public sealed class ProofTests
{
    [TestMethod]
    public void EveryProofTellsHowFarItIsAndEndsWhenNobodyWantsIt()
    {
        foreach (Action<LongTask> proof in new Action<LongTask>[] { task => TanhProof.Run(65536, task), task => ExponentialProof.Run(task), task => SoftmaxProof.Run(50_000, task) })
        {
            using CancellationTokenSource source = new();
            Assert.ThrowsExactly<OperationCanceledException>(() => proof(new LongTask("looking", new Stopping(source), source.Token)));
        }
    }

    [TestMethod]
    public void TanhAndSigmoidKeepTheirPromises() => AssertHolds(TanhProof.Run(saturatedStep: 97));

    [TestMethod]
    public void ExponentialKeepsItsPromises() => AssertHolds(ExponentialProof.Run());

    [TestMethod]
    public void SoftmaxKeepsItsPromises() => AssertHolds(SoftmaxProof.Run(vectors: 50_000));

    [TestMethod]
    [DataRow(10)]
    [DataRow(85)]
    [DataRow(120)]
    public void OneWrongTableEntryIsNoticed(int segment)
    {
        // From a quarter of a last place on at the segment's end: more than the room the fit leaves.
        AssertNoticed(() => TanhTable.C0[segment] += 4000, () => TanhTable.C0[segment] -= 4000);
        AssertNoticed(() => TanhTable.C1[segment] -= 128, () => TanhTable.C1[segment] += 128);
        AssertNoticed(() => TanhTable.C2[segment] += 64, () => TanhTable.C2[segment] -= 64);
    }

    private static void AssertNoticed(Action plant, Action remove)
    {
        plant();
        try
        {
            Assert.IsFalse(TanhProof.Run(saturatedStep: 65536).All(figure => figure.Holds));
        }
        finally
        {
            remove();
        }
    }

    private static void AssertHolds(IReadOnlyList<ProofFigure> figures)
    {
        Assert.AreNotEqual(0, figures.Count);
        foreach (ProofFigure figure in figures)
        {
            Assert.IsTrue(figure.Holds, $"{figure.Function}: {figure.Name} is {figure.Text}, promised {figure.Promise}");
        }
    }

    // Wants it no more at the third report.
    private sealed class Stopping(CancellationTokenSource source) : IProgress<ConversionProgress>
    {
        private int _reports;

        public void Report(ConversionProgress value)
        {
            if (Interlocked.Increment(ref _reports) == 3)
            {
                source.Cancel();
            }
        }
    }
}
