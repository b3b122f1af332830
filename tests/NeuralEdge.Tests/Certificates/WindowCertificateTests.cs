using NeuralEdge.Conversion.Certificates;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Conversion.Quantisation;
using NeuralEdge.Features;
using NeuralEdge.Models;
using NeuralEdge.Numerics;
using NeuralEdge.Tests.Features;

namespace NeuralEdge.Tests.Certificates;

/// <summary>Of windows a certificate begins at the samples: real features and the real network against the integers of both.</summary>
[TestClass]
public sealed class WindowCertificateTests
{
    private const double Work = 20_000;
    private const double MostSteps = 10_000;

    /// <summary>NEURALEDGE_WINDOW_NETWORKS=20000 for a longer campaign.</summary>
    private static readonly int Networks = (int)Campaigns.Number("NEURALEDGE_WINDOW_NETWORKS", 2000);

    private static readonly FeatureKind[] Inexact =
    [
        FeatureKind.Mean, FeatureKind.Deviation, FeatureKind.RootMeanSquare, FeatureKind.MeanStep, FeatureKind.Slope,
        FeatureKind.Quantile, FeatureKind.Average, FeatureKind.Drift, FeatureKind.Octave,
    ];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void FromTheSamplesOnNoErrorPassesItsCertificate()
    {
        int refused = 0;
        int windows = 0;
        int beyond = 0;
        double closest = 0;
        for (int k = 0; k < Networks; k++)
        {
            int seed = Campaigns.Seed + k;
            if (WindowedNetwork.Any(new Random(seed), (Profile)(seed % 3)) is not WindowedNetwork windowed)
            {
                refused++;
                continue;
            }

            ErrorBound bound = ErrorBound.Find(windowed.Exact, windowed.Integers, Work);
            ErrorBound alone = ErrorBound.Find(windowed.Exact, windowed.IntegersAlone, Work);
            foreach (WindowedNetwork.Window window in windowed.Windows)
            {
                if (windowed.ErrorsOf(window) is not double[] errors)
                {
                    continue;
                }

                windows++;
                for (int o = 0; o < errors.Length; o++)
                {
                    Assert.IsLessThanOrEqualTo(bound.Total[o], errors[o], $"seed {seed}, output {o}");
                    closest = Math.Max(closest, errors[o] / Math.Max(bound.Total[o], double.Epsilon));
                    beyond += errors[o] > alone.Total[o] ? 1 : 0;
                }
            }
        }

        TestContext.WriteLine($"{windows} windows of {Networks - refused} networks, {refused} refused; an error came as close as {closest:P1} of its bound; {beyond} passed the bound of the network alone");
        Assert.IsLessThan(Networks / 20, refused);

        // A bound that nothing comes near proves nothing, and one without the features would not hold.
        Assert.IsGreaterThan(0.9, closest);
        Assert.IsGreaterThan(Networks / 50, beyond);
    }

    [TestMethod]
    public void HalfOfWhatAFeatureCanBeOffByIsTooLittleForEachKind()
    {
        foreach (FeatureKind kind in Inexact)
        {
            double whole = 0;
            double half = 0;
            for (int seed = 0; seed < 20; seed++)
            {
                WindowedNetwork windowed = WindowedNetwork.Plain(new Random(seed), kind);
                double bound = ErrorBound.Find(windowed.Exact, windowed.Integers, Work).Total[0];
                double halved = ErrorBound.Find(windowed.Exact, windowed.WithFeatureErrors(0.5), Work).Total[0];
                double worst = windowed.Windows.Max(window => windowed.ErrorsOf(window)?[0] ?? 0);
                whole = Math.Max(whole, worst / bound);
                half = Math.Max(half, worst / halved);
            }

            TestContext.WriteLine($"{kind}: {whole:P1} of its bound");
            Assert.IsLessThanOrEqualTo(1, whole, $"{kind}");
            Assert.IsGreaterThan(1, half, $"{kind}");
        }
    }

