using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.StudioTests.Browser;

/// <summary>One board, whoever looks at it and whatever happens to it.</summary>
[TestClass]
public sealed class SharedBoardTests : BrowserTests
{
    [TestMethod]
    public async Task TwoTabsShareTheBoardAndBothSeeItGoAndComeBackAndAReloadLosesNothing()
    {
        await Studio.Simulate();
        IPage second = await Studio.Context.NewPageAsync();
        await second.GotoAsync(Studio.Studio.Origin + "/record");
        await StudioFixture.Heading(second, "Record").WaitForAsync();
        await second.GetByLabel("Labels, separated by commas").FillAsync("dry");
        await StudioFixture.Button(second, "Begin the session").ClickAsync();
        await second.Locator(".label-button").WaitForAsync();

        // What one tab records, the other one shows.
        await Studio.Go("Record");
        ILocator label = Page.Locator(".label-button");
        await second.GetByLabel("one press starts, the next one ends").CheckAsync();
        await second.Locator(".label-button").ClickAsync();
        await Page.GetByText("Recording dry.").WaitForAsync();
        Assert.AreEqual("true", await label.GetAttributeAsync("aria-pressed"));
        await second.WaitForTimeoutAsync(600);
        await second.Locator(".label-button").ClickAsync();
        await Page.GetByText("Recording dry.").WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        // A page that goes lets go, and a reload finds the session where it was.
        await second.ReloadAsync();
        await second.Locator(".label-rows", new() { HasTextRegex = new("^[1-9]") }).WaitForAsync();

        await Studio.Go("Board");
        await StudioFixture.Button(Page, "Unplug the board").ClickAsync();
        await Page.GetByText("board lost").WaitForAsync();
        await second.GetByText("board lost").WaitForAsync();
        await Page.GetByText("The simulated board is unplugged. Plug it in below").WaitForAsync();
        Assert.AreEqual(0, await Page.GetByText("cable").CountAsync(), "it has none");
        Assert.IsTrue(await second.Locator(".label-button").IsDisabledAsync(), "there is nothing to record");
        await Studio.Go("Watch");
        await Page.GetByText("values and pins below are the last that came").WaitForAsync();
        await StudioFixture.Button(Page, "Plug the board in").ClickAsync();
        await second.Locator(".badge.good").WaitForAsync();
        await Page.Locator(".badge.good").WaitForAsync();
        await Page.GetByText("are the last that came").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    /// <summary>A computer that sleeps loses its connections, and the page's is opened again when it wakes.</summary>
    [TestMethod]
    public async Task AfterASleepThePageGoesOnWhereItWasAndLacksNoRow()
    {
        await Studio.Simulate();
        IPage page = await Studio.Context.NewPageAsync();
        List<IWebSocketRoute> sockets = [];
        await page.RouteWebSocketAsync("**/_blazor*", socket =>
        {
            socket.ConnectToServer();
            sockets.Add(socket);
        });
        await page.GotoAsync(Studio.Studio.Origin + "/record");
        await StudioFixture.Until(page, "() => document.querySelector('canvas.plot')?.plot?.count > 5");
        await page.GetByLabel("Labels, separated by commas").FillAsync("dry");
        Assert.HasCount(1, sockets);
        await sockets[0].CloseAsync();
        await WaitFor(() => sockets.Count > 1, "that it connects again");
        double before = await page.EvaluateAsync<double>("document.querySelector('canvas.plot').plot.time(document.querySelector('canvas.plot').plot.count - 1)");
        await StudioFixture.Until(page, "before => { const plot = document.querySelector('canvas.plot').plot; return plot.time(plot.count - 1) > before + 500; }", before);
        Assert.AreEqual(0, await page.EvaluateAsync<int>("document.querySelector('canvas.plot').plot.lost"), "rows of the sleep come afterwards");
        Assert.AreEqual("dry", await page.GetByLabel("Labels, separated by commas").InputValueAsync(), "what was typed is still there");
        await StudioFixture.Button(page, "Begin the session").ClickAsync();
        await page.Locator(".label-button").WaitForAsync();
    }

    [TestMethod]
    public async Task AHostilePageOnAnotherPortNeitherReadsNorActs()
    {
        using System.Net.HttpListener hostile = new();
        string origin = $"http://127.0.0.1:{FreePort()}";
        hostile.Prefixes.Add(origin + "/");
        hostile.Start();
        _ = Task.Run(async () =>
        {
            while (hostile.IsListening)
            {
                System.Net.HttpListenerContext context = await hostile.GetContextAsync();
                context.Response.ContentType = "text/html";
                await context.Response.OutputStream.WriteAsync("<!DOCTYPE html><html><body>hostile</body></html>"u8.ToArray());
                context.Response.Close();
            }
        });
        IPage page = await Studio.Context.NewPageAsync();
        await page.GotoAsync(origin);
        string[] tried = await page.EvaluateAsync<string[]>(
            """
            async studio => {
                const tries = {
                    read: async () => (await fetch(studio + '/', { credentials: 'include' })).status,
                    blind: async () => (await fetch(studio + '/_framework/blazor.web.js', { mode: 'no-cors', credentials: 'include' })).type + ' answered',
                    script: () => new Promise((done, fail) => { const s = document.createElement('script'); s.onload = () => done('ran'); s.onerror = () => fail(new Error('refused')); s.src = studio + '/_framework/blazor.web.js'; document.body.append(s); }),
                    socket: () => new Promise((done, fail) => { const s = new WebSocket(studio.replace('http', 'ws') + '/_blazor'); s.onopen = () => done('open'); s.onerror = () => fail(new Error('refused')); }),
                };
                const told = [];
                for (const [name, attempt] of Object.entries(tries)) {
                    try { told.push(`${name}: ${await attempt()}`); } catch (e) { told.push(`${name}: refused`); }
                }
                return told;
            }
            """,
            Studio.Studio.Origin);
        CollectionAssert.AreEqual(new[] { "read: refused", "blind: refused", "script: refused", "socket: refused" }, tried);

        // A link of that page, and a frame in it.
        await page.EvaluateAsync("studio => { const f = document.createElement('iframe'); f.src = studio; document.body.append(f); }", Studio.Studio.Origin);
        await page.WaitForTimeoutAsync(500);
        Assert.IsFalse(page.Frames.Skip(1).Any(frame => frame.Url == Studio.Studio.Origin + "/" && frame.ChildFrames.Count >= 0 && frame.GetByText("NeuralEdge studio").IsVisibleAsync().Result), "no frame shows the studio");
        IResponse? followed = await page.RunAndWaitForResponseAsync(
            () => page.EvaluateAsync("studio => { location.href = studio; }", Studio.Studio.Origin),
            answer => answer.Request.IsNavigationRequest && answer.Frame == page.MainFrame);
        Assert.AreEqual(403, followed!.Status);
        hostile.Stop();
    }

    private static async Task WaitFor(Func<bool> condition, string what)
    {
        for (int i = 0; i < 300; i++)
        {
            if (condition())
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail($"waited 30 s for {what}");
    }

    private static int FreePort()
    {
        using System.Net.Sockets.TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
