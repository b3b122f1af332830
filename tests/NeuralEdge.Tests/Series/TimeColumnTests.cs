using System.Globalization;
using NeuralEdge.Learning.Data;
using NeuralEdge.Learning.Series;

namespace NeuralEdge.Tests.Series;

[TestClass]
public sealed class TimeColumnTests
{
    [TestMethod]
    [DataRow("t_us", 5000, 5)]
    [DataRow("Time (us)", 20000, 20)]
    [DataRow("millis", 20, 20)]
    [DataRow("ms", 1, 1)]
    [DataRow("time_s", 0.04, 40)]
    [DataRow("uptime [s]", 1, 1000)]
    [DataRow("minutes", 1, 60_000)]
    [DataRow("hours", 0.5, 1_800_000)]
    public void AColumnWhoseNameEndsInAUnitSaysHowFarApartRowsAre(string name, double step, double milliseconds)
    {
        SeriesTime? time = SeriesTime.Of(Of(name, r => r * step), null);
        Assert.AreEqual(name, time?.Column);
        Assert.AreEqual(milliseconds, time!.Step.TotalMilliseconds, 1e-9);
    }

    [TestMethod]
    [DataRow("2026-03-29T01:59:00.000", 100, "yyyy-MM-ddTHH:mm:ss.fff", DisplayName = "ISO 8601, over the hour that summer time leaves out in Europe")]
    [DataRow("2026-01-31T23:59:00.000", 60_000, "yyyy-MM-dd HH:mm:ss", DisplayName = "a blank in place of T")]
    [DataRow("2026-01-31T23:59:00.000", 60_000, "dd.MM.yyyy HH:mm:ss", DisplayName = "as in Germany")]
    public void TimeStampsSayHowFarApartRowsAre(string first, double step, string format)
    {
        DateTime begin = DateTime.Parse(first, CultureInfo.InvariantCulture);
        string[] stamps = [.. Enumerable.Range(0, 50).Select(r => begin.AddMilliseconds(r * step).ToString(format, CultureInfo.InvariantCulture))];
        Table Of(IEnumerable<string> times) => Table.Parse("x,time\n" + string.Concat(times.Select((time, r) => $"{r % 5},{time}\n")), "log.csv");
        SeriesTime? time = SeriesTime.Of(Of(stamps), null);
        Assert.AreEqual("time", time?.Column);
        Assert.AreEqual(step, time!.Step.TotalMilliseconds, 1e-3);
        Assert.AreEqual(time, SeriesTime.Of(Of([.. stamps.Take(30), "reboot", .. stamps.Skip(31)]), null), "a logger that wrote something else once");
        Assert.IsNull(SeriesTime.Of(Of(stamps.Take(44).Concat(Enumerable.Repeat("soon", 6))), null), "texts that are no times");
        Assert.IsNull(SeriesTime.Of(Of(Enumerable.Repeat(stamps[0], 50)), null), "all at once");
    }

    [TestMethod]
    [DataRow("dd/MM/yyyy", "2026-03-01", 5, "day/month/year", DisplayName = "up to the twelfth only, so that both orders rise")]
    [DataRow("MM/dd/yyyy", "2026-03-01", 5, "month/day/year")]
    [DataRow("dd.MM.yyyy", "2026-03-01", 5, "day/month/year")]
    [DataRow("d-M-yyyy", "2026-03-01", 5, "day/month/year")]
    [DataRow("dd/MM/yyyy", "2026-03-10", 5, null, DisplayName = "over the twelfth, which says it")]
    [DataRow("MM/dd/yyyy", "2026-03-10", 5, null)]
    [DataRow("dd/MM/yyyy", "2026-01-30", 5, null, DisplayName = "over the end of a month")]
    [DataRow("dd.MM.yyyy", "2026-01-30", 5, null)]
    [DataRow("dd/MM/yyyy", "2026-04-03", 1, null, DisplayName = "one day, of which nothing depends on the order")]
    [DataRow("yyyy-MM-dd", "2026-03-01", 5, null)]
    public void TheWholeColumnTellsDaysFromMonths(string format, string first, int days, string? guessed)
    {
        DateTime begin = DateTime.Parse(first, CultureInfo.InvariantCulture);
        Table log = Table.Parse("x,y,time\n" + string.Concat(Enumerable.Range(0, 24 * days).Select(r => $"{r * r * 7919 % 997},{r % 7 * 1.5},{begin.AddHours(r).ToString($"{format} HH:mm:ss", CultureInfo.InvariantCulture)}\n")), "log.csv");
        TimeColumn times = TimeColumn.Find(log, [])!;
        double[] at = [.. Enumerable.Range(0, log.RowCount).Select(r => times.TimeOf[log.PlaceOf(r)])];
        CollectionAssert.AreEqual(at.Select((_, r) => r * 3_600_000.0).ToArray(), Array.ConvertAll(at, time => time - at[0]));
        string notes = string.Join('\n', DataSet.From(log, ["y"]).Notes);
        StringAssert.Contains(notes, guessed is null ? "\"time\" is a time stamp and is not used" : $"\"time\" is a time stamp, whose dates are taken for {guessed}, and is not used");
    }

