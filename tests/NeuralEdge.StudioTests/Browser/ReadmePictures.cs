using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.StudioTests.Browser;

/// <summary>
/// Makes the README's pictures of the studio, of a simulated board that somebody teaches: NEURALEDGE_PICTURES=FOLDER says where to, from
/// the repository's root, and without it there is nothing to do.
/// </summary>
[TestClass]
public sealed class ReadmePictures : BrowserTests
{
    private const string Water = "1";
    private const string Wait = "2";

    // Counts of soil and light: only where the soil is dry and the sun is low is it time to water.
    private static readonly (string Key, int Soil, int Light)[] Taught =
    [
        (Water, 2700, 900), (Wait, 1300, 1000), (Wait, 2600, 3200), (Water, 2850, 1100), (Wait, 1200, 3000), (Wait, 1450, 1300),
        (Water, 2600, 1000), (Wait, 2800, 3000), (Wait, 1250, 800), (Water, 2750, 1300), (Wait, 1400, 3100), (Water, 2650, 800),
    ];

    private static readonly (int Soil, int Light)[] Watched = [(1300, 1000), (2700, 950), (2650, 3100), (1300, 3000), (1350, 1000), (2750, 1100)];

    private int _soil = 1300;
    private int _light = 1000;

    private static string? Folder => Environment.GetEnvironmentVariable("NEURALEDGE_PICTURES") is { Length: > 0 } folder ? Path.Combine(Root(), folder) : null;

    [TestMethod]
    public async Task RecordTrainAndWatch()
    {
        if (Folder is null)
        {
            Assert.Inconclusive("NEURALEDGE_PICTURES names no folder for the pictures.");
        }

        await Page.SetViewportSizeAsync(1280, 900);
        await Studio.Simulate();
        await Studio.Go("Record");
        await Page.GetByLabel("Labels, separated by commas").FillAsync("water,wait");
        await Studio.LeaveOut("adc4", "adc5", "adc6", "adc7");

        await Page.GetByLabel("Rows a second").SelectOptionAsync(new SelectOptionValue { Label = "20" });
        await StudioFixture.Button(Page, "Begin the session").ClickAsync();
        foreach ((string key, int soil, int light) in Taught)
        {
            await Move(soil, light, 5);
            await StudioFixture.Heading(Page, "Record").ClickAsync();
            await Page.Keyboard.DownAsync(key);
            await Move(soil + 120, light + 150, 8);
            await Page.Keyboard.UpAsync(key);
        }

        await Take("record", 676);
        await Studio.Go("Train");
        await Studio.Train();
        await Page.GetByRole(AriaRole.Heading, new() { Name = "What each input is worth" }).WaitForAsync();
        await Take("train", 820);

        await Studio.Go("Wire and upload");
        await Page.GetByRole(AriaRole.Group, new() { Name = "water", Exact = true }).GetByLabel("Rule").SelectOptionAsync("threshold");
        await Page.GetByRole(AriaRole.Group, new() { Name = "water", Exact = true }).GetByLabel("Pin").SelectOptionAsync("18");
        await StudioFixture.Button(Page, "Upload").ClickAsync();
        await Page.GetByText("runs it in test").First.WaitForAsync();
        await Studio.Go("Watch");
        foreach ((int soil, int light) in Watched)
        {
            await Move(soil, light, 6);
            await Move(soil + 120, light + 150, 10);
        }

        await Page.Locator("td[data-pin=water]", new() { HasText = "GPIO 18 on" }).WaitForAsync();
        await Take("watch", 720);
    }

    /// <summary>The repository: the folder above this test that has the solution.</summary>
    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "NeuralEdge.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    /// <summary>Sun and water come and go, in steps that a picture does not show.</summary>
    private async Task Move(int soil, int light, int steps)
    {
        (int oldSoil, int oldLight) = (_soil, _light);
        for (int step = 1; step <= steps; step++)
        {
            await Studio.Hold(0, _soil = oldSoil + ((soil - oldSoil) * step / steps));
            await Studio.Hold(3, _light = oldLight + ((light - oldLight) * step / steps));
            await Page.WaitForTimeoutAsync(150);
        }
    }

    private static async Task Take(string name, int height)
    {
        await Page.EvaluateAsync("() => scrollTo(0, 0)");
        await Page.Mouse.MoveAsync(1270, height);
        await Page.WaitForTimeoutAsync(600);
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder!, $"studio-{name}.png"), Clip = new Clip { Width = 1280, Height = height } });
    }
}