    // Samples at the ends of the range, each where it harms most, in every direction that cosine and sine can be off together.
    [TestMethod]
    public void SoItIsForABand()
    {
        const int N = 64;
        (int cosine, int sine) = Rotation.Of(N);
        ChannelShape channel = new(0, 4095, 0, 0, 0);
        Random random = new(1);
        for (int bin = 1; bin < N / 2; bin += 2)
        {
            Feature feature = new(FeatureKind.Band, 0, bin, bin, 0, 0);
            WindowShape shape = new(N, 1, cosine, sine, [channel], [feature]);
            short[] turn = CosineTable.Create(N, cosine, sine);
            double bound = FeatureError.Bound(shape, feature);
            double worst = 0;
            for (int round = 0; round < 400; round++)
            {
                (double a, double b) = Math.SinCos(2 * Math.PI * random.NextDouble());
                double pull = 1e-4 * random.NextDouble();
                int[] samples = [.. Enumerable.Range(0, N).Select(i =>
                {
                    int at = bin * i % N;
                    (double s, double c) = Math.SinCos(2 * Math.PI * at / N);
                    double off = (a * ((turn[at] / 16384.0) - c)) + (b * ((turn[(at + N - (N / 4)) % N] / 16384.0) - s));
                    return off + (pull * ((a * c) + (b * s))) > 0 ? 4095 : 0;
                })];
                double error = ((double)PlainFeatures.Exact(shape, feature, samples, N) / 16) - PlainFeatures.Real(shape, feature, samples, N);
                Assert.IsLessThanOrEqualTo(bound, Math.Abs(error), $"bin {bin}");
                worst = Math.Max(worst, Math.Abs(error));
            }

            TestContext.WriteLine($"bin {bin}: {worst:g3} of {bound:g3}");
            Assert.IsGreaterThan(bound / 2, worst, $"bin {bin}");
        }
    }

    [TestMethod]
    public void NearDataItHoldsForTheWindowsOfTheDataAndSoDoesWhatIsProvenOfDecisions()
    {
        int proven = 0;
        int windows = 0;
        for (int seed = 0; seed < 150; seed++)
        {
            if (WindowedNetwork.Any(new Random(seed), (Profile)(seed % 3)) is not WindowedNetwork windowed)
            {
                continue;
            }

            double[] scores = windowed.Exact.Scores(windowed.Windows[0].Row);
            DecisionRules rules = new(true, [(0, scores[0] + 1e-3)], false);
            Certificate certificate = Certificate.Compute(windowed.Exact, windowed.Integers, [.. windowed.Windows.Select(window => window.Row)], 1e5, rules);
            CertifiedLayer[] layers = CertifiedLayer.Pair(windowed.Exact, windowed.Integers);
            Assert.IsTrue(certificate.IsFromSamples);
            foreach (WindowedNetwork.Window window in windowed.Windows)
            {
                // A feature midway between two steps can be rounded up as an integer, and down as a double: such a row may lie outside.
                if (windowed.ErrorsOf(window) is not double[] errors || !windowed.IsOneStep(window))
                {
                    continue;
                }

                windows++;
                for (int o = 0; o < errors.Length; o++)
                {
                    Assert.IsLessThanOrEqualTo(certificate.Near!.Largest[o], errors[o], $"seed {seed}, output {o}");
                    Assert.IsLessThanOrEqualTo(certificate.Bound.Total[o], certificate.Found![o], $"seed {seed}, output {o}");
                }

                if (RowBounds.Of(windowed.Exact, windowed.Integers, layers, [window.Row], certificate.Bound, rules, new Effort(Work)).Proven == 1)
                {
                    proven++;
                    Assert.IsTrue(rules.Same(windowed.Exact.Scores(window.Real), windowed.ScoresOf(window)), $"seed {seed}");
                }
            }
        }

        TestContext.WriteLine($"{proven} of {windows} windows have a proven decision");
        Assert.IsGreaterThan(windows / 2, proven);
    }

    // A median of 1922 is taken for the middle of its bin, 1951.5: a threshold between them is passed by one of both alone.
    [TestMethod]
    public void ADecisionThatOnlyTheFeatureTurnsIsNotProven()
    {
        WindowedNetwork windowed = WindowedNetwork.Plain(new Random(1), FeatureKind.Quantile);
        WindowedNetwork.Window window = windowed.Windows.First(w => windowed.ErrorsOf(w) is not null && Math.Abs(w.Real[0] - w.Row[0]) > Math.Abs(4 * windowed.Integers.Inputs[0].Scale));
        DecisionRules rules = new(false, [(0, (window.Real[0] + window.Row[0]) / 2)], false);
        Assert.IsFalse(rules.Same(windowed.Exact.Scores(window.Real), windowed.ScoresOf(window)));
        Assert.AreEqual(1, Proven(windowed.IntegersAlone with { Inputs = Array.ConvertAll(windowed.Integers.Inputs, input => input with { FeatureError = null }) }));
        Assert.AreEqual(0, Proven(windowed.Integers));

        int Proven(QuantisedNetwork integers) => RowBounds.Of(
            windowed.Exact, integers, CertifiedLayer.Pair(windowed.Exact, integers), [window.Row], ErrorBound.Find(windowed.Exact, integers, Work), rules, new Effort(Work)).Proven;
    }

