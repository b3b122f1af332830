using System.Text.Json;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.StudioTests.Wiring;

namespace NeuralEdge.StudioTests.Browser;

/// <summary>A table that somebody brings: looked at, mended, learned from and wired, without a board.</summary>
[TestClass]
public sealed class OwnDataTests : BrowserTests
{
    [TestMethod]
    public async Task ATableIsMendedOnItsCurveAWrongRowIsFoundThereAndThresholdsAreDragged()
    {
        string[] lines = WiringPlanTests.Csv("adc0,adc3").TrimEnd('\n').Split('\n');
        lines[31] = lines[31].Replace(",wet", ",dry", StringComparison.Ordinal);
        await Studio.Go("Record");
        await Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "pot.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n") });
        ILocator curve = Page.Locator("section[aria-labelledby=session] canvas");
        await curve.WaitForAsync();
        string file = Directory.GetFiles(Studio.Studio.Folder, "*.csv").Single();
        byte[] first = await File.ReadAllBytesAsync(file);
        await MendOnTheCurve(curve, file, first);

        await StudioFixture.Button(Page, "Close the session").ClickAsync();
        await Page.Locator("#new").WaitForAsync();
        await StudioFixture.Button(Page, Path.GetFileNameWithoutExtension(file)).ClickAsync();
        await Page.GetByText("120 rows of adc0, adc3").WaitForAsync();
        CollectionAssert.AreEqual(first, await (await Studio.Context.APIRequest.GetAsync(Studio.Studio.Origin + "/download/session.csv")).BodyAsync());

        await Studio.Go("Train");
        await Studio.Train();
        await FindTheWrongRow(file);
        await Studio.Go("Wire and upload");
        await DragThresholds();
    }

    private static async Task MendOnTheCurve(ILocator curve, string file, byte[] first)
    {
        // The curve is there before its rows are: a hand that is too quick for it drags again.
        int from = 0;
        int to = 0;
        for (int attempt = 0; attempt < 20 && from < 58; attempt++)
        {
            await Drag(curve, 0.5, 0.75);
            await Task.Delay(500);
            from = int.Parse(await Page.GetByLabel("From row").InputValueAsync(), System.Globalization.CultureInfo.InvariantCulture);
            to = int.Parse(await Page.GetByLabel("to row", new() { Exact = true }).InputValueAsync(), System.Globalization.CultureInfo.InvariantCulture);
        }

        Assert.AreEqual(60, from, 2);
        Assert.AreEqual(90, to, 2);
        await Page.Locator("section[aria-labelledby=session] select").SelectOptionAsync("wet");
        await StudioFixture.Button(Page, "Relabel").ClickAsync();
        await Until(file, text => text.Split('\n')[from + 1].EndsWith(",wet", StringComparison.Ordinal) && text.Split('\n')[to].EndsWith(",wet", StringComparison.Ordinal));
        await StudioFixture.Button(Page, "Undo").ClickAsync();
        await Until(file, text => text == System.Text.Encoding.UTF8.GetString(first));
        foreach ((string button, int rows) in new[] { ("Delete", 120 - (to - from)), ("Keep only this", to - from) })
        {
            await Page.GetByLabel("From row").FillAsync($"{from}");
            await Page.GetByLabel("to row", new() { Exact = true }).FillAsync($"{to}");
            await Page.Keyboard.PressAsync("Tab");
            await StudioFixture.Button(Page, button).ClickAsync();
            await Until(file, text => text.Split('\n').Length == rows + 2);
            await StudioFixture.Button(Page, "Undo").ClickAsync();
            await Until(file, text => text == System.Text.Encoding.UTF8.GetString(first));
        }

        // What was undone comes back a moment later, and with it the whole curve.
        bool isCloser = false;
        for (int attempt = 0; attempt < 20 && !isCloser; attempt++)
        {
            double span = await Span();
            await Page.Locator("section[aria-labelledby=session]").GetByText("Closer").ClickAsync();
            await Task.Delay(500);
            isCloser = await Span() < 0.6 * span;
        }

        Assert.IsTrue(isCloser);
        static Task<double> Span() => Page.EvaluateAsync<double>("() => { const [from, to] = document.querySelector('section[aria-labelledby=session] canvas').plot.range(0); return to - from; }");
    }

    private static async Task FindTheWrongRow(string file)
    {
        await Page.GetByRole(AriaRole.Heading, new() { Name = "Profiles side by side" }).WaitForAsync();
        foreach (string profile in new[] { "exact (this one)", "compact", "fast" })
        {
            await Page.GetByRole(AriaRole.Columnheader, new() { Name = profile, Exact = true }).WaitForAsync();
        }

        Assert.AreEqual(2, await Page.Locator(".spreads svg").CountAsync(), "a picture for each input");
        await StudioFixture.Button(Page, "Show line 32 on the curve").ClickAsync();
        await StudioFixture.Until(Page, "() => document.querySelector('[data-place=\"30\"] canvas')?.plot?.selection?.[0] === 29.5");
        double[] view = await Page.EvaluateAsync<double[]>("document.querySelector('[data-place=\"30\"] canvas').plot.range(0)");
        CollectionAssert.AreEqual(new[] { 0.0, 90 }, view, "among its neighbours");
        await Page.GetByLabel("The label of line 32").SelectOptionAsync("wet");
        await Until(file, text => text.Split('\n')[31].EndsWith(",wet", StringComparison.Ordinal));
        await Studio.Train("Train again");
        await Page.Locator("#confusion").WaitForAsync();
        Assert.AreEqual(0, await StudioFixture.Button(Page, "Show line 32 on the curve").CountAsync(), "it is right now");
    }

    private static async Task DragThresholds()
    {
        ILocator group = Page.GetByRole(AriaRole.Group, new() { Name = "wet", Exact = true });
        await group.GetByLabel("Rule").SelectOptionAsync("threshold");
        await group.GetByLabel("Pin").SelectOptionAsync("18");
        ILocator on = group.GetByRole(AriaRole.Slider, new() { Name = "wet switches on at" });
        Assert.AreEqual("0.6", await on.GetAttributeAsync("aria-valuenow"));
        await on.FocusAsync();
        await Page.Keyboard.PressAsync("ArrowRight");
        await Page.Keyboard.PressAsync("PageUp");
        await StudioFixture.Until(Page, "() => document.activeElement.getAttribute('aria-valuenow') === '0.71'");

        // The nearer one is taken; it goes where the mouse goes.
        await Drag(group.Locator(".thresholds"), 0.38, 0.25, left: 0);
        await group.Locator(".handle.off[aria-valuenow^='0.2']").WaitForAsync();
        await group.GetByLabel("wet switches on at, as a number").FillAsync("0,75");
        await Page.Keyboard.PressAsync("Tab");
        await group.Locator(".handle.on[aria-valuenow='0.75']").WaitForAsync();
        using JsonDocument board = JsonDocument.Parse(await (await Studio.Context.APIRequest.GetAsync(Studio.Studio.Origin + "/download/board.json")).TextAsync());
        JsonElement output = board.RootElement.GetProperty("outputs")[0];
        Assert.AreEqual(18, output.GetProperty("pin").GetInt32());
        Assert.AreEqual(0.75, output.GetProperty("on").GetDouble());
        Assert.AreEqual(0.25, output.GetProperty("off").GetDouble(), 0.02);
    }

    /// <summary>Drags between two shares of the width behind the names of the lanes.</summary>
    private static async Task Drag(ILocator what, double from, double to, double? left = null)
    {
        await what.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await what.BoundingBoxAsync())!;
        float begin = (float)(left ?? Math.Min(150, box.Width * 0.3));
        float X(double share) => box.X + begin + (float)((box.Width - begin) * share);
        float y = box.Y + (box.Height / 3);
        await Page.Mouse.MoveAsync(X(from), y);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(X((from + to) / 2), y);
        await Page.Mouse.MoveAsync(X(to), y);
        await Page.Mouse.UpAsync();
    }

    private static async Task Until(string file, Func<string, bool> condition)
    {
        for (int i = 0; i < 200; i++)
        {
            if (condition(await File.ReadAllTextAsync(file)))
            {
                return;
            }

            await Task.Delay(50);
        }

        Assert.Fail("the file did not change in ten seconds: " + await File.ReadAllTextAsync(file));
    }
}
