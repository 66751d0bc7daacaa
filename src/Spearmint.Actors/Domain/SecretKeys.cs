using System.Text.Json;
using System.Text.RegularExpressions;

namespace Spearmint.Domain;

/// <summary>Which keys look as if their value were a secret.</summary>
internal static partial class SecretKeys
{
    private static readonly HashSet<string> Words =
    [
        "key", "keys", "token", "tokens", "secret", "secrets", "password", "passwords", "passwd", "pwd", "passphrase", "credential", "credentials",
    ];

    // keys written without any sign between their words
    private static readonly string[] Endings =
    [
        "apikey", "apikeys", "accesskey", "secretkey", "privatekey", "token", "secret", "password", "passwd", "pwd", "connectionstring", "connectionstrings",
    ];

    public static bool LooksSecret(string? key, JsonElement value) => LooksSecret(key) && !IsCount(key!, value);

    public static bool LooksSecret(string? key)
    {
        if (string.IsNullOrEmpty(key))
            return false;

        var words = Word().Matches(key).Select(match => match.Value.ToLowerInvariant()).ToList();
        var joined = string.Concat(words);
        return words.Any(Words.Contains) || Endings.Any(joined.EndsWith) || joined.Contains("connectionstring", StringComparison.Ordinal);
    }

    // maxTokens: 800 is a setting of a language model, not a secret; tokens: ["..."] is one
    private static bool IsCount(string key, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && key.EndsWith("tokens", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")]
    private static partial Regex Word();
}
