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
