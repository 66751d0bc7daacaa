using System.Text.Json;
using Spearmint.Domain;
using Spearmint.Host.Targets;

namespace Spearmint.Host.Experiments;

/// <summary>Keeps the secrets that a config holds out of the text of its file.</summary>
internal static class FileSecrets
{
    public static string Scrub(string text, ConfigSet configs)
    {
        var found = new HashSet<string>();
        foreach (var config in configs)
            Collect(config.Values, config.RedactedValues, found);

        return new Secrets(found).Scrub(text);
    }

    // what is blotted out in the one is a secret in the other
    private static void Collect(JsonElement value, JsonElement redacted, HashSet<string> found)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    Collect(member.Value, redacted.GetProperty(member.Name), found);
                break;
            case JsonValueKind.Array:
                for (var index = 0; index < value.GetArrayLength(); index++)
                    Collect(value[index], redacted[index], found);
                break;
            case JsonValueKind.String or JsonValueKind.Number when value.ToString() != redacted.ToString():
                found.Add(value.ToString());
                break;
        }
    }
}
