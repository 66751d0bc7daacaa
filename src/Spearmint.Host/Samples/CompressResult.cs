using System.Text.Json.Serialization;

namespace Spearmint.Host.Samples;

/// <summary>How well some bytes could be compressed.</summary>
/// <param name="Codec">The codec of the config.</param>
/// <param name="Level">The level of the config.</param>
/// <param name="InputBytes">How many bytes went in.</param>
/// <param name="OutputBytes">How many came out.</param>
/// <param name="Ratio">Bytes in for each byte out, to three decimals: more is better, and below 1 it grew.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
internal sealed record CompressResult(
    [property: JsonConverter(typeof(JsonStringEnumConverter<Codec>))] Codec Codec,
    [property: JsonConverter(typeof(JsonStringEnumConverter<Level>))] Level Level,
    long InputBytes, long OutputBytes, double Ratio, double DurationMs);
