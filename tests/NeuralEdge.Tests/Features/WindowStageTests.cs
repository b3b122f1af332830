using System.Numerics;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Features;
using NeuralEdge.Numerics;
using NeuralEdge.Features;

namespace NeuralEdge.Tests.Features;

[TestClass]
public class WindowStageTests
{
    /// <summary>NEURALEDGE_WINDOWS=10000 for the whole campaign.</summary>
    private static readonly int Windows = (int)Campaigns.Number("NEURALEDGE_WINDOWS", 1500);

    [TestMethod]
    public void FeaturesOfRandomWindowsAreThoseOfAllTheirSamples()
    {
        HashSet<FeatureKind> seen = [];
        int windows = 0;
        for (int seed = Campaigns.Seed; windows < Windows; seed++)
        {
            Random random = new(seed);
            WindowShape shape = RandomWindows.Shape(random);
            WindowStage stage = new(shape);
            int count = shape.Samples + (random.Next(5) * shape.Hop);
            int[][] samples = [.. shape.Channels.Select(channel => RandomWindows.Samples(random, channel, count))];
            for (int t = 0; t < count; t++)
            {
                bool isWhole = stage.Add([.. samples.Select(channel => channel[t])]);
                Assert.AreEqual(t + 1 >= shape.Samples && (t + 1) % shape.Hop == 0, isWhole, $"seed {seed}, sample {t}");
                if (!isWhole)
                {
                    continue;
                }

                windows++;
                Complete(stage);
                for (int i = 0; i < shape.Features.Length; i++)
                {
                    Feature feature = shape.Features[i];
                    seen.Add(feature.Kind);
                    string where = $"seed {seed}, sample {t}, {feature.Kind} {feature.First} {feature.Last}, {shape.Hops} hops of {shape.Hop}";
                    BigInteger exact = PlainFeatures.Exact(shape, feature, samples[feature.Channel], t + 1);
                    Assert.AreEqual(PlainFeatures.Seen(feature, exact), (BigInteger)stage.Row[i], where);
                    double real = PlainFeatures.Real(shape, feature, samples[feature.Channel], t + 1);
                    double board = (double)exact / (feature.Kind == FeatureKind.Crossings ? 1.0 : 16);
                    Assert.IsTrue(Math.Abs(board - real) <= FeatureError.Bound(shape, feature) + (1e-9 * Math.Max(1, Math.Abs(real))), $"{where}: {board}, in real numbers {real}");
                }
            }
        }

        Assert.AreEqual(Enum.GetValues<FeatureKind>().Length, seen.Count);
    }

    [TestMethod]
    public void NoSumOverflowsAtTheLongestWindowOfTheWidestSamples()
    {
        Feature[] features = [.. Enum.GetValues<FeatureKind>().Where(kind => kind != FeatureKind.Band).Select(kind =>
            new Feature(kind, 0, kind == FeatureKind.Octave ? WindowShape.MaxOctave : kind == FeatureKind.Quantile ? 8 : 0, 0, 0, 0))];
        foreach (Func<int, int> wave in new Func<int, int>[] { _ => 32767, _ => -32768, t => (t & 64) == 0 ? 32767 : -32768, t => t < 2048 ? -32768 : 32767, t => (t & 1) == 0 ? 32767 : -32768 })
        {
            AssertExact(new WindowShape(1024, 4, 0, 0, [new ChannelShape(-32768, 32767, 32767, 0, 16)], features), [.. Enumerable.Range(0, 4096).Select(wave)]);
            (int cosine, int sine) = Rotation.Of(1024);
            AssertExact(new WindowShape(256, 4, cosine, sine, [new ChannelShape(-32768, 32767, 0, 0, 0)], [new Feature(FeatureKind.Band, 0, 1, 8, 0, 0), new Feature(FeatureKind.Band, 0, 504, 511, 0, 0)]), [.. Enumerable.Range(0, 1024).Select(wave)]);
        }
    }

    [TestMethod]
    public void SamplesOutsideTheRangeAreTakenForItsEnds()
    {
        WindowStage stage = new(new WindowShape(4, 1, 0, 0, [new ChannelShape(-10, 10, 0, 0, 0)], [new Feature(FeatureKind.Least, 0, 0, 0, 0, 0), new Feature(FeatureKind.Most, 0, 0, 0, 0, 0)]));
        foreach (int sample in new[] { int.MinValue, -11, 11, int.MaxValue })
        {
            stage.Add([sample]);
        }

        Complete(stage);
        CollectionAssert.AreEqual(new[] { -160, 160 }, stage.Row);
    }

