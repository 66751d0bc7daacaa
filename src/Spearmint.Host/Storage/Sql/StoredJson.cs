using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spearmint.Domain;
using Spearmint.Statistics;

namespace Spearmint.Host.Storage.Sql;

/// <summary>What is kept as JSON.</summary>
internal static class StoredJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    public static string? Write(JsonElement? value) => value?.GetRawText();

    public static JsonElement? ReadElement(string? json) => json is null ? null : JsonElement.Parse(json);

    public static string? Write<T>(IReadOnlyDictionary<string, T> values) => values.Count == 0 ? null : JsonSerializer.Serialize(values, Options);

    /// <summary>Metrics by names that every database can look for in JSON; of two that become the same the last stays.</summary>
    public static string? WriteMetrics(IReadOnlyDictionary<string, double> metrics)
    {
        if (metrics.Keys.All(name => ReferenceEquals(StoredText.Of(name), name)))
            return Write(metrics);

        var clean = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in metrics)
            clean[StoredText.Of(name)] = value;
        return Write<double>(clean);
    }

    public static IReadOnlyDictionary<string, T> ReadDictionary<T>(string? json) =>
        json is null ? FrozenDictionary<string, T>.Empty : JsonSerializer.Deserialize<Dictionary<string, T>>(json, Options)!;

    public static string? Write(BranchError? error) => error is null ? null : JsonSerializer.Serialize(error, Options);

    public static BranchError? ReadError(string? json) => json is null ? null : JsonSerializer.Deserialize<BranchError>(json, Options);

    public static string? Write(BranchLate? late) => late is null ? null : JsonSerializer.Serialize(
        new StoredLate(late.Sequence, late.Status, late.Duration.Ticks, late.Error, late.Metrics.Count == 0 ? null : new(late.Metrics)), Options);

    public static StoredLate? ReadLate(string? json) => json is null ? null : JsonSerializer.Deserialize<StoredLate>(json, Options);

    public static string? Write(BranchCompared? compared) => compared is null ? null : JsonSerializer.Serialize(StoredComparison.Of(compared), Options);

    public static StoredComparison? ReadCompared(string? json) => json is null ? null : JsonSerializer.Deserialize<StoredComparison>(json, Options);

    /// <summary>Moments as a list of numbers: count, mean, squared deviations, least, most.</summary>
    public static double[] Numbers(Moments moments) =>
        moments.Count == 0 ? [] : [moments.Count, moments.Mean, moments.SquaredDeviations, moments.Min, moments.Max];

    public static string Write(Moments moments) => JsonSerializer.Serialize(Numbers(moments));

    public static Moments ReadMoments(string json) => MomentsOf(JsonSerializer.Deserialize<double[]>(json)!);

    public static Moments MomentsOf(double[] numbers) =>
        numbers is [var count, var mean, var squared, var min, var max] ? new Moments((long)count, mean, squared, min, max) : new Moments();
}

/// <summary>What is kept of a <see cref="BranchLate"/>.</summary>
internal sealed record StoredLate(long Sequence, BranchStatus Status, long Duration, BranchError? Error, Dictionary<string, double>? Metrics);

/// <summary>What is kept of a <see cref="BranchCompared"/>.</summary>
internal sealed record StoredComparison(
    long Sequence, Guid ReferenceBranchId, string ReferenceConfigId, long ReferenceDuration, long Duration, bool IsNoise, ComparisonVerdict Verdict,
    string? IgnoredBy, BranchError? Error, IReadOnlyList<Difference>? Differences, int DifferenceCount)
{
    public static StoredComparison Of(BranchCompared compared)
    {
        var comparison = compared.Comparison;
        return new StoredComparison(
            compared.Sequence, comparison.ReferenceBranchId, comparison.ReferenceConfigId, comparison.ReferenceDuration.Ticks, comparison.Duration.Ticks,
            comparison.IsNoise, comparison.Verdict, comparison.IgnoredBy, comparison.Error,
            comparison.Differences.Count == 0 ? null : comparison.Differences, comparison.DifferenceCount);
    }

    public BranchCompared Read(StoredBranch branch) => branch.Compared(Sequence, new Comparison
    {
        RunId = branch.RunId,
        ReferenceBranchId = ReferenceBranchId,
        ReferenceConfigId = ReferenceConfigId,
        ReferenceDuration = new TimeSpan(ReferenceDuration),
        BranchId = branch.BranchId,
        ConfigId = branch.Config.Id,
        Duration = new TimeSpan(Duration),
        IsNoise = IsNoise,
        Verdict = Verdict,
        IgnoredBy = IgnoredBy,
        Error = Error,
        Differences = Differences ?? [],
        DifferenceCount = DifferenceCount,
    });
}