    [TestMethod]
    public void TimesThatGoBackInOneOrderAreReadInTheOther()
    {
        string[] days = ["11/03/2026", "12/03/2026", "01/04/2026", "02/04/2026"];
        Table log = Table.Parse("x,y,time\n" + string.Concat(days.SelectMany(day => Enumerable.Range(0, 20).Select(r => $"{r * r * 7919 % 997},{r % 7 * 1.5},{day} 10:{r:00}:00\n"))), "log.csv");
        Assert.IsTrue(DataSet.From(log, ["y"]).Notes.Any(note => note.Contains("\"time\" is a time stamp and", StringComparison.Ordinal)), "nothing is guessed");
        double[] at = [.. TimeColumn.Find(log, [])!.TimeOf.Values];
        Assert.AreEqual(20 * 86_400_000.0, at[40] - at[20]);
    }

    /// <summary>Whatever --rate says: pauses show in the other stamps.</summary>
    [TestMethod]
    public void AnUnreadableStampHidesNoPauseFromWindows()
    {
        DateTime begin = new(2026, 1, 1);
        string Stamp(int r) => r == 10 ? "reboot" : begin.AddMilliseconds((20 * r) + (r / 64 * 3_600_000)).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        Table log = Table.Parse("x,time,label\n" + string.Concat(Enumerable.Range(0, 256).Select(r => $"{r * r * 7919 % 997},{Stamp(r)},{r / 128}\n")), "log.csv");
        int Windows(double? rate) => Logs.Windows(log, new WindowOptions(0.32) { HopSeconds = 0.08, Rate = rate, Features = ["std"] }).Data.Count;
        Assert.AreEqual(10 + (3 * 13), Windows(50), "53 rows after the stamp, and three times 64");
        Assert.AreEqual(Windows(50), Windows(null));
    }

    [TestMethod]
    public void IrregularTimesHaveTheirUsualStepAndAGapIsNone()
    {
        // A tenth of a period of jitter, and a pause of a minute in the middle.
        Assert.AreEqual(20, SeriesTime.Of(Of("t_ms", r => (20 * r) + (r % 3 == 0 ? 0 : r % 3 == 1 ? 2 : -2) + (r >= 25 ? 60_000 : 0)), null)!.Step.TotalMilliseconds, 4);
        Assert.AreEqual(20, SeriesTime.Of(Of("t_ms", r => 20 * (r % 10)), null)!.Step.TotalMilliseconds, "times may begin again with each recording");
    }

    [TestMethod]
    [DataRow("wind_m_s", DisplayName = "a unit of speed, whose values go up and down")]
    [DataRow("x")]
    [DataRow("class")]
    [DataRow("s_level", DisplayName = "a unit that is not the end")]
    public void OtherColumnsAreNoTimes(string name)
    {
        Assert.IsNull(SeriesTime.Of(Of(name, r => name == "s_level" ? r : r * 7919 % 50), null));
        Assert.AreEqual(25, SeriesTime.Of(Of(name, r => r), 40)!.Step.TotalMilliseconds, 1e-9, "a rate says it all the same");
    }

    [TestMethod]
    public void APeriodThatABoardCannotKeepIsRefused()
    {
        Assert.AreEqual(10, TimeColumn.Whole(10.1, "log.csv has a row every"));
        Refusals.Expect("log.csv has a row every 16.5 ms|whole milliseconds", () => TimeColumn.Whole(16.5, "log.csv has a row every"));
        Refusals.Expect("0.2 ms|1 to", () => TimeColumn.Whole(0.2, "log.csv has a row every"));
        Refusals.Expect("a row every 24 h|once an hour or more often", () => TimeColumn.Whole(86_400_000, "log.csv has a row every"));
        Refusals.Expect("do not rise|--rate", () => TimeColumn.StepOf("log.csv", [0, -5, 0]));
    }

    private static Table Of(string name, Func<int, double> value) =>
        Table.Parse($"x value,\"{name}\"\n" + string.Concat(Enumerable.Range(0, 50).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r % 5},{value(r)}\n"))), "log.csv");
}