    [TestMethod]
    public void TheCheckerAcceptsItAndRefusesThatOfTheNetworkAlone()
    {
        int looked = 0;
        for (int seed = 0; seed < 80; seed++)
        {
            if (WindowedNetwork.Any(new Random(seed), Profile.Exact) is not WindowedNetwork windowed)
            {
                continue;
            }

            // A feature that never changes has the finest steps there are, and may be off by millions of them: doubles do not carry that far.
            if (windowed.Integers.Inputs.Any(input => input.Error > MostSteps))
            {
                continue;
            }

            ErrorBound bound = Affine(windowed, windowed.Integers);
            ErrorBound alone = Affine(windowed, windowed.IntegersAlone);
            ProofCheck check = new(windowed.Exact, windowed.Integers);
            Assert.IsNull(check.Whole(bound), $"seed {seed}");
            if (alone.Total.Zip(bound.Total, (a, b) => a < 0.99 * b).Any(less => less))
            {
                Assert.IsNotNull(check.Whole(alone), $"seed {seed}");
                looked++;
            }
        }

        Assert.IsGreaterThan(20, looked);
    }

    [TestMethod]
    public void AModelFileSaysThatItBeginsAtTheSamplesAndIsProvenFromThere()
    {
        ModelFile file = WindowedModels.Create(10, 8, 2, 1, ["mean", "std", "q8"]);
        Certificate certificate = Certificate.Read(file)!;
        Assert.IsTrue(certificate.IsFromSamples);
        Assert.IsEmpty(Certificate.Verify(file));
        CollectionAssert.AreEqual(file.Sections[ModelFormat.CertificateSection], certificate.Write());

        // Half a bin of 64 counts, half a step of the input, and the rounding of an output.
        Assert.IsGreaterThan(31.5, certificate.Bound.Total[2]);
        Assert.IsLessThan(34, certificate.Bound.Total[2]);
        Assert.IsLessThan(1, certificate.Bound.Arithmetic[2]);
    }

    [TestMethod]
    public void ACertificateIsOfItsWindowsToo()
    {
        ModelFile file = WindowedModels.Create(10, 8, 2, 1, ["mean", "std", "q8"]);
        ModelFile other = WindowedModels.Create(10, 16, 2, 1, ["mean", "std", "q8"]);
        StringAssert.Contains(Assert.ContainsSingle(Certificate.Verify(With(file, ModelFormat.WindowSection, other.Sections[ModelFormat.WindowSection]))), "another network or to other windows");

        // As it was written before: of the network alone.
        byte[] network = file.Sections[ModelFormat.NetworkSection];
        byte[] before = (Certificate.Read(file)! with { NetworkChecksum = Checksum.Crc32(network, 0, network.Length) }).Write();
        StringAssert.Contains(Assert.ContainsSingle(Certificate.Verify(With(file, ModelFormat.CertificateSection, before))), "says nothing of the windows");
    }

    private static ModelFile With(ModelFile file, int id, byte[] payload) => ModelFile.Parse(
        ModelWriter.Container([.. file.Sections.OrderBy(section => section.Key).Select(section => (section.Key, IsCritical(section.Key), section.Key == id ? payload : section.Value))]), "changed");

    private static bool IsCritical(int id) => id is not (ModelFormat.LabelsSection or ModelFormat.CertificateSection or ModelFormat.AboutSection or ModelFormat.ChannelsSection);

    // Not by trying every input, which leaves no tree to check.
    private static ErrorBound Affine(WindowedNetwork windowed, QuantisedNetwork integers)
    {
        double[] bound = Array.ConvertAll(ErrorBound.Cut(integers, CertifiedLayer.Pair(windowed.Exact, integers), true, 8, new Effort(0)).Largest(), x => x * ErrorBound.Leeway);
        return new ErrorBound(BoundMethod.Affine, 8, bound, bound);
    }
}