    [TestMethod]
    public void ClearedWindowsAreAsNew()
    {
        Random random = new(Campaigns.Seed);
        for (int round = 0; round < 50; round++)
        {
            WindowShape shape = RandomWindows.Shape(random, 64);
            int[][] samples = [.. shape.Channels.Select(channel => RandomWindows.Samples(random, channel, 2 * shape.Samples))];
            WindowStage used = new(shape);
            for (int t = 0; t < random.Next(2 * shape.Samples); t++)
            {
                used.Add([.. samples.Select(channel => channel[^(t + 1)])]);
            }

            used.Clear();
            Assert.IsFalse(used.IsPending);
            CollectionAssert.AreEqual(Rows(new WindowStage(shape), samples), Rows(used, samples));
        }
    }

    [TestMethod]
    public void NothingIsAllocatedWhileItRuns()
    {
        WindowShape shape = RandomWindows.Shape(new Random(3));
        WindowStage stage = new(shape);
        int[] samples = new int[shape.Channels.Length];
        Allocations.AssertNone(_ =>
        {
            for (int t = 0; t < 3 * shape.Samples; t++)
            {
                if (stage.Add(samples))
                {
                    while (!stage.Compute())
                    {
                    }
                }
            }
        });
    }

    [TestMethod]
    public void RootsAreExact()
    {
        Random random = new(Campaigns.Seed);
        for (int i = 0; i < 20000; i++)
        {
            long value = i < 2000 ? i : random.NextInt64(1L << random.Next(1, 63));
            long root = IntegerRoot.Floor(value);
            Assert.IsTrue(root * root <= value && (BigInteger)(root + 1) * (root + 1) > value, $"{value}: {root}");
            long square = root * root;
            Assert.AreEqual(root, IntegerRoot.Floor(square));
            Assert.AreEqual(Math.Max(0, root - 1), IntegerRoot.Floor(Math.Max(0, square - 1)));
        }

        Assert.AreEqual(1L << 31, IntegerRoot.Floor(1L << 62));
    }

    [TestMethod]
    public void AQuotientsHalfIsRoundedUp()
    {
        for (int a = -60; a <= 60; a++)
        {
            for (int b = 1; b <= 9; b++)
            {
                Assert.AreEqual((long)Math.Floor(((double)a / b) + 0.5), RoundedQuotient.HalfUp(a, b), $"{a} / {b}");
            }
        }
    }

    [TestMethod]
    public void TheTurnIsTheCosineForEveryLength()
    {
        for (int length = 4; length <= WindowShape.MaxBandSamples; length += 4)
        {
            (int cosine, int sine) = Rotation.Of(length);
            Assert.IsTrue(CosineTable.IsQuarter(length, cosine, sine), $"{length}");
            short[] turn = CosineTable.Create(length, cosine, sine);
            for (int i = 0; i < length; i++)
            {
                Assert.IsTrue(Math.Abs(turn[i] - (CosineTable.One * Math.Cos(2 * Math.PI * i / length))) <= 0.51, $"{length}: {i}");
                Assert.AreEqual(-turn[i], turn[(i + (length / 2)) % length]);
            }
        }
    }

    [TestMethod]
    public void RotationsOfAnotherLengthAreNoQuarter()
    {
        for (int length = 8; length <= 256; length += 4)
        {
            (int cosine, int sine) = Rotation.Of(length);
            Assert.IsFalse(CosineTable.IsQuarter(length + 4, cosine, sine));
            Assert.IsFalse(CosineTable.IsQuarter(length, cosine, -sine));
            Assert.IsFalse(CosineTable.IsQuarter(length, int.MaxValue, sine));
            Assert.IsFalse(CosineTable.IsQuarter(length, 1 << 30, 1 << 30));
        }
    }

    internal static void Complete(WindowStage stage)
    {
        while (!stage.Compute())
        {
        }
    }

    private static void AssertExact(WindowShape shape, int[] samples)
    {
        WindowStage stage = new(shape);
        bool isWhole = false;
        foreach (int sample in samples)
        {
            isWhole = stage.Add([sample]);
        }

        Assert.IsTrue(isWhole);
        Complete(stage);
        for (int i = 0; i < shape.Features.Length; i++)
        {
            Assert.AreEqual(PlainFeatures.Exact(shape, shape.Features[i], samples, samples.Length), (BigInteger)stage.Row[i], $"{shape.Features[i].Kind}");
        }
    }

    private static List<int> Rows(WindowStage stage, int[][] samples)
    {
        List<int> rows = [];
        for (int t = 0; t < samples[0].Length; t++)
        {
            if (stage.Add([.. samples.Select(channel => channel[t])]))
            {
                Complete(stage);
                rows.AddRange(stage.Row);
            }
        }

        return rows;
    }
}
