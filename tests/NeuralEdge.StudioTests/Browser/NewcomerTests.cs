using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NeuralEdge.StudioTests.Shell;
using NeuralEdge.StudioTests.Wiring;

namespace NeuralEdge.StudioTests.Browser;

/// <summary>What somebody who has the pages alone stumbles on: options of a command line, an old verdict, a page wider than a telephone.</summary>
[TestClass]
public sealed partial class NewcomerTests : BrowserTests
{
    private const int Telephone = 390;

    private static readonly string[] Pages = ["Board", "Record", "Train", "Wire and upload", "Watch", "Try"];

    [TestMethod]
    public async Task TheVerdictWarnsAndNothingThatIsFoundNamesAnOption()
    {
        await Studio.Go("Train");
        await Upload("odd.csv", PlainTextTests.Odd("label"));
        await Taken(240);
        await Studio.Train("Train");
        ILocator verdict = Page.Locator("section[aria-labelledby=verdict]");
        await verdict.GetByText("is taken for \"no reading\"").WaitForAsync();
        Assert.AreEqual(0, await Page.Locator("section[aria-labelledby=data]").GetByText("is taken for").CountAsync(), "once, where it counts");
        Assert.IsGreaterThan(2, await Page.Locator("section[aria-labelledby=data] li").CountAsync(), "the rest of what was found");
        await Page.GetByRole(AriaRole.Heading, new() { Name = "Profiles side by side" }).WaitForAsync();
        await AssertNoOption();

        // Whoever records each class once is told what that is worth.
        string[] sorted = [.. WiringPlanTests.Csv("adc0,adc3").TrimEnd('\n').Split('\n')];
        await Upload("sorted.csv", string.Join('\n', sorted.Take(1).Concat(sorted.Skip(1).OrderBy(line => line.EndsWith("wet", StringComparison.Ordinal)))) + "\n");
        await Taken(120);
        await Studio.Train("Train");
        await verdict.GetByText("Each class comes in one go").WaitForAsync();
        await AssertNoOption();

        // What is refused is said in the page's words, too.
        await Upload("odd.csv", PlainTextTests.Odd("label").Replace(",100,", ",broken,", StringComparison.Ordinal).Replace("\n7,", "\nseven,", StringComparison.Ordinal));
        await Taken(240);
        await StudioFixture.Button(Page, "Train").ClickAsync();
        await Page.GetByRole(AriaRole.Alert).GetByText("is not a number like the others").WaitForAsync();
        await AssertNoOption();
    }

    [TestMethod]
    public async Task TrainTakesTheSessionThatWasOpenedAndSaysWhoseVerdictItShows()
    {
        await Import("pot.csv", WiringPlanTests.Csv("adc0,adc3"));
        await Studio.Go("Train");
        await Taken(120);
        await Studio.Train("Train");
        Assert.AreEqual(0, await Page.GetByText("This is the verdict on").CountAsync());

        await Studio.Go("Record");
        await StudioFixture.Button(Page, "Close the session").ClickAsync();
        await Import("shaken.csv", WiringPlanTests.Shaken("adc3"));
        await Studio.Go("Train");
        await Taken(1600);
        await Page.GetByText("This is the verdict on").WaitForAsync();

        // Who chooses another table keeps it, until something is recorded or opened again.
        await Page.Locator("section[aria-labelledby=data] select").First.SelectOptionAsync(new SelectOptionValue { Index = 2 });
        await Taken(120);
        await Page.GetByText("This is the verdict on").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Studio.Go("Board");
        await Studio.Go("Train");
        await Taken(120);
    }

    [TestMethod]
    public async Task NoPageIsWiderThanATelephoneAndNoneNamesAnOption()
    {
        await Page.SetViewportSizeAsync(Telephone, 844);
        foreach (bool hasBoard in new[] { false, true })
        {
            if (hasBoard)
            {
                await Studio.Go("Board");
                await Studio.Simulate();
                await Page.GetByText("All that the board says").ClickAsync();
                await AssertFits("Board, opened");
                await Import("pot.csv", WiringPlanTests.Csv("adc0,adc3"));
                await Studio.Go("Train");
                await Studio.Train("Train");
                await Page.GetByRole(AriaRole.Heading, new() { Name = "Profiles side by side" }).WaitForAsync();
                await Studio.Go("Wire and upload");
                await Page.GetByRole(AriaRole.Group, new() { Name = "wet", Exact = true }).GetByLabel("Pin").SelectOptionAsync("18");
                await StudioFixture.Button(Page, "Upload").ClickAsync();
                await Page.GetByText("runs it in test").First.WaitForAsync();
            }

            foreach (string page in Pages)
            {
                await Studio.Go(page);
                await Page.Locator("section.card").First.WaitForAsync();
                await Page.WaitForTimeoutAsync(500);
                await AssertFits($"{page}, {(hasBoard ? "a board" : "no board")}");
                await AssertNoOption();
            }
        }

        // The last page, whose table had a column that nobody saw.
        await Page.Locator("td[data-pin=wet]").WaitForAsync();
        bool cut = await Page.EvaluateAsync<bool>("() => [...document.querySelectorAll('.scroll')].some(box => box.scrollWidth > box.clientWidth)");
        Assert.IsFalse(cut, "all of the table is seen");
        await Page.SetViewportSizeAsync(1600, 1000);
    }

