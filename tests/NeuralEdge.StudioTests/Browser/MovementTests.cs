using System.Globalization;
using System.Text;
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
        foreach (string channel in new[] { "adc3", "adc4", "adc5", "adc6", "adc7" })
        {
            await Page.GetByLabel(channel, new() { Exact = true }).UncheckAsync();
        }

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

        await Studio.Go("Wire and upload");
        await Page.GetByRole(AriaRole.Group, new() { Name = "shaken", Exact = true }).GetByLabel("Pin").SelectOptionAsync("18");
        await StudioFixture.Button(Page, "Upload").ClickAsync();
        await Page.GetByText("runs it in test").First.WaitForAsync();

        await Studio.Go("Watch");
        await Page.GetByText("The network sees what is marked, the last 0.96 s").WaitForAsync();
        await StudioFixture.Until(Page, "() => document.querySelectorAll('canvas.plot').length === 3 && [...document.querySelectorAll('canvas.plot')].every(canvas => canvas.plot?.count > 1)");
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
        ILocator on = group.GetByRole(AriaRole.Slider, new() { Name = "unlike switches on at" });
        await on.FocusAsync();
        string level = (await on.GetAttributeAsync("aria-valuenow"))!;
        await Page.Keyboard.PressAsync("Home");
        await group.Locator("[data-alarms]:not([data-alarms='0'])").WaitForAsync();
        await group.GetByLabel("unlike switches on at, as a number").FillAsync(level);
        await Page.Keyboard.PressAsync("Tab");
        await group.Locator("[data-alarms='0']").WaitForAsync();
        await StudioFixture.Button(Page, "Upload").ClickAsync();
        await Page.GetByText("runs it in test").First.WaitForAsync();

        await Studio.Go("Watch");
        foreach (bool shaken in new[] { false, true, false, true })
        {
            await Shake(shaken);
            await Page.Locator("td[data-pin=unlike]", new() { HasText = shaken ? "GPIO 18 on" : "GPIO 18 off" }).WaitForAsync();
        }
    }

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
