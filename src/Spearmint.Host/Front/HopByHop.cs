namespace Spearmint.Host.Front;

/// <summary>Headers that belong to one connection and are not passed on (RFC 9110, section 7.6.1).</summary>
internal static class HopByHop
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "HTTP2-Settings",
    };

    /// <summary>The names that are not passed on: those of every connection, and those that this one names.</summary>
    public static HashSet<string> Of(IEnumerable<string?> connection) => new(
        Names.Concat(connection.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))),
        StringComparer.OrdinalIgnoreCase);
}
