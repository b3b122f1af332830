using System.Net;
using System.Net.WebSockets;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace NeuralEdge.StudioTests.Hosting;

/// <summary>Nobody gets in but whoever opened the address that was printed.</summary>
[TestClass]
public sealed class AccessTests
{
    private static StudioProcess _studio = null!;
    private static CookieContainer _cookies = null!;

    [ClassInitialize]
    public static async Task OpenTheAddress(TestContext context)
    {
        _studio = new StudioProcess();
        _cookies = new CookieContainer();
        using HttpClient client = _studio.Client(_cookies);
        using HttpResponseMessage answer = await client.GetAsync(_studio.Address, context.CancellationToken);
        Assert.AreEqual(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.AreEqual("/", answer.Headers.Location!.ToString(), "the token stays in no history");
        string cookie = answer.Headers.GetValues("Set-Cookie").Single();
        StringAssert.StartsWith(cookie, $"neuraledge-{_studio.Address.Port}=", "two studios do not overwrite each other's");
        StringAssert.Contains(cookie, "samesite=strict");
        StringAssert.Contains(cookie, "httponly");
    }

    [ClassCleanup]
    public static void End() => _studio.Dispose();

    [TestMethod]
    [DataRow("/")]
    [DataRow("/_framework/blazor.web.js")]
    [DataRow("/_content/NeuralEdge.Studio/studio.css")]
    [DataRow("/_content/MudBlazor/MudBlazor.min.css")]
    public async Task WhoHasTheCookieGetsThePageAndItsFiles(string path) => Assert.AreEqual(HttpStatusCode.OK, await Ask(path));

    [TestMethod]
    [DataRow("/")]
    [DataRow("/_framework/blazor.web.js")]
    [DataRow("/_blazor/negotiate")]
    [DataRow("/nosuch")]
    public async Task WithoutTheCookieThereIsNothing(string path) => Assert.AreEqual(HttpStatusCode.Unauthorized, await Ask(path, withCookie: false));

    [TestMethod]
    public async Task TheAddressWorksOnceOnly()
    {
        Assert.AreEqual(HttpStatusCode.Unauthorized, await Ask(_studio.Address.PathAndQuery, withCookie: false));
        Assert.AreEqual(HttpStatusCode.Unauthorized, await Ask("/?t=" + new string('0', 64), withCookie: false));
        Assert.AreEqual(HttpStatusCode.Redirect, await Ask(_studio.Address.PathAndQuery), "who is in already may open it again");
    }

    [TestMethod]
    [DataRow("localhost")]
    [DataRow("evil.example")]
    [DataRow("127.0.0.1.evil.example")]
    public async Task AnotherNameOfThisComputerIsRefused(string name)
    {
        Assert.AreEqual(HttpStatusCode.MisdirectedRequest, await Ask("/", ("Host", $"{name}:{_studio.Address.Port}")));
        Assert.AreEqual(HttpStatusCode.MisdirectedRequest, await Ask("/", ("Host", "127.0.0.1")));
    }

    [TestMethod]
    [DataRow("Origin", "http://127.0.0.1:1")]
    [DataRow("Origin", "https://evil.example")]
    [DataRow("Origin", "null")]
    [DataRow("Sec-Fetch-Site", "cross-site")]
    [DataRow("Sec-Fetch-Site", "same-site")]
    public async Task ARequestOfAnotherPageIsRefusedWithTheCookieToo(string header, string value)
    {
        Assert.AreEqual(HttpStatusCode.Forbidden, await Ask("/", (header, value)));
        Assert.AreEqual(HttpStatusCode.Forbidden, await Ask("/_framework/blazor.web.js", (header, value)));
        Assert.AreEqual(HttpStatusCode.Forbidden, await Ask(_studio.Address.PathAndQuery, (header, value)));
    }

    [TestMethod]
    public async Task ItsOwnPageMayAsk()
    {
        Assert.AreEqual(HttpStatusCode.OK, await Ask("/", ("Origin", _studio.Origin)));
        Assert.AreEqual(HttpStatusCode.OK, await Ask("/", ("Sec-Fetch-Site", "same-origin")));
        Assert.AreEqual(HttpStatusCode.OK, await Ask("/", ("Sec-Fetch-Site", "none")));
    }

    [TestMethod]
    public async Task AWebsocketNeedsOurOriginAndTheCookie()
    {
        Assert.AreEqual(HttpStatusCode.SwitchingProtocols, await OpenSocket(_studio.Origin, withCookie: true));
        Assert.AreEqual(HttpStatusCode.Forbidden, await OpenSocket("http://127.0.0.1:1", withCookie: true), "a page on another port");
        Assert.AreEqual(HttpStatusCode.Forbidden, await OpenSocket(null, withCookie: true), "no origin");
        Assert.AreEqual(HttpStatusCode.Unauthorized, await OpenSocket(_studio.Origin, withCookie: false));
    }

    [TestMethod]
    public async Task PagesMayNotBeFramedAndLoadNothingFromElsewhere()
    {
        using HttpClient client = _studio.Client(_cookies);
        using HttpResponseMessage answer = await client.GetAsync("/");
        string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        StringAssert.Contains(policy, "default-src 'self'");
        StringAssert.Contains(policy, "frame-ancestors 'none'");
        Assert.DoesNotContain("script-src", policy, "scripts are the studio's own, and none stands in a page");
    }

    [TestMethod]
    public void CtrlCEndsItInOrderAndNothingIsLeftInTheHome()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("there is no SIGINT to send");
        }

        using StudioProcess studio = new();
        (int code, string errors) = studio.Interrupt();
        Assert.AreEqual(0, code);
        Assert.AreEqual("", errors);
        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(studio.Home, "*", SearchOption.AllDirectories).Where(File.Exists), "no keys, no session that nobody began");
    }

    private static async Task<HttpStatusCode> Ask(string path, bool withCookie) => await Ask(path, withCookie, null);

    private static async Task<HttpStatusCode> Ask(string path, (string Name, string Value)? header = null) => await Ask(path, true, header);

    private static async Task<HttpStatusCode> Ask(string path, bool withCookie, (string Name, string Value)? header)
    {
        using HttpClient client = _studio.Client(withCookie ? _cookies : null);
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        if (header is (string name, string value))
        {
            Assert.IsTrue(request.Headers.TryAddWithoutValidation(name, value));
        }

        using HttpResponseMessage answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> OpenSocket(string? origin, bool withCookie)
    {
        using ClientWebSocket socket = new();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.Cookies = withCookie ? _cookies : null;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        try
        {
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_studio.Address.Port}/_blazor"), CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return socket.HttpStatusCode;
    }
}
