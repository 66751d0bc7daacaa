using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Spearmint.Domain;

namespace Spearmint.Comparing;

/// <summary>An output as JSON, and the objects that were written.</summary>
/// <param name="Json">The JSON.</param>
/// <param name="Parts">The objects in it in the order of their writing, the output itself among them; texts, numbers and the like are none.</param>
internal sealed record OutputJson(JsonElement Json, IReadOnlyList<WrittenPart> Parts)
{
    // what is larger would take too long to read, and nobody reads the differences
    private const int MaxBytes = 1_048_576;

    // as outputs are recorded; NaN and the infinities are written too, as texts
    private static readonly JsonSerializerOptions Options = new(ConfigJson.Options)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NoteParts } },
    };

    [ThreadStatic]
    private static List<WrittenPart>? _parts;

    /// <summary>The output as JSON; null where it cannot be written.</summary>
    public static OutputJson? Of(object output)
    {
        // a getter may compare in its turn
        var (parts, outer) = (new List<WrittenPart>(), _parts);
        _parts = parts;
        try
        {
            return Write(output) is { } json ? new OutputJson(json, parts) : null;
        }
        finally
        {
            _parts = outer;
        }
    }

    /// <summary>The output's JSON to find differences in; null where it cannot be written, or is larger than 1 MiB.</summary>
    public static JsonElement? Read(object? output) =>
        Write(output) is { } json && JsonMarshal.GetRawUtf8Value(json).Length <= MaxBytes ? json : null;

    private static JsonElement? Write(object? output)
    {
        try
        {
            return JsonSerializer.SerializeToElement(output, Options);
        }
        catch (Exception)
        {
            // the getters of an output are the user's code; and cycles, functions and the like have no JSON
            return null;
        }
    }

    private static void NoteParts(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.None)
            return;

        var users = type.OnSerializing;
        type.OnSerializing = part =>
        {
            _parts?.Add(new WrittenPart(part, type));
            users?.Invoke(part);
        };
    }
}
