using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Spearmint.Domain;

/// <summary>Several values in the place of one: <see cref="Config.Expand"/> makes a config for each, and for each combination of several sweeps.</summary>
[JsonConverter(typeof(Converter))]
public sealed class Sweep
{
    private const string Marker = "$sweep";

    private readonly object?[] _values;

    private Sweep(object?[] values) => _values = values;

    /// <summary>A sweep over values, in this order.</summary>
    /// <param name="values">At least one value; objects may contain sweeps in their turn.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static Sweep Of(params object?[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Length > 0 ? new Sweep([.. values]) : throw Empty();
    }

    /// <summary>A sweep over values of one type, in this order.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="values">At least one value.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static Sweep Of<T>(IEnumerable<T> values) => Of([.. values.Cast<object?>()]);

    internal static bool IsIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => IsSweep(element) || element.EnumerateObject().Any(property => IsIn(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().Any(IsIn),
        _ => false,
    };

    internal static IEnumerable<JsonElement> Expand(JsonElement element) =>
        Alternatives(element).Select(node => JsonSerializer.SerializeToElement(node, ConfigJson.Options));

    private static IEnumerable<JsonNode?> Alternatives(JsonElement element)
    {
        if (IsSweep(element))
            return Swept(element).EnumerateArray().SelectMany(Alternatives);

        return element.ValueKind switch
        {
            JsonValueKind.Object => Product(element.EnumerateObject().Select(property => Alternatives(property.Value)))
                .Select(values => (JsonNode?)new JsonObject(Pairs(element, values))),
            JsonValueKind.Array => Product(element.EnumerateArray().Select(Alternatives))
                .Select(values => (JsonNode?)new JsonArray([.. values.Select(value => value?.DeepClone())])),
            JsonValueKind.Null => [null],
            _ => [JsonValue.Create(element)],
        };
    }

    // the last place turns fastest, so the first-declared key is the slowest
    private static IEnumerable<List<JsonNode?>> Product(IEnumerable<IEnumerable<JsonNode?>> places) =>
        places.Aggregate<IEnumerable<JsonNode?>, IEnumerable<List<JsonNode?>>>(
            [[]],
            (combinations, place) =>
            {
                var values = place.ToList();
                return combinations.SelectMany(combination => values, (combination, value) => new List<JsonNode?>(combination) { value });
            });

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Pairs(JsonElement element, List<JsonNode?> values) =>
        element.EnumerateObject().Select((property, index) => KeyValuePair.Create(property.Name, values[index]?.DeepClone()));

    private static bool IsSweep(JsonElement element) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(Marker, out _);

    private static JsonElement Swept(JsonElement element)
    {
        var values = element.GetProperty(Marker);
        if (element.EnumerateObject().Count() > 1 || values.ValueKind != JsonValueKind.Array)
            throw new ArgumentException($"A sweep is written {{\"{Marker}\": [value, ...]}} with nothing beside it.");

        return values.GetArrayLength() > 0 ? values : throw Empty();
    }

    private static ArgumentException Empty() => new("A sweep has no values; give it at least one.");

    private sealed class Converter : JsonConverter<Sweep>
    {
        public override Sweep Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("A sweep is expanded before a config is bound.");

        public override void Write(Utf8JsonWriter writer, Sweep value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WritePropertyName(Marker);
            JsonSerializer.Serialize(writer, value._values, options);
            writer.WriteEndObject();
        }
    }
}
