using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Spearmint.Host.Targets;

/// <summary>Values that leave for a target and come back to nobody: they are blotted out of outputs and errors.</summary>
internal sealed class Secrets
{
    private const string Blot = "***";

    // shorter texts are no secrets, and blotting them out would make everything unreadable
    private const int Shortest = 3;

    private readonly string[] _texts;

    /// <param name="values">The values, in the forms that they have in URLs and in JSON too.</param>
    public Secrets(IEnumerable<string> values) => _texts =
    [
        .. values.Where(value => value.Length >= Shortest)
            .SelectMany(value => new[]
            {
                value, Uri.EscapeDataString(value), JavaScriptEncoder.Default.Encode(value), JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value),
            })
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(text => text.Length),
    ];

    public static Secrets None { get; } = new([]);

    public bool IsNone => _texts.Length == 0;

    public string Scrub(string text)
    {
        foreach (var secret in _texts)
            text = text.Replace(secret, Blot, StringComparison.Ordinal);

        return text;
    }

    /// <summary>The value without secrets, in its names too.</summary>
    public JsonElement Scrub(JsonElement value) =>
        IsNone || !_texts.Any(value.GetRawText().Contains) && !HasEscapes(value) ? value : JsonSerializer.SerializeToElement(Rewritten(value));

    // a text may be written with escapes that none of the known forms has
    private static bool HasEscapes(JsonElement value) => value.GetRawText().Contains('\\', StringComparison.Ordinal);

    private JsonNode? Rewritten(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var member in value.EnumerateObject())
                    members[Scrub(member.Name)] = Rewritten(member.Value);

                return members;
            case JsonValueKind.Array:
                return new JsonArray([.. value.EnumerateArray().Select(Rewritten)]);
            case JsonValueKind.String:
                return Scrub(value.GetString()!);
            default:
                return _texts.Contains(value.GetRawText()) ? Blot : JsonNode.Parse(value.GetRawText());
        }
    }
}
