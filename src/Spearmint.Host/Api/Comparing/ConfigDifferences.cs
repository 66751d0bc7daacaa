using System.Text.Json;
using Spearmint.Host.Api.Dto;

namespace Spearmint.Host.Api.Comparing;

/// <summary>Where the values of two configs differ.</summary>
internal static class ConfigDifferences
{
    /// <summary>The places in the order of the one's names, then those that the other alone has.</summary>
    public static IEnumerable<ConfigDifferenceDto> Between(JsonElement one, JsonElement other) => Between("$", one, other);

    private static IEnumerable<ConfigDifferenceDto> Between(string path, JsonElement? one, JsonElement? other) => (one, other) switch
    {
        ({ ValueKind: JsonValueKind.Object } left, { ValueKind: JsonValueKind.Object } right) =>
            Names(left).Union(Names(right), StringComparer.Ordinal).SelectMany(name => Between(Step(path, name), Member(left, name), Member(right, name))),
        ({ ValueKind: JsonValueKind.Array } left, { ValueKind: JsonValueKind.Array } right) =>
            Enumerable.Range(0, Math.Max(left.GetArrayLength(), right.GetArrayLength())).SelectMany(index => Between($"{path}[{index}]", At(left, index), At(right, index))),
        ({ } left, { } right) when JsonElement.DeepEquals(left, right) => [],
        _ => [new ConfigDifferenceDto(path, one, other)],
    };

    private static IEnumerable<string> Names(JsonElement value) => value.EnumerateObject().Select(member => member.Name);

    private static JsonElement? Member(JsonElement value, string name) => value.TryGetProperty(name, out var member) ? member : null;

    private static JsonElement? At(JsonElement value, int index) => index < value.GetArrayLength() ? value[index] : null;

    private static string Step(string path, string name) =>
        name.Length > 0 && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_') ? $"{path}.{name}" : $"{path}[{JsonSerializer.Serialize(name, ApiJson.Options)}]";
}
