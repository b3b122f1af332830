using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.StudioTests.Browser;

/// <summary>A studio and a browser that has opened its address.</summary>
internal sealed class StudioFixture : IAsyncDisposable
{
    private readonly Chromium _chromium;
    private readonly List<string> _complaints = [];

    private StudioFixture(Chromium chromium, StudioProcess studio, IBrowserContext context, IPage page) => (_chromium, Studio, Context, Page) = (chromium, studio, context, page);

    internal StudioProcess Studio { get; }

    internal IBrowserContext Context { get; }

    internal IPage Page { get; }

    /// <summary>What the page wrote to the browser's console that should not be there.</summary>
    internal IReadOnlyList<string> Complaints => _complaints;

    internal static async Task<StudioFixture> StartAsync()
    {
        Chromium chromium = await Chromium.StartAsync();
        StudioProcess studio = new();
        IBrowserContext context = await chromium.OpenAsync();
        context.SetDefaultTimeout(30_000);
        IPage page = await context.NewPageAsync();
        StudioFixture fixture = new(chromium, studio, context, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                fixture._complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => fixture._complaints.Add(error);
        await page.GotoAsync(studio.Address.ToString());
        await Heading(page, "Board").WaitForAsync();
        return fixture;
    }

    internal static ILocator Heading(IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1, Exact = true });

    internal static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Goes to a page by its link.</summary>
    internal async Task Go(string name)
    {
        await Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
        await Heading(Page, name).WaitForAsync();
    }

    /// <summary>Starts the simulated board.</summary>
    internal async Task Simulate()
    {
        await Button(Page, "Start a simulated board").ClickAsync();
        await Page.GetByText("All that the board says").WaitForAsync();
    }

    /// <summary>Holds a simulated sensor at a count.</summary>
    internal Task Hold(int channel, int count) => Page.Locator($"#sensor{channel}").FillAsync(count.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        Studio.Dispose();
    }
}
