using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.StudioTests.Browser;

/// <summary>What can only be told by looking back: at any moment a shaken sensor has a count that it may have at rest.</summary>
[TestClass]
public sealed class MovementTests : BrowserTests
{
    [TestMethod]
    public async Task APinIsOnWhileASensorIsShaken()
    {
        await Studio.Simulate();
        await Studio.Hold(0, 2000);
        await Studio.Go("Record");
        await Page.GetByLabel("Labels, separated by commas").FillAsync("still,shaken");
        await Studio.LeaveOut("adc3", "adc4", "adc5", "adc6", "adc7");

        await Page.GetByLabel("Rows a second").SelectOptionAsync("20");
        await StudioFixture.Button(Page, "Begin the session").ClickAsync();
        foreach (int count in new[] { 1700, 2300, 2000 })
        {
            await Record("still", "1", count, shaken: false);
            await Record("shaken", "2", count, shaken: true);
        }

        await Studio.Go("Train");
        await Page.Locator("section[aria-labelledby=data] select").First.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Page.GetByLabel("Look at").SelectOptionAsync("1");
        await Studio.Train("Train");
        await Page.Locator(".verdict[data-kind=Useful]").WaitForAsync();
        await Page.GetByText("Features chosen by what each adds").WaitForAsync();
        await Page.GetByRole(AriaRole.Heading, new() { Name = "What each input is worth" }).WaitForAsync();
        await Page.Locator(".spreads svg").First.WaitForAsync();

        await Studio.Go("Wire and upload");
        await Page.GetByRole(AriaRole.Group, new() { Name = "shaken", Exact = true }).GetByLabel("Pin").SelectOptionAsync("18");
        await StudioFixture.Button(Page, "Upload").ClickAsync();
        await Page.GetByText("runs it in test").First.WaitForAsync();

        await Studio.Go("Watch");
        await Page.GetByText("The network sees what is marked, the last 0.96 s").WaitForAsync();
        await StudioFixture.Until(Page, "() => document.querySelectorAll('canvas.plot').length === 3 && [...document.querySelectorAll('canvas.plot')].every(canvas => canvas.plot?.count > 1)");
        Assert.AreEqual(960, await Page.EvaluateAsync<double>("document.querySelectorAll('canvas.plot')[0].plot.options.windowMs"), "the window is marked on the curve of the counts");
        Assert.IsTrue(await Page.EvaluateAsync<bool>("document.querySelectorAll('canvas.plot')[1].plot.lanes.some(lane => lane.name.startsWith('adc0 '))"), "and its features run below it");
        foreach (bool shaken in new[] { true, false, true })
        {
            await Shake(shaken);
            await Page.Locator("td[data-pin=shaken]", new() { HasText = shaken ? "GPIO 18 on" : "GPIO 18 off" }).WaitForAsync();
        }
    }

    /// <summary>Nobody has ever shaken it: the board has learned what is normal, and notices that this is not.</summary>
    [TestMethod]
    public async Task AnAlarmComesWhenASensorIsShakenThoughNobodyTaughtThat()
    {
        await Studio.Simulate();
        await Studio.Hold(0, 2000);
        await Studio.Go("Train");
        await Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "rest.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(AtRest()) });
        await Page.GetByText("rest.csv: 2400 rows").WaitForAsync();
        await Page.GetByLabel("notice when something is different").CheckAsync();
        ILocator perDay = Page.GetByLabel("False alarms a day");
        await perDay.WaitForAsync();
        Assert.AreEqual("1", await Page.GetByLabel("Look at").InputValueAsync(), "what is different shows over some seconds");
        await perDay.FillAsync("2");
        await Page.Keyboard.PressAsync("Tab");
        await Studio.Train("Train");
        await Page.GetByText("for 2 a day, 36 h must be judged").WaitForAsync();
        await Page.Locator("figure.scores[data-level]").WaitForAsync();
        await Page.GetByRole(AriaRole.Heading, new() { Name = "Compared with one reading and a threshold" }).WaitForAsync();

        await Studio.Go("Wire and upload");
        ILocator group = Page.GetByRole(AriaRole.Group, new() { Name = "unlike", Exact = true });
        await group.GetByLabel("Pin").SelectOptionAsync("18");
        await group.Locator("[data-alarms='0']").WaitForAsync();
        await DragTheAlarm(group);
        await StudioFixture.AssertReadable(Page, "Wire and upload, an alarm");
        await StudioFixture.Button(Page, "Upload").ClickAsync();
        await Page.GetByText("runs it in test").First.WaitForAsync();

        await Studio.Go("Watch");
        foreach (bool shaken in new[] { false, true, false, true })
        {
            await Shake(shaken);
            await Page.Locator("td[data-pin=unlike]", new() { HasText = shaken ? "GPIO 18 on" : "GPIO 18 off" }).WaitForAsync();
        }
    }

