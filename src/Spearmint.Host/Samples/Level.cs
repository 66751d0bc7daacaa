using System.Text.Json.Serialization;

namespace Spearmint.Host.Samples;

/// <summary>How much time to spend for how few bytes.</summary>
internal enum Level
{
    [JsonStringEnumMemberName("fastest")]
    Fastest,

    [JsonStringEnumMemberName("optimal")]
    Optimal,

    [JsonStringEnumMemberName("smallest")]
    Smallest,
}
