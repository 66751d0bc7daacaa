using System.Globalization;
using System.Text.Json;

namespace Spearmint.Domain;

/// <summary>Dotted paths into the values of a config: keys of objects, numbers for places in arrays.</summary>
internal static class ConfigPath
{
    public static JsonElement Find(Config config, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var element = config.Values;
        foreach (var step in path.Split('.'))
        {
            if (!TryStep(element, step, out var next))
                throw new KeyNotFoundException($"Config '{config.Id}' has no value at '{path}': '{step}' is missing. There is: {Describe(element)}.");
            element = next;
        }

        return element;
    }

    private static bool TryStep(JsonElement element, string step, out JsonElement next)
    {
        next = default;
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return element.TryGetProperty(step, out next) || TryIgnoringCase(element, step, out next);
            case JsonValueKind.Array when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < element.GetArrayLength():
                next = element[index];
                return true;
            default:
                return false;
        }
    }

    private static bool TryIgnoringCase(JsonElement element, string step, out JsonElement next)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (string.Equals(property.Name, step, StringComparison.OrdinalIgnoreCase))
            {
                next = property.Value;
                return true;
            }
        }

        next = default;
        return false;
    }

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => string.Join(", ", element.EnumerateObject().Select(property => property.Name)) is { Length: > 0 } keys ? keys : "nothing",
        JsonValueKind.Array => $"an array of {element.GetArrayLength()}",
        var kind => $"a {kind.ToString().ToLowerInvariant()}",
    };
}
