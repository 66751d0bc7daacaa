using System.Security.Claims;

namespace Spearmint.Host.Security;

/// <summary>Who somebody is by the key that they have.</summary>
internal static class Identity
{
    private const string Fingerprint = "spearmint:key";

    public static ClaimsPrincipal Of(AccessKey key, string scheme) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, key.Name), new(ClaimTypes.Name, key.Name), new(ClaimTypes.Role, key.Role), new(Fingerprint, key.Fingerprint)],
        scheme));

    /// <summary>The name of the key, for the audit list.</summary>
    public static string NameOf(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Name) ?? "nobody";

    public static string? RoleOf(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Role);

    /// <summary>Whether the key of a session is still there.</summary>
    public static bool IsValid(ClaimsPrincipal? user, KeyRing keys) => user is not null
        && keys.Has(user.FindFirstValue(ClaimTypes.Name), user.FindFirstValue(ClaimTypes.Role), user.FindFirstValue(Fingerprint));
}
