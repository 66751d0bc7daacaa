using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Spearmint.Host.Api;

namespace Spearmint.Host.Security;

/// <summary>Lets no other site act for somebody who has a session here.</summary>
internal static class CrossSite
{
    public const string TokenHeader = "X-Spearmint-Antiforgery";

    private static readonly string[] FetchedHere = ["same-origin", "none"];

    /// <summary>Refuses what would change something and comes from the page of another site, or from a session without the token of <c>GET /api/v1/session</c>.</summary>
    public static void RefuseCrossSite(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (Front.IsFor(context) || IsSafe(context.Request.Method))
            await next(context);
        else if (IsFromElsewhere(context.Request))
            await Problems.WriteAsync(context, 403, "Another site", "The request comes from the page of another site (Origin, Sec-Fetch-Site), which may not change anything here.");
        else if (IsSession(context) && !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
            await Problems.WriteAsync(context, 403, "Antiforgery token missing", $"A session that changes something sends the token that GET /api/v1/session gives in the header {TokenHeader}.");
        else
            await next(context);
    });

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsSession(HttpContext context) => context.User.Identity is { IsAuthenticated: true, AuthenticationType: CookieAuthenticationDefaults.AuthenticationScheme };

    private static bool IsFromElsewhere(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ Length: > 0 } site] && !FetchedHere.Contains(site, StringComparer.OrdinalIgnoreCase))
            return true;

        // without the scheme, which a proxy that ends TLS changes
        return request.Headers.Origin is [{ Length: > 0 } origin]
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(AuthorityOf(request, from), StringComparison.OrdinalIgnoreCase));
    }

    // a browser leaves the usual port of a scheme out of both
    private static string AuthorityOf(HttpRequest request, Uri from) =>
        Uri.TryCreate($"{from.Scheme}://{request.Host.Value}", UriKind.Absolute, out var here) ? here.Authority : "";
}
