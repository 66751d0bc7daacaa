namespace Spearmint.Host.Front;

/// <summary>How requests are passed on.</summary>
/// <param name="ShadowMethods">The methods that may be sent to more than one config.</param>
/// <param name="KeyHeader">The header that says whom a request is for; null where none does.</param>
internal sealed record FrontRules(IReadOnlyCollection<string> ShadowMethods, string? KeyHeader)
{
    /// <summary>Methods that change nothing, by RFC 9110: they may be sent more than once.</summary>
    public static IReadOnlyCollection<string> SafeMethods { get; } = ["GET", "HEAD", "OPTIONS"];
}
