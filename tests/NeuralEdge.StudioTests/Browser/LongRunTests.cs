using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.Board.Chips;
using NeuralEdge.Studio.Simulation;

namespace NeuralEdge.StudioTests.Browser;

/// <summary>
/// Six channels at 100 Hz for as many minutes as NEURALEDGE_STUDIO_MINUTES says, on a computer that does nothing else; skipped without it.
/// The board is another process than the studio, so that the figures are the studio's.
/// </summary>
[TestClass]
public sealed class LongRunTests
{
    private const string Variable = "NEURALEDGE_STUDIO_MINUTES";
    private const int PeriodMs = 10;
    private const double MostProcessor = 0.15;
    private const double Flat = 1.25;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task NoRowIsMissingInTheFileAndMemoryStaysFlat()
    {
        if (!double.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.Float, CultureInfo.InvariantCulture, out double minutes))
        {
            Assert.Inconclusive($"set {Variable} to a number of minutes to record for that long");
        }

        await using Chromium chromium = await Chromium.StartAsync();
        using SimulatedWorld world = new();
        using StudioProcess studio = new("--port", world.Start(ChipTable.Classic));
        IBrowserContext context = await chromium.OpenAsync();
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(studio.Address.ToString());
        await page.GetByText("All that the board says").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Record", Exact = true }).ClickAsync();
        await page.GetByLabel("Rows a second").SelectOptionAsync(PeriodMs.ToString(CultureInfo.InvariantCulture));
        await page.GetByLabel("Labels, separated by commas").FillAsync("waves");
        await StudioFixture.Button(page, "Begin the session").ClickAsync();
        await page.GetByLabel("one press starts, the next one ends").CheckAsync();
        await page.Locator(".label-button").ClickAsync();
        await page.GetByText("Recording waves.").WaitForAsync();

        // The first quarter is for the just-in-time compiler, and for rings that fill.
        TimeSpan all = TimeSpan.FromMinutes(minutes);
        Stopwatch watch = Stopwatch.StartNew();
        (TimeSpan Processor, long Bytes) before = studio.Usage();
        (TimeSpan At, long Bytes, double Page) quarter = default;
        while (watch.Elapsed < all)
        {
            TimeSpan step = all / 20;
            await Task.Delay(step);
            (TimeSpan Processor, long Bytes) now = studio.Usage();
            double heap = await HeapOf(page);
            TestContext.WriteLine($"{watch.Elapsed.TotalMinutes:F1} min: server {now.Bytes >> 20} MB, {(now.Processor - before.Processor) / watch.Elapsed:P1} of a core; page {heap / (1 << 20):F0} MB");
            quarter = quarter == default && watch.Elapsed > all / 4 ? (watch.Elapsed, now.Bytes, heap) : quarter;
        }

        (TimeSpan processor, long bytes) = studio.Usage();
        double share = (processor - before.Processor) / watch.Elapsed;
        double end = await HeapOf(page);
        string plot = await page.EvaluateAsync<string>("JSON.stringify(document.querySelector('canvas.plot').plot.stats())");
        await page.Locator(".label-button").ClickAsync();
        await page.GetByText("Recording waves.").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        string[] lines = await File.ReadAllLinesAsync(Directory.GetFiles(studio.Folder, "*.csv").Single());
        long[] times = [.. lines[1..].Select(line => long.Parse(line.AsSpan(0, line.IndexOf(',')), CultureInfo.InvariantCulture))];
        long[] steps = [.. times.Zip(times[1..]).Select(pair => pair.Second - pair.First)];
        double expected = ((times[^1] - times[0]) / (double)PeriodMs) + 1;
        TestContext.WriteLine($"{times.Length} rows of {expected:F1}, the longest step {steps.Max()} ms; plot {plot}");
        TestContext.WriteLine($"server {share:P1} of a core, {quarter.Bytes >> 20} MB after a quarter, {bytes >> 20} MB at the end; page {quarter.Page / (1 << 20):F0} and {end / (1 << 20):F0} MB");
        Assert.AreEqual(expected, times.Length, 1.5, "rows in the file");
        Assert.IsLessThan(MostProcessor, share, "processor time of the server");
        Assert.IsLessThan(Flat * quarter.Bytes, bytes, "memory of the server");
        Assert.IsLessThan(Flat * quarter.Page, end, "memory of the page");
    }

    private static async Task<double> HeapOf(IPage page)
    {
        ICDPSession session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("HeapProfiler.collectGarbage");
        double heap = await page.EvaluateAsync<double>("performance.memory.usedJSHeapSize");
        await session.DetachAsync();
        return heap;
    }
}
