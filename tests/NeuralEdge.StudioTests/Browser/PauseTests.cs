using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.StudioTests.Browser;

/// <summary>Somebody who wants to look at a curve stops it; the board and the recording go on.</summary>
[TestClass]
public sealed class PauseTests : BrowserTests
{
    [TestMethod]
    public async Task ACurveStandsStillWhileRowsGoOnBeingRecordedAndGoesOnWithAllOfThem()
    {
        await Studio.Simulate();
        await Studio.Go("Record");
        await Page.GetByLabel("Labels, separated by commas").FillAsync("dry");
        await StudioFixture.Button(Page, "Begin the session").ClickAsync();
        await Page.GetByLabel("one press starts, the next one ends").CheckAsync();
        await Page.Locator(".label-button").ClickAsync();
        await Page.GetByText("Recording dry.").WaitForAsync();
        await Moves();
        await Stop();
        int before = await Recorded();
        (string still, double rows, double[] view) = (await Picture(), await Rows(), await View());
        await Page.WaitForTimeoutAsync(1500);
        Assert.AreEqual(still, await Picture(), "not a pixel moves");
        CollectionAssert.AreEqual(view, await View());
        Assert.IsGreaterThan(rows + 5, await Rows(), "rows still come");
        Assert.IsGreaterThan(before + 5, await Recorded(), "and are in the file");

        // Looking closer at what stands still, and pushing it along.
        await StudioFixture.Button(Page, "Closer").First.ClickAsync();
        await StudioFixture.Until(Page, "width => { const [from, to] = document.querySelector('canvas.plot').plot.range(0); return Math.abs((to - from) - width / 2) < 1; }", view[1] - view[0]);
        Assert.AreEqual(view[1], (await View())[1], 1e-6, "the same moment at the right");
        await StudioFixture.Button(Page, "Go on").ClickAsync();
        await Moves();
        Assert.IsGreaterThan(view[1] + 1000, (await View())[1]);
        Assert.AreEqual(0, await Page.EvaluateAsync<int>("document.querySelector('canvas.plot').plot.lost"), "what came meanwhile is on the curve");
        await StudioFixture.Button(Page, "Further away").First.ClickAsync();
        await StudioFixture.Until(Page, "width => { const [from, to] = document.querySelector('canvas.plot').plot.range(0); return Math.abs((to - from) - width) < 1; }", view[1] - view[0]);
    }

    [TestMethod]
    public async Task TheCurvesOfThePageWatchStandStillAsWell()
    {
        await Studio.Simulate();
        await Studio.Go("Watch");
        await Moves();
        await Stop();
        (string still, double rows) = (await Picture(), await Rows());
        await Page.WaitForTimeoutAsync(1000);
        Assert.AreEqual(still, await Picture());
        Assert.IsGreaterThan(rows, await Rows());
        await StudioFixture.Button(Page, "Go on").ClickAsync();
        await Moves();
        Assert.AreNotEqual(still, await Picture());
    }

    private static async Task Stop()
    {
        await StudioFixture.Button(Page, "Pause").ClickAsync();
        await StudioFixture.Until(Page, "() => document.querySelector('canvas.plot').plot.paused");

        // Rows that were on their way are drawn up to the moment of the pause.
        await Page.WaitForTimeoutAsync(1000);
    }

    private static async Task Moves()
    {
        await StudioFixture.Until(Page, "() => document.querySelector('canvas.plot')?.plot?.count > 5");
        double end = (await View())[1];
        await StudioFixture.Until(Page, "end => { const plot = document.querySelector('canvas.plot').plot; return !plot.paused && plot.range(performance.now())[1] > end + 200; }", end);
    }

    // A picture is long, and whoever compares two wants to know only whether they are the same.
    private static Task<string> Picture() => Page.EvaluateAsync<string>("[...document.querySelector('canvas.plot').toDataURL()].reduce((hash, c) => (Math.imul(hash, 31) + c.charCodeAt(0)) | 0, 7).toString()");

    private static Task<double> Rows() => Page.EvaluateAsync<double>("document.querySelector('canvas.plot').plot.count");

    private static Task<double[]> View() => Page.EvaluateAsync<double[]>("document.querySelector('canvas.plot').plot.range(performance.now())");

    private static async Task<int> Recorded() => (await File.ReadAllLinesAsync(Directory.GetFiles(Studio.Studio.Folder, "*.csv").Single())).Length;
}
