using System.Text.Json;
using Spearmint.Domain;
using Spearmint.Host.Samples;

namespace Spearmint.Host.Commands;

/// <summary>What a table says of one branch.</summary>
internal sealed record BranchRow(string Role, string Codec, string Level, string Status, string Bytes, string Ratio, string Duration)
{
    public static IReadOnlyList<string> Columns { get; } = ["role", "codec", "level", "status", "bytes", "ratio", "time"];

    public IReadOnlyList<string> Cells => [Role, Codec, Level, Status, Bytes, Ratio, Duration];

    public static BranchRow From(BranchEvent happened)
    {
        var finished = happened as BranchFinished;
        var result = finished?.Output?.Deserialize<CompressResult>(JsonSerializerOptions.Web);
        return new BranchRow(
            Word(happened.Role), Value(happened, "codec"), Value(happened, "level"),
            finished?.Error is { } error ? $"{Word(finished.Status)}: {error.Message}" : Word(finished?.Status ?? BranchStatus.Pending),
            result is null ? "" : $"{result.OutputBytes:N0}",
            result is null ? "" : $"{result.Ratio:N2}",
            finished is null ? "" : $"{finished.Duration.TotalMilliseconds:N1} ms");
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string Value(BranchEvent happened, string key) => happened.ConfigValues.GetProperty(key).GetString()!;
}
