using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.StudioTests.Browser;

/// <summary>From an empty page to a pin that follows what was taught, by clicks and keys alone.</summary>
[TestClass]
public sealed class WholeWayTests : BrowserTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(90);

    private int _scans;

    [TestMethod]
    public async Task APinFollowsWhatWasTaughtAndIsTakenBack()
    {
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan scanned = TimeSpan.Zero;
        scanned += await Scan("Board, no board");
        await Studio.Simulate();
        await Studio.Hold(0, 700);
        scanned += await Scan("Board");

        await Studio.Go("Record");
        await Page.GetByLabel("Labels, separated by commas").FillAsync("dry,wet");
        await Studio.LeaveOut("adc4", "adc5", "adc6", "adc7");

        await Page.GetByLabel("Rows a second").SelectOptionAsync("10");
        await StudioFixture.Button(Page, "Begin the session").ClickAsync();
        await Record("dry", "1", 700);
        await Record("wet", "2", 2900);
        await Record("dry", "1", 600);
        await Record("wet", "2", 3000);
        string[] lines = await File.ReadAllLinesAsync(Directory.GetFiles(Studio.Studio.Folder, "*.csv").Single());
        Assert.AreEqual("ms,adc0,adc3,label", lines[0]);
        Assert.IsGreaterThan(100, lines.Length, "rows are in the file while the page is open");
        JsonElement plot = await Page.EvaluateAsync<JsonElement>("document.querySelector('canvas.plot').plot.stats()");
        double frames = plot.GetProperty("frames").GetDouble() / plot.GetProperty("seconds").GetDouble();
        TestContext.WriteLine($"live plot: {frames:F1} frames a second, {plot.GetProperty("rows")} rows, {plot.GetProperty("lost")} lost");
        Assert.AreEqual(0, plot.GetProperty("lost").GetInt32(), "no row is missing in the plot");
        scanned += await Scan("Record");

        await Studio.Go("Train");
        await Studio.Train();
        await Page.Locator(".verdict[data-kind=Useful]").WaitForAsync();
        await Page.GetByRole(AriaRole.Heading, new() { Name = "What each input is worth" }).WaitForAsync();
        scanned += await Scan("Train");

        await Studio.Go("Wire and upload");
        await Page.GetByRole(AriaRole.Group, new() { Name = "wet", Exact = true }).GetByLabel("Pin").SelectOptionAsync("18");
        await Page.GetByRole(AriaRole.Group, new() { Name = "dry", Exact = true }).GetByLabel("Rule").SelectOptionAsync("threshold");
        Assert.AreEqual(0, await Page.Locator("fieldset.output select option[value='6']").CountAsync(), "the pins of the flash are not offered");
        await StudioFixture.Button(Page, "Upload").ClickAsync();
        await Page.GetByText("runs it in test").First.WaitForAsync();
        scanned += await Scan("Wire and upload");

        await Studio.Go("Watch");
        await Studio.Hold(0, 3000);
        await Page.Locator("td[data-pin=wet]", new() { HasText = "GPIO 18 on" }).WaitForAsync();
        await Studio.Hold(0, 650);
        await Page.Locator("td[data-pin=wet]", new() { HasText = "GPIO 18 off" }).WaitForAsync();
        await StudioFixture.Until(Page, "() => document.querySelectorAll('canvas.plot').length === 2 && [...document.querySelectorAll('canvas.plot')].every(canvas => canvas.plot?.count > 1)");
        StringAssert.StartsWith(await (await Studio.Context.APIRequest.GetAsync(Studio.Studio.Origin + "/download/days.csv")).TextAsync(), "ms,utc,adc0 least,adc0 most,");
        scanned += await Scan("Watch");
        await StudioFixture.Button(Page, "Confirm this model").ClickAsync();
        await Page.GetByText("confirmed, slot").First.WaitForAsync();

        await Studio.Go("Try");
        await Page.GetByText("Bit-equal").WaitForAsync();
        foreach ((string place, string state) in new[] { ("1000", "on"), ("0", "off"), ("900", "on") })
        {
            await Page.Locator("#input0").FillAsync(place);
            await Page.Locator("td[data-pin=wet]", new() { HasText = "GPIO 18 " + state }).WaitForAsync();
        }

        await Page.GetByText("Bit-equal").WaitForAsync();
        scanned += await Scan("Try");

        await Studio.Go("Board");
        await StudioFixture.Button(Page, "Go back to the previous model").ClickAsync();
        await Page.GetByText("the factory model").First.WaitForAsync();
        TestContext.WriteLine($"the whole way: {(watch.Elapsed - scanned).TotalSeconds:F1} s, and {scanned.TotalSeconds:F1} s of scans");
        Assert.IsLessThan(Budget, watch.Elapsed - scanned);
    }

    private static async Task Record(string label, string key, int count)
    {
        await Studio.Hold(0, count);
        await StudioFixture.Heading(Page, "Record").ClickAsync();
        await Page.WaitForTimeoutAsync(200);
        await Page.Keyboard.DownAsync(key);
        await Page.GetByText($"Recording {label}.").WaitForAsync();
        for (int step = 0; step < 6; step++)
        {
            await Studio.Hold(0, count + (30 * step));
            await Page.WaitForTimeoutAsync(150);
        }

        await Page.Keyboard.UpAsync(key);
        await Page.GetByText($"Recording {label}.").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    /// <summary>
    /// What somebody with a screen reader, or with weak eyes, would stumble over: the pages in light and dark colours by turns, each in both
    /// with NEURALEDGE_SCAN_BOTH.
    /// </summary>
    private async Task<TimeSpan> Scan(string page)
    {
        Stopwatch watch = Stopwatch.StartNew();
        ColorScheme[] both = [ColorScheme.Dark, ColorScheme.Light];
        foreach (ColorScheme colours in Environment.GetEnvironmentVariable("NEURALEDGE_SCAN_BOTH") is null ? [both[_scans++ % 2]] : both)
        {
            await Page.EmulateMediaAsync(new() { ColorScheme = colours });
            await Page.Locator($"body").EvaluateAsync("() => new Promise(done => setTimeout(done, 400))");
            await StudioFixture.AssertReadable(Page, $"{page}, {colours}");
        }

        return watch.Elapsed;
    }
}
