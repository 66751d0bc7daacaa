using System.Text.Json;

namespace Spearmint.Host.Api.Control;

/// <summary>Reads what a member of a change says, or says what would be right.</summary>
internal static class Member
{
    public static bool Flag(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, value, "true or false"),
    };

    public static double Number(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : throw Wrong(name, value, "a number");

    public static int Whole(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong(name, value, "a whole number");

    public static int? WholeOrNull(string name, JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : Whole(name, value);

    public static TimeSpan Milliseconds(string name, JsonElement value)
    {
        var milliseconds = Number(name, value);
        return milliseconds is > 0 and <= 86_400_000 ? TimeSpan.FromMilliseconds(milliseconds) : throw Wrong(name, value, "above 0 and at most 86400000 milliseconds, which is a day");
    }

    public static TimeSpan? MillisecondsOrNull(string name, JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : Milliseconds(name, value);

    public static DateTimeOffset? TimeOrNull(string name, JsonElement value) => value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? Query.Time(name, value.GetString())
        : throw Wrong(name, value, "a time such as \"2026-11-22T12:00:00Z\", or null");

    public static T OneOf<T>(string name, JsonElement value)
        where T : struct, Enum =>
        (value.ValueKind == JsonValueKind.String ? Query.OneOf<T>(name, value.GetString()) : null)
        ?? throw Wrong(name, value, "one of " + string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)));

    public static IEnumerable<string> Texts(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? value.EnumerateArray().Select(item => item.GetString()!)
            : throw Wrong(name, value, "a list of texts");

    public static JsonElement Object(string name, JsonElement value) => value.ValueKind == JsonValueKind.Object ? value : throw Wrong(name, value, "an object");

    public static BadRequestException Wrong(string name, JsonElement value, string right) => new($"{name} is {Short(value.GetRawText())} and must be {right}.");

    private static string Short(string text) => text.Length <= 100 ? text : text[..100] + "...";
}
