using Microsoft.Playwright;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.StudioTests.Browser;

/// <summary>Tests of pages in a browser: all share one studio and one Chromium, and each finds neither a board nor a session.</summary>
[TestClass]
public abstract class BrowserTests
{
    private static StudioFixture? _shared;

    public TestContext TestContext { get; set; } = null!;

    private protected static StudioFixture Studio => _shared!;

    private protected static IPage Page => Studio.Page;

    [TestInitialize]
    public async Task Begin()
    {
        bool isFirst = _shared is null;
        _shared ??= await StudioFixture.StartAsync();
        if (!isFirst)
        {
            await _shared.ClearAsync();
        }
    }

    [TestCleanup]
    public void NothingWasComplainedAbout()
    {
        if (_shared is not null && TestContext.CurrentTestOutcome == UnitTestOutcome.Passed)
        {
            Assert.IsEmpty(_shared.Complaints, string.Join('\n', _shared.Complaints));
        }
    }

    [AssemblyCleanup]
    public static async Task End()
    {
        if (_shared is not null)
        {
            await _shared.DisposeAsync();
        }
    }
}
