using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Studio.Boards;
using NeuralEdge.Studio.Watching;

namespace NeuralEdge.StudioTests.Watching;

/// <summary>Days on the disk: written bucket by bucket, and read as far as somebody looks.</summary>
[TestClass]
public sealed class WatchLogTests
{
    private const long Day = 24 * 3600_000L;
    private const long Begin = 1_800_000_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("neuraledge-watch-").FullName;

    private string File => Path.Combine(_folder, "watch", "a.csv");

    [TestCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void OfEachStretchTheLeastAndTheMostAreInTheFileAndNoRowIsLost()
    {
        using (WatchLog log = new(File, ["a", "pin, b"], 5000))
        {
            log.Add(Begin, [3, float.NaN]);
            log.Add(Begin + 100, [1, 0]);
            log.Add(Begin + 4999, [2, 1]);
            log.Add(Begin + 5000, [9, 1]);
            Assert.HasCount(2, System.IO.File.ReadAllLines(File), "the stretch that is over");
            log.EndBefore(Begin + 9999);
            Assert.HasCount(2, System.IO.File.ReadAllLines(File));
            log.EndBefore(Begin + 10_000);
            Assert.HasCount(3, System.IO.File.ReadAllLines(File), "nothing new has come, and it is over");
            log.Add(Begin + 20_000, [7.25f, float.NaN]);
        }

        CollectionAssert.AreEqual(
            new[]
            {
                "ms,utc,a least,a most,\"pin, b least\",\"pin, b most\"",
                "1800000000000,2027-01-15T08:00:00Z,1,3,0,1",
                "1800000005000,2027-01-15T08:00:05Z,9,9,1,1",
                "1800000020000,2027-01-15T08:00:20Z,7.25,7.25,,",
            },
            System.IO.File.ReadAllLines(File));
    }

    [TestMethod]
    public void AnotherStudioAndAClockThatIsSetBackGoOnBehindWhatIsThere()
    {
        using (WatchLog log = new(File, ["a"], 5000))
        {
            log.Add(Begin, [1]);
            log.Add(Begin + 5000, [2]);
            log.Add(Begin - 3600_000, [8]);
            log.Add(Begin + 10_000, [3]);
        }

        using (WatchLog log = new(File, ["a"], 5000))
        {
            log.Add(Begin + 10_001, [50]);
            log.Add(Begin + 15_000, [4]);
        }

        CollectionAssert.AreEqual(
            new[] { (0L, "1,1"), (5000, "2,8"), (10_000, "3,3"), (10_001, ","), (15_000, "4,4") },
            System.IO.File.ReadAllLines(File)[1..].Select(line => line.Split(',')).Select(cells => (long.Parse(cells[0], CultureInfo.InvariantCulture) - Begin, $"{cells[2]},{cells[3]}")).ToArray());
    }

    /// <summary>A model comes back after some seconds of another one: nothing is known of them, so no line is drawn over them.</summary>
    [TestMethod]
    [DataRow(3600_000L)]
    [DataRow(20_000_000L, DisplayName = "more than one stretch to a step")]
    public void WhereAnotherModelRanTheCurveIsInterruptedHoweverShort(long spanMs)
    {
        foreach (long begin in new[] { Begin, Begin + 10_000 })
        {
            using WatchLog log = new(File, ["a", "b"], 5000);
            log.Add(begin, [1, float.NaN]);
            log.Add(begin + 5000, [2, float.NaN]);
        }

        List<(long At, float Value)> rows = [];
        new WatchTable(File, 2).Read(Begin - 1000, Begin + spanMs, ["a", "b"], 1200).ForEach((ms, values) => rows.Add((ms - Begin, values[0])));
        int gap = rows.FindIndex(row => float.IsNaN(row.Value));
        Assert.AreEqual(5001, rows[gap].At);
        Assert.AreEqual((2f, 1f), (rows[gap - 1].Value, rows[gap + 1].Value), "what was before it, and what came after");
        Assert.AreEqual(1, rows.Count(row => float.IsNaN(row.Value)));
    }

    /// <summary>Thirty days of five seconds are half a million lines; a look reads its own only.</summary>
    [TestMethod]
    public void ALookIntoThirtyDaysIsQuickFindsEveryPeakAndTakesTheMemoryOfWhatIsShown()
    {
        const int Points = 1200;
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        using (StreamWriter writer = new(File, append: false, Encoding.UTF8, 1 << 16) { NewLine = "\n" })
        {
            writer.WriteLine("ms,utc,a least,a most");
            for (long ms = Begin; ms < Begin + (30 * Day); ms += 5000)
            {
                // A peak of one stretch in each day, at noon.
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ms},-,{(ms - Begin) / Day},{((ms - Begin) % Day == Day / 2 ? 1000 : (ms - Begin) / Day)}"));
            }
        }

        WatchTable table = new(File, 1);
        Assert.AreEqual((Begin, Begin + (30 * Day) - 5000), table.Ends());
        long before = GC.GetAllocatedBytesForCurrentThread();
        long watch = Stopwatch.GetTimestamp();
        RowRing hour = table.Read(Begin + (29 * Day) + (Day / 2) - 1800_000, Begin + (29 * Day) + (Day / 2) + 1800_000, ["a"], Points);
        TimeSpan took = Stopwatch.GetElapsedTime(watch);
        Assert.AreEqual(2 * 721, hour.Count, "each stretch of the hour, its least and its most");
        Assert.AreEqual((29f, 1000f), Ends(hour));
        Assert.IsLessThan(2_000_000, GC.GetAllocatedBytesForCurrentThread() - before, "as much as is shown, not as much as is there");
        Assert.IsLessThan(TimeSpan.FromSeconds(1), took);

        RowRing all = table.Read(Begin, Begin + (30 * Day), ["a"], Points);
        Assert.IsLessThanOrEqualTo(2L * (Points + 1), all.Count);
        Assert.AreEqual((0f, 1000f), Ends(all));
        int peaks = 0;
        all.ForEach((_, values) => peaks += values[0] == 1000 ? 1 : 0);
        Assert.AreEqual(30, peaks, "a peak of five seconds is seen in a month");
        Assert.AreEqual(0, table.Read(Begin - Day, Begin - 1, ["a"], Points).Count);
        Assert.AreEqual(0, table.Read(Begin + (31 * Day), Begin + (32 * Day), ["a"], Points).Count);
        Assert.AreEqual(0, new WatchTable(File + "x", 1).Read(Begin, Begin + Day, ["a"], Points).Count);
    }

    private static (float Least, float Most) Ends(RowRing ring)
    {
        (float least, float most) = (float.MaxValue, float.MinValue);
        ring.ForEach((_, values) => (least, most) = (Math.Min(least, values[0]), Math.Max(most, values[0])));
        return (least, most);
    }
}
