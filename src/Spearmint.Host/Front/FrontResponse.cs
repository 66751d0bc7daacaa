using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Spearmint.Host.Experiments;
using Spearmint.Host.Security;
using Spearmint.Host.Targets;

namespace Spearmint.Host.Front;

/// <summary>What a service has answered to a request that was passed on: an output that is sent as it came, and recorded without secrets.</summary>
/// <param name="response">The answer.</param>
/// <param name="output">What of its body is recorded and compared; null for all of it.</param>
/// <param name="isCompared">Whether it is compared; a large one that is not is recorded by its length.</param>
/// <param name="secrets">What is blotted out of the records.</param>
[JsonConverter(typeof(Converter))]
internal sealed class FrontResponse(ReadResponse response, JsonPath? output, bool isCompared, Secrets secrets)
{
    // what is packed may be a thousand times larger than it looks
    private const int MostUnpacked = 1 << 20;

    // what records keep at most
    private const int MostRecorded = 1 << 16;

    private readonly Lazy<object?> _shown = new(() => Show(response, output, isCompared, secrets));

    public async Task WriteAsync(HttpContext context, CancellationToken cancellationToken)
    {
        // an empty answer to a status such as 404 is an answer, too
        if (context.Features.Get<Microsoft.AspNetCore.Diagnostics.IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;

        var to = context.Response;
        to.StatusCode = response.Status;
        context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = response.Reason;
        var left = HopByHop.Of(response.Headers.Where(header => Is(header.Name, "Connection")).Select(header => header.Value));
        foreach (var (name, value) in response.Headers)
        {
            if (!left.Contains(name) && !(Is(name, "Content-Length") && response.Status is 204 or 205) && !(Is(name, "Set-Cookie") && OwnCookies.Is(value)))
                to.Headers.Append(name, value);
        }

        if (HttpMethods.IsHead(context.Request.Method) || response.Status is 204 or 205 or 304)
            return;

        to.ContentLength = response.Body.Length;
        await to.Body.WriteAsync(response.Body, cancellationToken);
    }

    private static object Show(ReadResponse response, JsonPath? output, bool isCompared, Secrets secrets)
    {
        var bytes = Unpacked(response) ?? response.Body;
        var content = bytes.Length > MostRecorded && output is null && !isCompared ? default : Content.Of(bytes);
        object? body = content.Json is { } json
            ? output is null ? secrets.Scrub(json) : output.TryFind(json, out var found) ? secrets.Scrub(found) : null
            : content.Text is { Length: > 0 } text ? secrets.Scrub(text) : ExperimentInput.Shown(bytes, content);
        return new { status = response.Status, contentType = Header(response, "Content-Type") is { } type ? secrets.Scrub(type) : null, body };
    }

    private static byte[]? Unpacked(ReadResponse response)
    {
        using var packed = new MemoryStream(response.Body);
        using Stream? unpacking = Header(response, "Content-Encoding")?.ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(packed, CompressionMode.Decompress),
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            "deflate" => new ZLibStream(packed, CompressionMode.Decompress),
            _ => null,
        };
        if (unpacking is null)
            return null;

        try
        {
            var buffer = new byte[MostUnpacked];
            var read = unpacking.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return read < MostUnpacked ? buffer[..read] : null;
        }
        catch (InvalidDataException)
        {
            // it is passed on as it came; who gets it may know better
            return null;
        }
    }

    private static string? Header(ReadResponse response, string name) => response.Headers.FirstOrDefault(header => Is(header.Name, name)).Value;

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    private sealed class Converter : JsonConverter<FrontResponse>
    {
        public override FrontResponse Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, FrontResponse value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value._shown.Value, options);
    }
}