    [TestMethod]
    public async Task ChannelsHaveTheirPinsNumbersTheirUnitsAndNothingIsGreenThatIsNotKnown()
    {
        await Studio.Simulate();
        await Page.Locator(".tile:not(.good):not(.bad)", new() { HasText = "compared with no training" }).WaitForAsync();
        await Page.Locator(".tile.good", new() { HasText = "always in time" }).WaitForAsync();
        await Studio.Go("Record");
        await Page.GetByLabel("adc3 (GPIO39)", new() { Exact = true }).WaitForAsync();
        await Page.GetByText("Counts are the steps of the board's ADC").WaitForAsync();
        await StudioFixture.Until(Page, "() => { const lane = document.querySelector('canvas.plot')?.plot?.lanes[1]; return lane?.name === 'adc3 (GPIO39)' && lane.unit === 'counts'; }");

        // A name that is longer than the margin has a line of its own.
        const string Long = "moisture of the soil in the left bed";
        await Import("bed.csv", WiringPlanTests.Csv($"{Long},adc3"));
        await Page.SetViewportSizeAsync(Telephone, 844);
        await StudioFixture.Until(Page, "() => { const canvas = document.querySelector('section[aria-labelledby=session] canvas'); return canvas?.clientHeight === 2 * 58 + 16 + 20; }");
        await Page.SetViewportSizeAsync(1280, 900);
    }

    [TestMethod]
    public async Task WhatIsTrainedFitsThePageSaysWhichWindowIsUsedAndExplainsItsTerms()
    {
        await Studio.Go("Train");
        await Upload("shaken.csv", WiringPlanTests.Shaken("adc3"));
        await Taken(1600);
        string[] columns = [.. await Page.GetByLabel("Column with the labels").Locator("option").AllInnerTextsAsync()];
        CollectionAssert.AreEquivalent(new[] { "adc3", "label" }, columns, "when a row was measured is no label");
        await Page.GetByLabel("Look at").SelectOptionAsync("0.5");
        await Studio.Train("Train");
        await Page.GetByText("A window has 24 rows (0.48 s; 0.5 s was asked for, but a window is 4 hops, each of whole rows)").WaitForAsync();
        await Page.GetByRole(AriaRole.Heading, new() { Name = "Profiles side by side" }).WaitForAsync();
        await Page.SetViewportSizeAsync(1280, 900);
        Assert.IsFalse(await Page.EvaluateAsync<bool>("() => [...document.querySelectorAll('.scroll')].some(box => box.scrollWidth > box.clientWidth)"), "no table is cut");
        await Page.Locator("section[aria-labelledby=importance] .hint", new() { HasText = " is " }).WaitForAsync();
        string text = await Page.Locator("body").InnerTextAsync();
        foreach (string term in new[] { "softmax", "poch" })
        {
            Assert.IsFalse(text.Contains(term, StringComparison.Ordinal), term);
        }
    }

    private static Task Taken(int rows) => Page.Locator("section[aria-labelledby=data] p", new() { HasTextRegex = new Regex($": {rows} rows\\.$") }).WaitForAsync();

    private static async Task AssertFits(string page)
    {
        int width = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.IsLessThanOrEqualTo(Telephone, width, page);
    }

    private static async Task AssertNoOption()
    {
        string text = await Page.Locator("body").InnerTextAsync();
        Assert.IsFalse(Option().IsMatch(text), Option().Match(text).Value);
    }

    private static Task Upload(string name, string text) => Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });

    /// <summary>The names beside the curves are those of the model that runs; the rows must be its own, too, even where the page stands still.</summary>
    [TestMethod]
    public async Task TheDaysOfOneModelAreNotShownUnderTheNamesOfAnother()
    {
        const string Series = "document.querySelectorAll('canvas.plot')[1]?.plot?.series";
        await Studio.Simulate();
        await Import("pot.csv", WiringPlanTests.Csv("adc0,adc3"));
        await Studio.Go("Train");
        await Studio.Train("Train");
        await Studio.Go("Wire and upload");
        await StudioFixture.Button(Page, "Upload").ClickAsync();
        await Page.GetByText("runs it in test").First.WaitForAsync();
        await Studio.Go("Watch");
        await StudioFixture.Until(Page, $"() => {Series} === 6");
        await StudioFixture.Button(Page, "Earlier").ClickAsync();
        await Page.GetByText("which is now").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await StudioFixture.Button(Page, "Go back to the previous model").ClickAsync();
        await StudioFixture.Until(Page, $"() => {Series} === 4");
        await Studio.Go("Wire and upload");
        await Page.GetByText("The board runs the factory model").WaitForAsync();
        Assert.AreEqual(0, await Page.GetByText("runs it in test").CountAsync(), "that was before it went back");
    }

    private static async Task Import(string name, string text)
    {
        await Studio.Go("Record");
        await Page.Locator("#new").WaitForAsync();
        await Upload(name, text);
        await Page.Locator("#session").WaitForAsync();
    }

    [GeneratedRegex(@".{0,40}--[a-z].{0,40}")]
    private static partial Regex Option();
}
