using System.Text;
using System.Text.Json;

namespace Spearmint.Host.Targets;

/// <summary>What bytes say.</summary>
/// <param name="Json">Their value, where they are JSON.</param>
/// <param name="Text">Their text, where they are UTF-8.</param>
internal readonly record struct Content(JsonElement? Json, string? Text)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    public static Content Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(ByteOrderMark))
            bytes = bytes[ByteOrderMark.Length..];

        return TryText(bytes, out var text) ? new Content(Parse(bytes), text) : new Content(null, null);
    }

    private static bool TryText(ReadOnlySpan<byte> bytes, out string? text)
    {
        try
        {
            text = Strict.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = null;
            return false;
        }
    }

    private static JsonElement? Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return bytes.IsEmpty || HasHalfCharacters(bytes) ? null : JsonElement.Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // \ud800 alone is allowed by the grammar of JSON, and no text
    private static bool HasHalfCharacters(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf("\\ud"u8) < 0 && bytes.IndexOf("\\uD"u8) < 0)
            return false;

        var reader = new Utf8JsonReader(bytes);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    reader.GetString();
            }

            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
