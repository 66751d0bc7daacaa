namespace Spearmint.Host.Security;

/// <summary>The addresses that pass requests on to the services behind them: what is there belongs to those services.</summary>
internal static class Front
{
    private const string Prefix = "/x";

    /// <summary>Whether a request is one of those: no key is looked for, and nothing is added to its answer.</summary>
    public static bool IsFor(HttpContext context) => context.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase);
}
