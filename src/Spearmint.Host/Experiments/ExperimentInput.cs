using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spearmint.Host.Front;
using Spearmint.Host.Targets;

namespace Spearmint.Host.Experiments;

/// <summary>The input of a run of an experiment in a file, with the version of the file that it is run by.</summary>
[JsonConverter(typeof(Converter))]
internal sealed class ExperimentInput(LoadedExperiment experiment, byte[] bytes, FrontRequest? request = null)
{
    private readonly Lazy<Content> _content = new(() => Content.Of(bytes));

    /// <summary>The version of the file.</summary>
    public LoadedExperiment Experiment => experiment;

    public byte[] Bytes => bytes;

    /// <summary>The value of the bytes, where they are JSON.</summary>
    public JsonElement? Json => _content.Value.Json;

    /// <summary>The text of the bytes, where they are UTF-8.</summary>
    public string? Text => _content.Value.Text;

    /// <summary>The request to pass on; null for a run that is asked for by the API.</summary>
    public FrontRequest? Request => request;

    /// <summary>Bytes as records keep them: JSON, a text, or how many they are and their hash.</summary>
    internal static object? Shown(ReadOnlySpan<byte> bytes, Content content) =>
        bytes.IsEmpty ? null : content.Json ?? (object?)content.Text ?? new { bytes = bytes.Length, sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) };

    private sealed class Converter : JsonConverter<ExperimentInput>
    {
        public override ExperimentInput Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, ExperimentInput value, JsonSerializerOptions options)
        {
            var body = Shown(value.Bytes, value._content.Value);
            JsonSerializer.Serialize(writer, value.Request is { } request ? request.Shown(body) : body, options);
        }
    }
}
