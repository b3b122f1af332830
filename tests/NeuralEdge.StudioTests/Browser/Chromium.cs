using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.StudioTests.Browser;

/// <summary>The Chromium of this computer; none is ever downloaded.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome.exe", "msedge.exe"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Starts it; the test is skipped, and says so, where there is none.</summary>
    internal static async Task<Chromium> StartAsync()
    {
        string? path = Find();
        if (path is null)
        {
            Assert.Inconclusive("There is no Chromium on this computer, so the studio's pages are not tried in a browser; apt-get install chromium, or its like.");
        }

        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = ["--no-sandbox"] });
        return new Chromium(playwright, browser);
    }

    /// <summary>Somebody's browser, with cookies of its own.</summary>
    internal Task<IBrowserContext> OpenAsync(int width = 1600, int height = 1000, ColorScheme colours = ColorScheme.Light) =>
        _browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = colours });

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static string? Find()
    {
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append("/Applications/Google Chrome.app/Contents/MacOS")
            .Append(@"C:\Program Files\Google\Chrome\Application")
            .Append(@"C:\Program Files (x86)\Microsoft\Edge\Application");
        return folders.SelectMany(folder => Names.Append("Google Chrome").Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
