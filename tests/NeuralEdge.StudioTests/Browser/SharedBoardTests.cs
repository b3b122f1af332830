using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.StudioTests.Browser;

/// <summary>One board, whoever looks at it and whatever happens to it.</summary>
[TestClass]
public sealed class SharedBoardTests
{
    private StudioFixture _studio = null!;

    [TestInitialize]
    public async Task Start() => _studio = await StudioFixture.StartAsync();

    [TestCleanup]
    public async Task End()
    {
        if (_studio is not null)
        {
            await _studio.DisposeAsync();
        }
    }

    [TestMethod]
    public async Task TwoTabsShareTheBoardAndBothSeeItGoAndComeBackAndAReloadLosesNothing()
    {
        await _studio.Simulate();
        IPage second = await _studio.Context.NewPageAsync();
        await second.GotoAsync(_studio.Studio.Origin + "/record");
        await StudioFixture.Heading(second, "Record").WaitForAsync();
        await second.GetByLabel("Labels, separated by commas").FillAsync("dry");
        await StudioFixture.Button(second, "Begin the session").ClickAsync();
        await second.Locator(".label-button").WaitForAsync();

        // What one tab records, the other one shows.
        await _studio.Go("Record");
        ILocator label = _studio.Page.Locator(".label-button");
        await second.GetByLabel("one press starts, the next one ends").CheckAsync();
        await second.Locator(".label-button").ClickAsync();
        await _studio.Page.GetByText("Recording dry.").WaitForAsync();
        Assert.AreEqual("true", await label.GetAttributeAsync("aria-pressed"));
        await second.WaitForTimeoutAsync(600);
        await second.Locator(".label-button").ClickAsync();
        await _studio.Page.GetByText("Recording dry.").WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        // A page that goes lets go, and a reload finds the session where it was.
        await second.ReloadAsync();
        await second.Locator(".label-rows", new() { HasTextRegex = new("^[1-9]") }).WaitForAsync();

        await _studio.Go("Board");
        await StudioFixture.Button(_studio.Page, "Unplug the board").ClickAsync();
        await _studio.Page.GetByText("board lost").WaitForAsync();
        await second.GetByText("board lost").WaitForAsync();
        Assert.IsTrue(await second.Locator(".label-button").IsDisabledAsync(), "there is nothing to record");
        await StudioFixture.Button(_studio.Page, "Plug the board in").ClickAsync();
        await second.Locator(".badge.good").WaitForAsync();
        await _studio.Page.Locator(".badge.good").WaitForAsync();
        Assert.IsEmpty(_studio.Complaints, string.Join('\n', _studio.Complaints));
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
        IPage page = await _studio.Context.NewPageAsync();
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
            _studio.Studio.Origin);
        CollectionAssert.AreEqual(new[] { "read: refused", "blind: refused", "script: refused", "socket: refused" }, tried);

        // A link of that page, and a frame in it.
        await page.EvaluateAsync("studio => { const f = document.createElement('iframe'); f.src = studio; document.body.append(f); }", _studio.Studio.Origin);
        await page.WaitForTimeoutAsync(500);
        Assert.IsFalse(page.Frames.Skip(1).Any(frame => frame.Url == _studio.Studio.Origin + "/" && frame.ChildFrames.Count >= 0 && frame.GetByText("NeuralEdge studio").IsVisibleAsync().Result), "no frame shows the studio");
        IResponse? followed = await page.RunAndWaitForResponseAsync(
            () => page.EvaluateAsync("studio => { location.href = studio; }", _studio.Studio.Origin),
            answer => answer.Request.IsNavigationRequest && answer.Frame == page.MainFrame);
        Assert.AreEqual(403, followed!.Status);
        hostile.Stop();
    }

    private static int FreePort()
    {
        using System.Net.Sockets.TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
