using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.StudioTests.Browser;

/// <summary>What a board keeps about itself, given by a form.</summary>
[TestClass]
public sealed class BoardPageTests : BrowserTests
{
    [TestMethod]
    public async Task ABoardGetsANameAPlaceAndACorrectionAndWhatDoesNotFitIsSaid()
    {
        await Studio.Simulate();
        await Page.GetByText("Give it a name and a place").ClickAsync();
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("K\u00FCche");
        await StudioFixture.Button(Page, "Save on the board").ClickAsync();
        await Page.GetByText("plain ASCII").WaitForAsync();
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("pot 7");
        await Page.GetByLabel("Place").FillAsync("window");
        await StudioFixture.Button(Page, "Save on the board").ClickAsync();
        await Page.GetByRole(AriaRole.Heading, new() { NameRegex = new("pot 7.* at ") }).WaitForAsync();
        Assert.AreEqual("pot 7", await Page.Locator(".badge").TextContentAsync(), "on every page");
        await Page.GetByText("plain ASCII").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await Page.GetByText("Calibrate an ADC channel").ClickAsync();
        await Page.Locator("details[open] select").SelectOptionAsync("0");
        await Page.GetByText("adc0 has no correction.").WaitForAsync();
        await Measure("lower", "0,5", 605);
        await Measure("higher", "2.3", 2639);
        await StudioFixture.Button(Page, "Save the correction").ClickAsync();
        await Page.GetByText("; the board keeps it.").WaitForAsync();
        await StudioFixture.Button(Page, "Take the correction away").ClickAsync();
        await Page.GetByText("adc0 has no correction.").WaitForAsync();
    }

    private static async Task Measure(string which, string volts, int count)
    {
        await Studio.Hold(0, count);
        await Page.GetByLabel($"{which} voltage, V").FillAsync(volts);
        await StudioFixture.Button(Page, $"Measure the {which} one").ClickAsync();
        await Page.GetByText(new System.Text.RegularExpressions.Regex($"reads {count / 10}")).WaitForAsync();
    }
}
