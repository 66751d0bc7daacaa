using System.Text.Json;
using Spearmint.Domain;
using Spearmint.Host.Experiments.Reading;
using Spearmint.Host.Targets;

namespace Spearmint.Host.Experiments;

/// <summary>Keeps the secrets that a file holds out of its text.</summary>
internal static class FileSecrets
{
    /// <summary>The text without values whose key looks like a secret or that <c>secrets</c> names, wherever they stand.</summary>
    /// <param name="text">The text of a file that has been read.</param>
    /// <param name="configs">Its configs.</param>
    public static string Scrub(string text, ConfigSet configs)
    {
        var found = new HashSet<string>();
        foreach (var config in configs)
            Collect(config.Values, config.RedactedValues, found);

        var shown = YamlText.Read(text, new FileProblems()) is { } top ? new SecretPlaces(top).Blot(text) : "";
        return new Secrets(found).Scrub(shown);
    }

    // what is blotted out in the one is a secret in the other
    private static void Collect(JsonElement value, JsonElement redacted, HashSet<string> found)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    Collect(member.Value, redacted.ValueKind == JsonValueKind.Object ? redacted.GetProperty(member.Name) : redacted, found);
                break;
            case JsonValueKind.Array:
                for (var index = 0; index < value.GetArrayLength(); index++)
                    Collect(value[index], redacted.ValueKind == JsonValueKind.Array ? redacted[index] : redacted, found);
                break;
            case JsonValueKind.String or JsonValueKind.Number when value.ToString() != redacted.ToString():
                found.Add(value.ToString());
                break;
        }
    }
}
