using System.Numerics;
using NeuralEdge.Board.Control;
using NeuralEdge.Features;
using NeuralEdge.Tests.Documents.Format;
using NeuralEdge.Tests.Features;

namespace NeuralEdge.Tests.Control;

/// <summary>Samples that come, come late or come damaged, and which windows of them are decided by.</summary>
[TestClass]
public sealed class WindowFeedTests
{
    private const int PatientMs = 50;
    private static readonly int Feeds = (int)Campaigns.Number("NEURALEDGE_FEEDS", 300);

    [TestMethod]
    public void RowsAreThoseOfTheSamplesWithTheNextOneInThePlaceOfWhatIsMissing()
    {
        FormatDocument.Says("with a period of 50 ms or more in the same period, with a shorter one within as many periods as there are channels");
        FormatDocument.Says("A number m that is 0 when windows begin anew grows by 16 with each missing sample; if it is above n then, windows begin anew with the next sample, and nothing before them is missing. Each sample takes 1 off, down to 0. So at most n / 16 samples are missing at once, and fewer than n / 8 of a window that is decided by.");
        int rows = 0;
        int voids = 0;
        for (int seed = Campaigns.Seed; seed < Campaigns.Seed + Feeds; seed++)
        {
            Random random = new(seed);
            WindowShape shape = RandomWindows.Shape(random, 96);
            bool isPatient = random.Next(2) == 0;
            WindowFeed feed = new(new WindowStage(shape), isPatient ? PatientMs : PatientMs - 1);
            Reference reference = new(shape, isPatient);
            int gaps = random.Next(2, 40);
            for (int period = 0; period < 4 * shape.Samples; period++)
            {
                int gap = random.Next(gaps) == 0 ? random.Next(1, Math.Max(2, random.Next(6) == 0 ? shape.Samples : shape.Samples / 20)) : 0;
                int[] samples = Array.ConvertAll(shape.Channels, channel => random.Next(channel.Lowest, channel.Highest + 1));
                int end = reference.Add(samples, gap);
                bool isRow = feed.Add(samples, (uint)gap, isPlausible: true);
                Assert.AreEqual(end >= 0, isRow, $"seed {seed}, period {period}");
                if (isRow)
                {
                    rows++;
                    Assert.IsLessThan(shape.Samples, 8 * reference.MissingBefore(end), $"seed {seed}, period {period}");
                    for (int i = 0; i < shape.Features.Length; i++)
                    {
                        Feature feature = shape.Features[i];
                        Assert.AreEqual(
                            PlainFeatures.Seen(feature, PlainFeatures.Exact(shape, feature, reference.Of(feature.Channel), end)), (BigInteger)feed.Row[i], $"seed {seed}, period {period}, {feature.Kind}");
                    }
                }
            }

            voids += reference.Voids;
        }

        Assert.IsGreaterThan(2 * Feeds, rows);
        Assert.IsGreaterThan(Feeds, voids);
    }

    [TestMethod]
    [DataRow(0, true)]
    [DataRow(4, true)]
    [DataRow(5, false)]
    [DataRow(63, false)]
    [DataRow(64, false)]
    [DataRow(int.MaxValue, false)]
    public void ASixteenthOfAWindowMayBeMissingAtOnce(int gap, bool goesOn)
    {
        WindowFeed feed = Feed(hop: 16, hops: 4);
        Take(feed, 40);
        Assert.AreEqual(0, RowsOf(feed, 1, (uint)gap));
        Assert.AreEqual(goesOn ? 64 - 41 - gap : 63, PeriodsToRow(feed));
    }

    [TestMethod]
    public void NoGapIsTooLongBeforeTheFirstSample()
    {
        WindowFeed feed = Feed(hop: 16, hops: 4);
        Assert.AreEqual(0, RowsOf(feed, 1, uint.MaxValue));
        Assert.AreEqual(0, RowsOf(feed, 1, 4));
        Assert.AreEqual(64 - 6, PeriodsToRow(feed));
        feed.Forget();
        Assert.AreEqual(0, RowsOf(feed, 1, 4));
        Assert.AreEqual(63, PeriodsToRow(feed));
    }

    [TestMethod]
    public void ARowIsPlausibleExactlyWhenAllOfItsWindowWas()
    {
        foreach (int bad in (int[])[0, 15, 16, 63, 70])
        {
            WindowFeed feed = Feed(hop: 16, hops: 4);
            for (int t = 0; t < 256; t++)
            {
                if (feed.Add([t], 0, t != bad))
                {
                    Assert.AreEqual(bad > t || bad <= t - 64, feed.WasPlausible, $"bad {bad}, row at {t}");
                }
            }
        }
    }

    [TestMethod]
    public void TwoWindowsAHopAndTheChannelsWithoutARowAreSilence()
    {
        FormatDocument.Says("more than 2 n + hop + channels periods without a decision are a fault, which the next decision ends");
        WindowFeed feed = Feed(hop: 16, hops: 4);
        int periods = 0;
        while (!feed.IsSilent)
        {
            // Half of the samples are missing, but for the first ones.
            Assert.AreEqual(0, RowsOf(feed, 1, periods == 0 ? 0u : 5u));
            periods += periods == 0 ? 1 : 6;
        }

        Assert.IsGreaterThan(128 + 16 + 1, periods);
        Assert.IsLessThanOrEqualTo(128 + 16 + 1 + 6, periods);
        _ = PeriodsToRow(feed);
        Assert.IsFalse(feed.IsSilent);
    }