    /// <summary>On the curve of the normal hours: into the curve, where false alarms are counted, and to a level well below the one that was learned.</summary>
    private static async Task DragTheAlarm(ILocator group)
    {
        ILocator promise = group.Locator("[data-alarms]");
        ILocator on = group.GetByRole(AriaRole.Slider, new() { Name = "unlike switches on at" });
        Assert.IsGreaterThan(1000, (await group.Locator("path.usual").GetAttributeAsync("d"))!.Length, "the curve");
        StringAssert.StartsWith(await promise.InnerTextAsync(), "Fewer than ");
        double level = await Number(on, "aria-valuenow");
        double most = await Number(on, "aria-valuemax");
        await on.FocusAsync();
        await Page.Keyboard.PressAsync("Home");
        await group.Locator("[data-alarms]:not([data-alarms='0'])").WaitForAsync();
        string low = await promise.InnerTextAsync();
        await DragTo(0.7 * level / most);
        await group.Locator("[data-alarms='0']").WaitForAsync();
        Assert.AreNotEqual(low, await promise.InnerTextAsync(), "false alarms a day, as the line moves");
        Assert.AreEqual(0.7 * level, await Number(on, "aria-valuenow"), 0.02 * most);
        JsonElement output = JsonDocument.Parse(await (await Studio.Context.APIRequest.GetAsync(Studio.Studio.Origin + "/download/board.json")).TextAsync()).RootElement.GetProperty("outputs")[0];
        Assert.AreEqual(0.9, output.GetProperty("off").GetDouble() / output.GetProperty("on").GetDouble(), 1e-6, "it still ends below where it begins");

        async Task DragTo(double share)
        {
            LocatorBoundingBoxResult box = (await group.Locator(".thresholds").BoundingBoxAsync())!;
            float x = box.X + (box.Width / 2);
            await Page.Mouse.MoveAsync(x, box.Y + box.Height - 2);
            await Page.Mouse.DownAsync();
            await Page.Mouse.MoveAsync(x, box.Y + (box.Height / 2));
            await Page.Mouse.MoveAsync(x, box.Y + (box.Height * (float)(1 - share)));
            await Page.Mouse.UpAsync();
        }
    }

    private static async Task<double> Number(ILocator of, string attribute) => double.Parse((await of.GetAttributeAsync(attribute))!, CultureInfo.InvariantCulture);

    // Two minutes of what the held channel gives: nobody has to wait for them.
    private static string AtRest()
    {
        Random random = new(1);
        StringBuilder text = new("ms,adc0,label\n");
        for (int r = 0; r < 2400; r++)
        {
            double noise = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            text.Append(CultureInfo.InvariantCulture, $"{50 * r},{Math.Round(16 * (2000 + noise)) / 16},usual\n");
        }

        return text.ToString();
    }

    private static Task Shake(bool on) => Page.GetByLabel("shake adc0").SetCheckedAsync(on);

    private static async Task Record(string label, string key, int count, bool shaken)
    {
        await Studio.Hold(0, count);
        await Shake(shaken);
        await StudioFixture.Heading(Page, "Record").ClickAsync();
        await Page.WaitForTimeoutAsync(300);
        await Page.Keyboard.DownAsync(key);
        await Page.GetByText($"Recording {label}.").WaitForAsync();
        await Page.WaitForTimeoutAsync(2200);
        await Page.Keyboard.UpAsync(key);
        await Page.GetByText($"Recording {label}.").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }
}
