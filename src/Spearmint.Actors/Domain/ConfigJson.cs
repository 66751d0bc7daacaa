using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Spearmint.Domain;

/// <summary>How values get into a config and out of it again.</summary>
internal static class ConfigJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        IncludeFields = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly JsonDocumentOptions Reading = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    public static JsonElement Snapshot(object values)
    {
        ArgumentNullException.ThrowIfNull(values);
        try
        {
            return RequireObject(JsonSerializer.SerializeToElement(values, values.GetType(), Options), values.GetType().Name);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new ArgumentException($"The values of type {values.GetType().Name} cannot be written as JSON: {e.Message}", nameof(values), e);
        }
    }

    public static JsonElement Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json, Reading);
            return RequireObject(document.RootElement.Clone(), "text");
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The config is not valid JSON: {e.Message}", nameof(json), e);
        }
    }

    public static T? Bind<T>(JsonElement element, Config config, string? path)
    {
        try
        {
            return element.Deserialize<T>(Options);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            var place = path is null ? "" : $" at '{path}'";
            throw new ConfigBindingException($"The values of config '{config.Id}'{place} do not fit {typeof(T).Name}: {e.Message}", e);
        }
    }

    private static JsonElement RequireObject(JsonElement element, string source) => element.ValueKind == JsonValueKind.Object
        ? element
        : throw new ArgumentException(
            $"A config is an object of named values; the {source} given is a JSON {element.ValueKind.ToString().ToLowerInvariant()}. (For JSON text use FromJson.)");
}
