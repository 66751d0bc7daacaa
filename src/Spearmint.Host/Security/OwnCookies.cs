namespace Spearmint.Host.Security;

/// <summary>The cookies of this service, which no service behind it is sent and none can set.</summary>
internal static class OwnCookies
{
    public const string Session = "spearmint-session";

    public const string Antiforgery = "spearmint-antiforgery";

    /// <summary>Where browsers send them.</summary>
    public const string Path = "/api";

    /// <summary>A <c>Cookie</c> header without them; null where nothing is left.</summary>
    public static string? Without(string header)
    {
        var pairs = header.Split(';');
        var others = pairs.Where(pair => !Is(pair)).ToList();
        return others.Count == pairs.Length ? header : others.Count == 0 ? null : string.Join(';', others).TrimStart();
    }

    /// <summary>Whether a <c>Set-Cookie</c> header, or one pair of a <c>Cookie</c> header, is about one of them.</summary>
    public static bool Is(string pair)
    {
        // a large one is sent in parts, named with a number at their end
        var name = pair.AsSpan(0, pair.IndexOf('=', StringComparison.Ordinal) is var end and >= 0 ? end : pair.Length).Trim();
        return name.StartsWith(Session, StringComparison.OrdinalIgnoreCase) || name.StartsWith(Antiforgery, StringComparison.OrdinalIgnoreCase);
    }
}
