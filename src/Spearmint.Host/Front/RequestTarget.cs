namespace Spearmint.Host.Front;

/// <summary>The path and the query of a request to a front, as they came: nothing is decoded, so that nothing is decoded twice.</summary>
/// <param name="Path">What follows the name of the experiment; empty, or begins with a slash.</param>
/// <param name="Query">Empty, or begins with a question mark.</param>
internal readonly record struct RequestTarget(string Path, string Query)
{
    private const string Prefix = "/x/";

    /// <summary>Splits a target such as <c>/x/shop/items/1?q=a</c>; null where its path leads out of the service, or back.</summary>
    /// <param name="raw">The target as it stands in the request line.</param>
    public static RequestTarget? Of(string raw)
    {
        // a proxy may be sent a whole address
        if (!raw.StartsWith('/'))
        {
            var authority = raw.IndexOf("://", StringComparison.Ordinal);
            var start = authority < 0 ? -1 : raw.IndexOf('/', authority + 3);
            if (start < 0)
                return null;
            raw = raw[start..];
        }

        var query = raw.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? raw : raw[..query];
        if (!path.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || raw.Any(char.IsControl) || LeadsElsewhere(path))
            return null;

        var rest = path.IndexOf('/', Prefix.Length);
        return new RequestTarget(rest < 0 ? "" : path[rest..], query < 0 ? "" : raw[query..]);
    }

    // a service may take %2f for a slash, and a backslash too; some take what follows a ';' out of a segment
    private static bool LeadsElsewhere(string path)
    {
        var unescaped = Uri.UnescapeDataString(path);
        return unescaped.Any(char.IsControl) || unescaped.Split('/', '\\').Any(segment => segment.Split(';')[0] is "." or "..");
    }
}
