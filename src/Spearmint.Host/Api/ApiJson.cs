using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Spearmint.Host.Api;

/// <summary>How the API writes JSON.</summary>
internal static class ApiJson
{
    /// <summary>The same for outputs, which are written on their own before the response begins.</summary>
    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>camelCase names and enums; nulls are written, so that every object has all its members.</summary>
    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        // the responses are application/json and never part of a page: a quote in a message can stay readable
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        return options;
    }

    /// <summary>An output; where it cannot be written as JSON, a text that says so, as the records do.</summary>
    public static JsonElement? Element(object? output)
    {
        if (output is null)
            return null;

        try
        {
            return JsonSerializer.SerializeToElement(output, output.GetType(), Options);
        }
        catch (Exception e)
        {
            // the getters of an output are the user's code, and the run is a success all the same
            return JsonSerializer.SerializeToElement($"(not written: {output.GetType().Name} cannot be written as JSON: {e.GetType().Name})", Options);
        }
    }
}
