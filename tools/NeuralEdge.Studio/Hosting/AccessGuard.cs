using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace NeuralEdge.Studio.Hosting;

/// <summary>
/// Lets in whoever opened the address that was printed, and nobody else: stands before everything, the static files and the websocket
/// included. A cookie alone would not do: cookies know no port, and SameSite takes all of 127.0.0.1 for one site, so that a page of any
/// other program on this computer could act with it.
/// </summary>
internal sealed class AccessGuard
{
    /// <summary>The parameter of the address that has the token.</summary>
    internal const string Parameter = "t";

    private const int KeyBytes = 32;

    private readonly byte[] _cookie = Encoding.ASCII.GetBytes(NewKey());
    private readonly byte[] _token;
    private int _isUsed;

    internal AccessGuard() => _token = Encoding.ASCII.GetBytes(Token = NewKey());

    /// <summary>Opens the door once.</summary>
    internal string Token { get; }

    /// <summary>The middleware.</summary>
    internal async Task Run(HttpContext context, Func<Task> next)
    {
        context.Response.OnStarting(() =>
        {
            AddHeaders(context.Response.Headers);
            return Task.CompletedTask;
        });
        HttpRequest request = context.Request;
        string host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{context.Connection.LocalPort}");
        if (request.Host.Value != host)
        {
            // Another name for this address is what DNS rebinding brings.
            await Refuse(context, StatusCodes.Status421MisdirectedRequest, $"The studio answers to http://{host} only.");
        }
        else if (IsForeign(request, "http://" + host))
        {
            await Refuse(context, StatusCodes.Status403Forbidden, "Another page asked for this, and the studio answers its own pages only.");
        }
        else if (request.Query.TryGetValue(Parameter, out var token))
        {
            await Enter(context, token.ToString());
        }
        else if (!HasCookie(context))
        {
            await Refuse(context, StatusCodes.Status401Unauthorized, "Open the address that neuraledge studio printed; each address works once. To get another one, end the studio with Ctrl+C and start it again.");
        }
        else
        {
            await next();
        }
    }

    private static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));

    private static string CookieName(HttpContext context) => string.Create(CultureInfo.InvariantCulture, $"neuraledge-{context.Connection.LocalPort}");

    // Browsers say from where a request comes in these two; a websocket always has an origin when a page opens it.
    private static bool IsForeign(HttpRequest request, string own)
    {
        string? origin = request.Headers.Origin;
        string? site = request.Headers["Sec-Fetch-Site"];
        bool isUpgrade = request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(request.Method);
        return (origin is not null && origin != own) || (origin is null && isUpgrade) || site is not (null or "same-origin" or "none");
    }

    private static void AddHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'self'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    private static async Task Refuse(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(sentence, context.RequestAborted);
    }

    private bool HasCookie(HttpContext context) =>
        context.Request.Cookies.TryGetValue(CookieName(context), out string? cookie) && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(cookie), _cookie);

    private async Task Enter(HttpContext context, string token)
    {
        // Who is in already may open the address again: another tab.
        if (!HasCookie(context))
        {
            if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), _token) || Interlocked.Exchange(ref _isUsed, 1) != 0)
            {
                await Refuse(context, StatusCodes.Status401Unauthorized, "This address has been used, or is not the studio's. End the studio with Ctrl+C and start it again for a new one.");
                return;
            }

            context.Response.Cookies.Append(
                CookieName(context),
                Encoding.ASCII.GetString(_cookie),
                new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
        }

        // Without the token, so that it stays in no history.
        context.Response.Redirect("/");
    }
}
