using System.Text.Json;

namespace Spearmint.Host.Experiments.Reading;

/// <summary>Counts the configs of a file before they are made: sweeps over a few lists soon stand for more than fit into memory.</summary>
internal sealed class ConfigCount
{
    private const int Most = 1000;
    private const long MostCharacters = 16 << 20;
    private const string Sweep = "$sweep";

    // as deep as a file may nest, and deeper than it needs
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 256 };

    private long _configs;
    private long _characters;

    /// <summary>Whether more were counted than are taken.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Counts what a mapping of values stands for; says why that is too much, or null.</summary>
    /// <param name="json">The mapping.</param>
    public string? Add(string json)
    {
        using var document = JsonDocument.Parse(json, Reading);
        var stands = Count(document.RootElement);
        _configs += stands;
        _characters += stands * json.Length;
        IsOver = _configs > Most || _characters > MostCharacters;
        return !IsOver ? null
            : _configs > Most ? $"With this there are {(stands > Most ? "more than 1000" : $"{_configs}")} configs, and at most {Most} are taken."
            : $"With this the configs have more than {MostCharacters} characters, which is all that is taken; use fewer configs or smaller values.";
    }

    // one above the most stands for all above; what is refused later counts as one
    private static long Count(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.TryGetProperty(Sweep, out var swept):
                return swept.ValueKind == JsonValueKind.Array ? Math.Clamp(swept.EnumerateArray().Sum(Count), 1, Most + 1) : 1;
            case JsonValueKind.Object:
                return value.EnumerateObject().Aggregate(1L, (product, member) => Math.Min(product * Count(member.Value), Most + 1));
            case JsonValueKind.Array:
                return value.EnumerateArray().Aggregate(1L, (product, item) => Math.Min(product * Count(item), Most + 1));
            default:
                return 1;
        }
    }
}
