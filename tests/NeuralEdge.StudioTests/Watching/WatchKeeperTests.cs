using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Conversion.Files;
using NeuralEdge.Host;
using NeuralEdge.Models;
using NeuralEdge.Studio;
using NeuralEdge.Studio.Boards;
using NeuralEdge.Studio.Watching;

namespace NeuralEdge.StudioTests.Watching;

[TestClass]
public sealed class WatchKeeperTests
{
    private const int Capacity = 100;

    private readonly string _folder = Directory.CreateTempSubdirectory("neuraledge-keeper-").FullName;

    [TestCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    /// <summary>Two days at a row each two seconds, of which a sleep takes four hours: much more than the ring holds.</summary>
    [TestMethod]
    public async Task DaysAreKeptWithTheirGapWhileTheRingHoldsMinutes()
    {
        StoppedClock clock = new(new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
        StudioOptions options = new() { Folder = _folder, ApplicationName = "none" };
        await using BoardService board = new(options);
        LiveRing ring = new(ModelFile.Parse(FactoryModel.GetBytes(), "factory"), Capacity);
        double[] values = new double[ring.Rows.Names.Count];
        using (WatchKeeper keeper = new(board, options, clock))
        {
            long ms = 0;
            for (int row = 0; row < 2 * 24 * 1800; row++)
            {
                bool sleeps = row == 20_000;
                clock.Now += TimeSpan.FromSeconds(sleeps ? 4 * 3600 : 2);
                ms += 2000; // a clock that stands still while the computer sleeps
                values[0] = row == 30_000 ? 4000 : row % 7;
                ring.Rows.Add(ms, values);
                if (row % 10 == 0)
                {
                    keeper.Look(ring);
                }
            }

            keeper.Look(ring);
            clock.Now += TimeSpan.FromSeconds(60);
            keeper.Look(ring);
            Assert.IsNull(keeper.Problem);
            long now = clock.Now.ToUnixTimeMilliseconds();
            RowRing seen = keeper.TableOf(ring, 3 * 24 * 3600_000L).Read(now - (60 * 3600_000L), now, WatchKeeper.NamesOf(ring), 1200);
            double most = 0;
            long gap = 0;
            long last = -1;
            seen.ForEach((at, row) => (most, gap, last) = (Math.Max(most, row[0]), last < 0 ? 0 : Math.Max(gap, at - last), at));
            Assert.AreEqual(4000, most, "one row of 86,400 is seen");
            Assert.AreEqual(4 * 3600_000.0, gap, 600_000, "the time in which the computer slept");
        }

        FileInfo[] files = new DirectoryInfo(Path.Combine(_folder, "watch")).GetFiles();
        Assert.HasCount(2, files);
        Assert.IsLessThan(12_000_000, files.Sum(file => file.Length), "some megabytes a day");
    }

    /// <summary>500 days with a row an hour, then a day on which the oldest go.</summary>
    [TestMethod]
    public async Task TheOldestDaysGoButNeverTheDayThatIsShownAndNothingOfTheRest()
    {
        const long Hour = 3600_000;
        StoppedClock clock = new(new DateTimeOffset(2026, 11, 30, 8, 0, 2, TimeSpan.Zero));
        StudioOptions options = new() { Folder = _folder, ApplicationName = "none" };
        await using BoardService board = new(options);
        LiveRing ring = new(ModelFile.Parse(FactoryModel.GetBytes(), "factory"), Capacity);
        long now = clock.Now.ToUnixTimeMilliseconds();
        string[] tables;
        using (WatchKeeper keeper = new(board, options, clock))
        {
            tables = [keeper.PathOf(ring, WatchKeeper.FineMs), keeper.PathOf(ring, WatchKeeper.CoarseMs)];
            foreach ((string path, long bucket) in tables.Zip(new[] { WatchKeeper.FineMs, WatchKeeper.CoarseMs }))
            {
                using WatchLog log = new(path, WatchKeeper.NamesOf(ring), bucket);
                for (long at = now - (500 * 24 * Hour); at < now - Hour; at += Hour)
                {
                    log.Add(at, new float[ring.Rows.Names.Count]);
                }
            }

            // A peak that is in the memory only while the tables are cut.
            double[] values = new double[ring.Rows.Names.Count];
            values[0] = 4000;
            ring.Rows.Add(1000, values);
            long shown = now - (40 * 24 * Hour);
            keeper.Show(this, shown, Hour);
            keeper.Look(ring);
            AssertFirst(40, tables[0], now, "the day that somebody looks at");
            AssertFirst(WatchKeeper.CoarseDays, tables[1], now, "five minutes a row");

            keeper.Forget(this);
            clock.Now += TimeSpan.FromHours(24);
            values[0] = 1;
            ring.Rows.Add(1000 + (24 * Hour), values);
            keeper.Look(ring);
            AssertFirst(WatchKeeper.FineDays, tables[0], clock.Now.ToUnixTimeMilliseconds(), "nobody looks at it any more");
        }

        string[] lines = File.ReadAllLines(tables[0]);
        StringAssert.StartsWith(lines[0], "ms,utc,");
        Assert.IsTrue(lines.Any(line => line.Split(',')[3] == "4000"), "what came while the table was cut");
        Assert.HasCount(2, Directory.GetFiles(Path.GetDirectoryName(tables[0])!), "nothing is left lying about");
        Assert.AreEqual(1 + (399 * 24) + 7 + 1 + 2, File.ReadAllLines(tables[1]).Length, "names, the hours from midnight 399 days before to six o'clock, an empty row where the studio begins, and what came since");

        static void AssertFirst(long days, string path, long now, string why)
        {
            long first = new WatchTable(path, 0).Ends()!.Value.First;
            Assert.AreEqual((now / (24 * Hour)) - days, first / (24 * Hour), why);
        }
    }

    [TestMethod]
    public void ATableWithOldRowsOnlyGoesAndOneWithoutAnyStays()
    {
        string path = Path.Combine(_folder, "old.csv");
        WatchTable table = new(path, 0);
        table.CutBefore(5);
        File.WriteAllText(path, "ms,a\n1,2\n3,4\n");
        table.CutBefore(1);
        Assert.AreEqual("ms,a\n1,2\n3,4\n", File.ReadAllText(path));
        table.CutBefore(2);
        Assert.AreEqual("ms,a\n3,4\n", File.ReadAllText(path));
        table.CutBefore(4);
        Assert.IsFalse(File.Exists(path));
    }

    [TestMethod]
    public async Task WhatTheDiskHasNoRoomForIsSaidAndItGoesOnLater()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("a file in place of the folder is not refused there");
        }

        StoppedClock clock = new(new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
        StudioOptions options = new() { Folder = _folder, ApplicationName = "none" };
        await using BoardService board = new(options);
        LiveRing ring = new(ModelFile.Parse(FactoryModel.GetBytes(), "factory"), Capacity);
        using WatchKeeper keeper = new(board, options, clock);
        File.WriteAllText(keeper.Folder, "no folder");
        for (int i = 0; i < 4; i++)
        {
            clock.Now += TimeSpan.FromSeconds(5);
            ring.Rows.Add(5000 * i, new double[ring.Rows.Names.Count]);
            keeper.Look(ring);
        }

        Assert.IsNotNull(keeper.Problem);
        File.Delete(keeper.Folder);
        clock.Now += TimeSpan.FromSeconds(61);
        ring.Rows.Add(81_000, new double[ring.Rows.Names.Count]);
        keeper.Look(ring);
        clock.Now += TimeSpan.FromSeconds(10);
        keeper.Look(ring);
        Assert.IsNull(keeper.Problem);
        Assert.IsNotNull(keeper.TableOf(ring, 0).Ends());
    }

    [TestMethod]
    public void AViewFollowsGoesBackAndComesToNowAgain()
    {
        const long Now = 1_800_000_000_000;
        DaysView view = new();
        Assert.AreEqual((Now - 3600_000, Now), view.At(Now));
        view.Further();
        Assert.AreEqual((Now - 14_400_000, Now), view.At(Now), "it ends now");
        view.Earlier(Now);
        Assert.IsFalse(view.Follows);
        Assert.AreEqual((Now - 21_600_000, Now - 7_200_000), view.At(Now + 5000), "the past stands still");
        view.Closer();
        Assert.AreEqual((Now - 16_200_000, Now - 12_600_000), view.At(Now), "about its middle");
        view.Show(Now - 5_000_000, Now - 4_000_000, Now);
        view.Later(Now);
        Assert.AreEqual(Now - 3_500_000, view.At(Now).To);
        for (int i = 0; i < 20; i++)
        {
            view.Later(Now);
        }

        Assert.IsTrue(view.Follows);
    }

    private sealed class StoppedClock(DateTimeOffset begin) : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = begin;

        public override DateTimeOffset GetUtcNow() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
