namespace Spearmint.Host.Security;

/// <summary>What a browser is told about every answer of this service, those of the services behind <c>/x/</c> left out.</summary>
internal static class SecurityHeaders
{
    /// <summary>Scripts, styles and pictures of this service's own, none inline, and nobody's frame.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // as the answer starts, since an error clears what was set before
        if (!Front.IsFor(context))
            context.Response.OnStarting(static state => Set(((HttpContext)state).Request, ((HttpContext)state).Response.Headers), context);

        return next(context);
    });

    private static Task Set(HttpRequest request, IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase))
            headers.CacheControl = "no-store";

        return Task.CompletedTask;
    }
}
