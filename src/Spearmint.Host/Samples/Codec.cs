using System.Text.Json.Serialization;

namespace Spearmint.Host.Samples;

/// <summary>A format that bytes are compressed to.</summary>
internal enum Codec
{
    [JsonStringEnumMemberName("gzip")]
    Gzip,

    [JsonStringEnumMemberName("deflate")]
    Deflate,

    [JsonStringEnumMemberName("zlib")]
    Zlib,

    [JsonStringEnumMemberName("brotli")]
    Brotli,
}
