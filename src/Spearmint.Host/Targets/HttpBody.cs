using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spearmint.Domain;
using Spearmint.Host.Experiments;

namespace Spearmint.Host.Targets;

/// <summary>The body of a call.</summary>
internal abstract record HttpBody
{
    public abstract HttpContent Make(Config config, ExperimentInput input);

    private protected static ByteArrayContent Content(byte[] bytes, string type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }
}

/// <summary>The input, byte for byte.</summary>
internal sealed record InputBody : HttpBody
{
    public override HttpContent Make(Config config, ExperimentInput input) =>
        Content(input.Bytes, input.Json is not null ? "application/json" : input.Text is not null ? "text/plain; charset=utf-8" : "application/octet-stream");
}

/// <summary>A text.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsJson">Whether it is JSON once it is filled.</param>
internal sealed record TextBody(Template Text, bool IsJson) : HttpBody
{
    public override HttpContent Make(Config config, ExperimentInput input) =>
        Content(Encoding.UTF8.GetBytes(Text.Expand(config, input)), IsJson ? "application/json" : "text/plain; charset=utf-8");
}

/// <summary>A JSON value. A text in it that is one placeholder becomes the value, of its own type.</summary>
/// <param name="Value">The value as it is written.</param>
/// <param name="Templates">Its texts that have placeholders.</param>
internal sealed record JsonBody(JsonElement Value, IReadOnlyDictionary<string, Template> Templates) : HttpBody
{
    public override HttpContent Make(Config config, ExperimentInput input) =>
        Content(JsonSerializer.SerializeToUtf8Bytes(Fill(Value, config, input)), "application/json");

    private JsonNode? Fill(JsonElement value, Config config, ExperimentInput input) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Fill(member.Value, config, input)))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(item => Fill(item, config, input))]),
        JsonValueKind.String when Templates.TryGetValue(value.GetString()!, out var template) => template.Only is { } only
            ? JsonNode.Parse(only.Json(config, input).GetRawText())
            : JsonValue.Create(template.Expand(config, input)),
        _ => JsonNode.Parse(value.GetRawText()),
    };
}
