using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.StudioTests.Browser;

/// <summary>A studio and a browser that has opened its address.</summary>
internal sealed class StudioFixture : IAsyncDisposable
{
    private readonly Chromium _chromium;
    private readonly List<string> _complaints = [];

    private StudioFixture(Chromium chromium, StudioProcess studio, IBrowserContext context) => (_chromium, Studio, Context) = (chromium, studio, context);

    internal StudioProcess Studio { get; }

    internal IBrowserContext Context { get; }

    /// <summary>The page of the test that is on.</summary>
    internal IPage Page { get; private set; } = null!;

    /// <summary>What the page wrote to the browser's console that should not be there.</summary>
    internal IReadOnlyList<string> Complaints => _complaints;

    internal static async Task<StudioFixture> StartAsync()
    {
        Chromium chromium = await Chromium.StartAsync();
        StudioProcess studio = new();
        IBrowserContext context = await chromium.OpenAsync();
        context.SetDefaultTimeout(30_000);
        StudioFixture fixture = new(chromium, studio, context);
        await fixture.OpenAsync(studio.Address.ToString());
        return fixture;
    }

    internal static ILocator Heading(IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1, Exact = true });

    internal static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Waits until a function of the page is true; asked from outside, since the page's rules let no script make another one.</summary>
    internal static async Task Until(IPage page, string function, object? argument = null)
    {
        for (int i = 0; i < 300; i++)
        {
            if (await page.EvaluateAsync<bool>(function, argument))
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail($"waited 30 s for {function}");
    }

    /// <summary>Nothing on the page that somebody with a screen reader, or with weak eyes, would stumble over.</summary>
    internal static async Task AssertReadable(IPage page, string name)
    {
        AxeResult result = await page.RunAxe();
        string[] serious = [.. result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{name}: {violation.Id}, {violation.Help}: {string.Join(" | ", violation.Nodes.Take(4).Select(node => node.Html))}")];
        Assert.IsEmpty(serious, string.Join('\n', serious));
    }

    /// <summary>Takes away what the test before has left: pages, board, session and files.</summary>
    internal async Task ClearAsync()
    {
        foreach (IPage page in Context.Pages.ToArray())
        {
            await page.CloseAsync();
        }

        _complaints.Clear();
        await OpenAsync(Studio.Origin);
        await Page.Locator("section.card").First.WaitForAsync();
        if (await Button(Page, "End the simulated board").IsVisibleAsync())
        {
            await Button(Page, "End the simulated board").ClickAsync();
            await Button(Page, "Start a simulated board").WaitForAsync();
        }

        await Go("Record");
        await Page.Locator("#new, #session").First.WaitForAsync();
        if (await Button(Page, "Close the session").IsVisibleAsync())
        {
            await Button(Page, "Close the session").ClickAsync();
            await Page.Locator("#new").WaitForAsync();
        }

        if (Directory.Exists(Studio.Folder))
        {
            Array.ForEach(Directory.GetFiles(Studio.Folder, "*.csv"), File.Delete);
        }

        await Go("Board");
    }

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

    /// <summary>Leaves channels out of a new session.</summary>
    internal async Task LeaveOut(params string[] channels)
    {
        foreach (string channel in channels)
        {
            await Page.GetByLabel(new System.Text.RegularExpressions.Regex($"^\\s*{channel} \\(GPIO\\d+\\)$")).UncheckAsync();
        }
    }

    /// <summary>Chooses the newest session on the page Train, and trains.</summary>
    internal async Task Train()
    {
        await Page.Locator("section[aria-labelledby=data] select").First.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Train("Train");
    }

    /// <summary>Presses a button that trains, and waits for the verdict of that training: one that is there already is of another.</summary>
    internal async Task Train(string button)
    {
        await Page.EvaluateAsync("() => document.querySelector('.verdict')?.setAttribute('data-old', '')");
        await Button(Page, button).ClickAsync();
        await Page.Locator(".verdict:not([data-old]), [role=alert] .mud-alert").First.WaitForAsync(new() { Timeout = 60_000 });
        ILocator problem = Page.Locator("[role=alert] .mud-alert");
        if (await problem.CountAsync() > 0)
        {
            Assert.Fail(await problem.First.InnerTextAsync());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        Studio.Dispose();
    }

    private async Task OpenAsync(string address)
    {
        Page = await Context.NewPageAsync();
        Page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _complaints.Add(message.Text);
            }
        };
        Page.PageError += (_, error) => _complaints.Add(error);
        await Page.GotoAsync(address);
        await Heading(Page, "Board").WaitForAsync();
    }
}
