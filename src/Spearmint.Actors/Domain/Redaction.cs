using System.Text.Json;

namespace Spearmint.Domain;

/// <summary>Keeps secrets out of what leaves the process: values under a key that looks like one, values marked by path, and their text anywhere else.</summary>
internal static class Redaction
{
    public const string Blot = "***";

    // shorter texts are no secrets, and blotting them out would make every message unreadable
    private const int MinScrubbed = 3;

    /// <summary>The values with every secret replaced.</summary>
    public static JsonElement Redact(JsonElement values, IReadOnlyCollection<string> paths) =>
        Rewrite(values, key: null, (path, key, value) => IsSecret(path, key, value, paths) ? Blot : null);

    /// <summary>A value from somewhere else, such as an output, without what looks secret by key or contains a known secret.</summary>
    /// <param name="value">The value.</param>
    /// <param name="secrets">The known secrets, longest first.</param>
    /// <param name="above">The key that the value stands under, where it is a part of something.</param>
    public static JsonElement Redact(JsonElement value, IReadOnlyList<string> secrets, string? above = null) =>
        Rewrite(value, above, (_, key, leaf) =>
            SecretKeys.LooksSecret(key, leaf) ? Blot
            : leaf.ValueKind == JsonValueKind.String && Scrub(leaf.GetString()!, secrets) is var text && text != leaf.GetString() ? text
            : leaf.ValueKind == JsonValueKind.Number && secrets.Contains(leaf.GetRawText()) ? Blot
            : null);

    /// <summary>The secrets of configs, longest first so that one that contains another goes whole.</summary>
    public static IReadOnlyList<string> SecretsOf(IEnumerable<Config> configs) =>
        [.. configs.SelectMany(config => config.SecretValues).Distinct().OrderByDescending(secret => secret.Length)];

    /// <summary>The text with every secret in it replaced.</summary>
    public static string Scrub(string text, IReadOnlyList<string> secrets)
    {
        foreach (var secret in secrets)
            text = text.Replace(secret, Blot, StringComparison.Ordinal);

        return text;
    }

    /// <summary>The secrets among the values as texts, longest first so that one that contains another goes whole.</summary>
    public static IReadOnlyList<string> SecretsIn(JsonElement values, IReadOnlyCollection<string> paths)
    {
        var secrets = new HashSet<string>();
        Walk(values, path: "", key: null, (path, key, leaf) =>
        {
            if (leaf.ValueKind is not (JsonValueKind.String or JsonValueKind.Number) || !IsSecret(path, key, leaf, paths))
                return;
            if (leaf.ToString() is { Length: >= MinScrubbed } text)
                secrets.Add(text);
        });
        return secrets.Count == 0 ? [] : [.. secrets.OrderByDescending(secret => secret.Length)];
    }

    private static bool IsSecret(string path, string? key, JsonElement leaf, IReadOnlyCollection<string> paths) =>
        SecretKeys.LooksSecret(key, leaf) || paths.Any(marked => IsAtOrBelow(path, marked));

    private static bool IsAtOrBelow(string path, string marked) =>
        path.StartsWith(marked, StringComparison.OrdinalIgnoreCase) && (path.Length == marked.Length || path[marked.Length] == '.');

    private static void Walk(JsonElement element, string path, string? key, Action<string, string?, JsonElement> onLeaf)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                    Walk(property.Value, Below(path, property.Name), Inherit(key, property.Name), onLeaf);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                    Walk(item, Below(path, $"{index++}"), key, onLeaf);
                break;
            default:
                onLeaf(path, key, element);
                break;
        }
    }

    private static JsonElement Rewrite(JsonElement element, string? key, Func<string, string?, JsonElement, string?> replacement)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = ConfigJson.Options.Encoder }))
            Rewrite(element, path: "", key, writer, replacement);

        return JsonElement.Parse(stream.ToArray());
    }

    private static void Rewrite(
        JsonElement element, string path, string? key, Utf8JsonWriter writer, Func<string, string?, JsonElement, string?> replacement)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Rewrite(property.Value, Below(path, property.Name), Inherit(key, property.Name), writer, replacement);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                var index = 0;
                foreach (var item in element.EnumerateArray())
                    Rewrite(item, Below(path, $"{index++}"), key, writer, replacement);
                writer.WriteEndArray();
                break;
            default:
                if (replacement(path, key, element) is { } text)
                    writer.WriteStringValue(text);
                else
                    element.WriteTo(writer);
                break;
        }
    }

    private static string Below(string path, string step) => path.Length == 0 ? step : $"{path}.{step}";

    // everything below a key that looks secret is secret, whatever its own key says
    private static string Inherit(string? above, string key) => SecretKeys.LooksSecret(above) ? above! : key;
}