    [TestMethod]
    [DataRow(11, false)]
    [DataRow(12, true)]
    [DataRow(int.MaxValue, true)]
    public void AHoldUpLongerThanAWindowIsSilenceForAsLongAsItWas(int gap, bool isSilent)
    {
        // Two windows, a hop and the channel are 13 periods.
        WindowFeed feed = Feed(hop: 4, hops: 1);
        Assert.AreEqual(4, PeriodsToRow(feed));
        Assert.AreEqual(0, RowsOf(feed, 1, 0));
        Assert.AreEqual(0, RowsOf(feed, 1, (uint)gap));
        Assert.AreEqual(isSilent, feed.IsSilent, "and the two periods that took a sample");
    }

    [TestMethod]
    public void ARowThatIsComputedAfterItsWindowIsJudgedByThatAlone()
    {
        // Three channels of short periods: a window's row is there three periods after its last sample.
        Feature[] features = [.. Enumerable.Range(0, 3).Select(channel => new Feature(FeatureKind.Mean, channel, 0, 0, 0, 0))];
        ChannelShape[] channels = [.. Enumerable.Repeat(new ChannelShape(0, 4095, 0, 0, 0), 3)];
        for (int bad = 0; bad < 128; bad++)
        {
            for (int gapAt = bad + 1; gapAt < bad + 70; gapAt++)
            {
                WindowFeed feed = new(new WindowStage(new WindowShape(16, 4, 0, 0, channels, features)), 1);
                int taken = 0;
                for (int t = 0; t < 200; t++)
                {
                    int gap = t == gapAt ? 2 : 0;
                    bool isRow = feed.Add([t, t, t], (uint)gap, t != bad);

                    // Behind the last sample of its window; the bridged one comes before it.
                    int end = taken / 16 * 16;
                    taken += 1 + gap;
                    Assert.AreEqual(isRow && (bad >= end || bad < end - 64), isRow && feed.WasPlausible, $"bad {bad}, gap at {gapAt}, row at {t}");
                }
            }
        }
    }

    [TestMethod]
    public void NoPunctualFeedIsEverSilent()
    {
        Random random = new(Campaigns.Seed);
        for (int round = 0; round < 100; round++)
        {
            WindowShape shape = RandomWindows.Shape(random, 64);
            WindowFeed feed = new(new WindowStage(shape), random.Next(2) == 0 ? PatientMs : 1);
            for (int t = 0; t < 5 * shape.Samples; t++)
            {
                _ = feed.Add(new int[shape.Channels.Length], 0, true);
                Assert.IsFalse(feed.IsSilent);
            }
        }
    }

    private static WindowFeed Feed(int hop, int hops) => new(
        new WindowStage(new WindowShape(hop, hops, 0, 0, [new ChannelShape(0, 4095, 0, 0, 0)], [new Feature(FeatureKind.Mean, 0, 0, 0, 0, 0)])), PatientMs);

    private static void Take(WindowFeed feed, int periods) => Assert.AreEqual(0, RowsOf(feed, periods, 0));

    private static int RowsOf(WindowFeed feed, int periods, uint gap) => Enumerable.Range(0, periods).Count(_ => feed.Add([7], gap, true));

    private static int PeriodsToRow(WindowFeed feed)
    {
        int periods = 1;
        while (!feed.Add([7], 0, true))
        {
            Assert.IsLessThan(1000, periods++);
        }

        return periods;
    }

    // What FORMAT.md says, with every sample kept.
    private sealed class Reference(WindowShape shape, bool isPatient)
    {
        private readonly List<int[]> _samples = [];
        private readonly List<bool> _isMissing = [];
        private int _missing;
        private int _end = -1;
        private int _left;

        internal int Voids { get; private set; }

        internal int[] Of(int channel) => [.. _samples.Select(row => row[channel])];

        internal int MissingBefore(int end) => _isMissing[(end - shape.Samples)..end].Count(missing => missing);

        // Index behind the last sample of the window whose row is there now, or -1.
        internal int Add(int[] samples, int gap)
        {
            gap = _samples.Count == 0 ? 0 : gap;
            _missing += 16 * gap;
            if (_missing > shape.Samples)
            {
                Voids++;
                _samples.Clear();
                _isMissing.Clear();
                (_missing, gap, _end) = (0, 0, -1);
            }

            _missing = Math.Max(0, _missing - 1);
            int row = -1;
            if (_end >= 0 && --_left == 0)
            {
                (row, _end) = (_end, -1);
            }

            for (int i = gap; i >= 0; i--)
            {
                _samples.Add(samples);
                _isMissing.Add(i > 0);
                if (_samples.Count >= shape.Samples && _samples.Count % shape.Hop == 0)
                {
                    (_end, _left) = (_samples.Count, shape.Channels.Length);
                    (row, _end) = isPatient ? (_end, -1) : (row, _end);
                }
            }

            return row;
        }
    }
}
